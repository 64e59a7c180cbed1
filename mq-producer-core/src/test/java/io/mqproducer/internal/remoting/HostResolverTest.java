package io.mqproducer.internal.remoting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqproducer.internal.Threads;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostResolverTest {

    private final CountDownLatch answered = new CountDownLatch(1);
    private final AtomicInteger asked = new AtomicInteger();
    private final HostResolver resolver = new HostResolver("test", this::lookUp);

    @AfterEach
    void close() {
        answered.countDown();
        resolver.close();
    }

    private InetAddress[] lookUp(String host) throws UnknownHostException {
        if (host.equals("hangs")) {
            asked.incrementAndGet();
            Threads.await(answered);
        }
        return InetAddress.getAllByName(host.equals("hangs") ? "localhost" : host);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "2001:db8::7"})
    void takesIpLiteralsAtOnceWithoutAThread(String host) throws Exception {
        resolver.close(); // has no threads any more

        assertThat(resolver.resolve(host))
                .isCompletedWithValueMatching(found -> found.size() == 1, "one address")
                .isCompletedWithValue(List.of(InetAddress.getByName(host)));
    }

    @Test
    void i8_looksNamesUpOnAThreadOfItsOwn() throws Exception {
        List<InetAddress> resolved = resolver.resolve("localhost").get(10, TimeUnit.SECONDS);

        assertThat(resolved).isNotEmpty().allMatch(InetAddress::isLoopbackAddress);
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().startsWith("mq-producer-test-dns-"))
                .isNotEmpty()
                .allMatch(Thread::isDaemon);
    }

    @Test
    void allWhoAskForANameThatHangsShareOneLookUp() throws Exception {
        List<CompletableFuture<List<InetAddress>>> hanging =
                List.of(resolver.resolve("hangs"), resolver.resolve("hangs"), resolver.resolve("hangs"));
        for (int i = 0; i < 10; i++) {
            resolver.resolve("hangs");
        }

        assertThat(resolver.resolve("localhost").get(10, TimeUnit.SECONDS)).isNotEmpty(); // there are threads left
        assertThat(hanging).noneMatch(CompletableFuture::isDone);
        answered.countDown();
        for (CompletableFuture<List<InetAddress>> each : hanging) {
            assertThat(each.get(10, TimeUnit.SECONDS)).isNotEmpty();
        }
        assertThat(asked).hasValue(1);
    }

    @Test
    void asksAnewOnceALookUpIsOver() throws Exception {
        answered.countDown();

        resolver.resolve("hangs").get(10, TimeUnit.SECONDS);
        resolver.resolve("hangs").get(10, TimeUnit.SECONDS);

        assertThat(asked).hasValue(2);
    }

    @Test
    void namesTheHostThatIsUnknown() {
        HostResolver unknowing = new HostResolver("test", host -> {
            throw new UnknownHostException(host);
        });

        assertThatThrownBy(() -> unknowing.resolve("nowhere").get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .hasMessage("unknown host nowhere");
        unknowing.close();
    }

    @Test
    void namesAreRefusedOnceItIsClosed() {
        resolver.close();

        assertThat(resolver.resolve("localhost")).isCompletedExceptionally();
        assertThat(resolver.resolve("localhost")).isCompletedExceptionally();
    }
}
