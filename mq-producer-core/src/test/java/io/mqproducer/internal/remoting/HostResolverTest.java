package io.mqproducer.internal.remoting;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.internal.util.Endpoint;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostResolverTest {

    private final HostResolver resolver = new HostResolver("test");

    @AfterEach
    void close() {
        resolver.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:80", "[::1]:80", "[2001:db8::7]:80"})
    void takesIpLiteralsAtOnceWithoutAThread(String address) {
        resolver.close(); // has no threads any more

        CompletableFuture<List<InetSocketAddress>> resolved = resolver.resolve(Endpoint.parse(address));

        assertThat(resolved).isCompleted();
        assertThat(resolved.join()).singleElement().satisfies(one -> {
            assertThat(one.isUnresolved()).isFalse();
            assertThat(one.getPort()).isEqualTo(80);
        });
    }

    @Test
    void i8_looksNamesUpOnAThreadOfItsOwn() throws Exception {
        List<InetSocketAddress> resolved =
                resolver.resolve(new Endpoint("localhost", 80)).get(10, TimeUnit.SECONDS);

        assertThat(resolved).isNotEmpty().allSatisfy(one -> {
            assertThat(one.getAddress().isLoopbackAddress()).isTrue();
            assertThat(one.getPort()).isEqualTo(80);
        });
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().startsWith("mq-producer-test-dns-"))
                .isNotEmpty()
                .allMatch(Thread::isDaemon);
    }

    @Test
    void namesAreRefusedOnceItIsClosed() {
        resolver.close();

        assertThat(resolver.resolve(new Endpoint("localhost", 80))).isCompletedExceptionally();
    }
}
