package io.mqproducer.internal.remoting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqproducer.internal.ClassLoaderWithout;
import io.mqproducer.internal.remoting.SocksProxies.Proxy;
import io.mqproducer.internal.util.Endpoint;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SocksProxiesTest {

    private final SocksProxies proxies = SocksProxies.of(Map.of(
            "10.0.0.0/8", proxy("wide"),
            "10.7.0.0/16", proxy("narrow"),
            "10.7.7.7", proxy("one"),
            "fd00::/8", proxy("six")));

    private static Proxy proxy(String host) {
        return new Proxy(new Endpoint(host, 1080), null, "CANARY");
    }

    @ParameterizedTest
    @CsvSource({"10.1.1.1, wide", "10.7.1.1, narrow", "10.7.7.7, one", "fd00::1, six", "11.0.0.1,", "::1,"})
    void theSmallestRangeThatHoldsAnAddressDecides(String address, @Nullable String proxy) throws UnknownHostException {
        Proxy found = proxies.of(InetAddress.getByName(address));

        assertThat(found == null ? null : found.address().host()).isEqualTo(proxy);
    }

    @Test
    void theWholeOfAProtocolIsTheWayToNamesAndToTheOtherProtocolToo() throws UnknownHostException {
        assertThat(proxies.ofNames()).isNull();
        SocksProxies four = SocksProxies.of(Map.of("0.0.0.0/0", proxy("four")));
        SocksProxies both = SocksProxies.of(Map.of("0.0.0.0/0", proxy("four"), "::/0", proxy("six")));

        assertThat(four.ofNames()).isEqualTo(proxy("four"));
        assertThat(four.of(InetAddress.getByName("::1"))).isEqualTo(proxy("four"));
        assertThat(both.of(InetAddress.getByName("::1"))).isEqualTo(proxy("six"));
        assertThat(both.of(InetAddress.getByName("10.0.0.1"))).isEqualTo(proxy("four"));
    }

    @Test
    void refusesTheSameRangeTwice() {
        assertThatThrownBy(() -> SocksProxies.of(Map.of("10.0.0.7", proxy("a"), "10.0.0.7/32", proxy("b"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("range must be there once, got '10.0.0.7");
    }

    @Test
    void s18_hidesPasswords() {
        assertThat(proxies.toString() + proxy("wide"))
                .contains("SOCKS5 proxy wide:1080")
                .doesNotContain("CANARY");
    }

    @Test
    void namesTheLibraryThatIsMissing() {
        ClassLoader without = new ClassLoaderWithout("io.netty.handler.proxy.");

        assertThatThrownBy(() -> open(without, "0.0.0.0/0"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("needs io.netty:netty-handler-proxy on the class path")
                .hasCauseInstanceOf(NoClassDefFoundError.class);
    }

    private static Object open(ClassLoader classes, String range) throws Throwable {
        Class<?> endpoint = classes.loadClass(Endpoint.class.getName());
        Class<?> proxy = classes.loadClass(Proxy.class.getName());
        Object address = endpoint.getConstructor(String.class, int.class).newInstance("localhost", 1);
        Object made = proxy.getConstructor(endpoint, String.class, String.class).newInstance(address, null, null);
        Method of = classes.loadClass(SocksProxies.class.getName()).getMethod("of", Map.class);
        try {
            return of.invoke(null, Map.of(range, made));
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
