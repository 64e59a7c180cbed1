package io.mqproducer;

import static io.mqproducer.Probe.message;
import static io.mqproducer.Probe.millisSince;
import static io.mqproducer.Probe.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqproducer.config.SocksProxy;
import io.mqproducer.exception.MQProducerException;
import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Outcome;
import io.mqproducer.test.peer.FakeCluster;
import io.mqproducer.test.peer.codec.RouteJson;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** S7: servers that are behind SOCKS5 proxies, by range of addresses. */
class SocksProxyIT {

    private static final String PASSWORD = "CANARY-proxy-password";

    private final FakeCluster cluster = FakeCluster.start(1);

    @BeforeAll
    static void warmUp() {
        Probe.warmUp();
    }

    @AfterEach
    void closeCluster() {
        cluster.close();
    }

    private ProducerUnderTest start(Map<String, SocksProxy> proxies) {
        return ProducerUnderTest.start(cluster.nameServers(), settings -> settings.connectionProxy(proxies));
    }

    private String broker() {
        return cluster.broker(0).address();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.0/8", "0.0.0.0/0", "127.0.0.1", "::/0"})
    void nameServersAndBrokersAreReachedThroughTheProxyOfTheirRange(String range) {
        try (Socks5Server proxy = Socks5Server.start();
                ProducerUnderTest put = start(Map.of(range, SocksProxy.of(proxy.address())))) {
            for (int i = 0; i < 20; i++) {
                put.producer().send(message(), within(3000));
            }

            assertThat(put.count(Outcome.ACKED)).isEqualTo(20);
            assertThat(proxy.asked()).containsExactlyInAnyOrder("ip " + cluster.nameServers(), "ip " + broker());
        }
    }

    @Test
    void theProxyMayAskForANameAndAPassword() {
        try (Socks5Server proxy = Socks5Server.start("mq", PASSWORD);
                ProducerUnderTest put = start(Map.of("0.0.0.0/0", SocksProxy.of(proxy.address(), "mq", PASSWORD)))) {
            put.producer().send(message(), within(3000));

            assertThat(proxy.asked()).contains("ip " + broker());
        }
    }

    @Test
    void theSmallestRangeDecidesAndWhatIsInNoneIsConnectedToDirectly() {
        try (Socks5Server wide = Socks5Server.start();
                Socks5Server narrow = Socks5Server.start();
                ProducerUnderTest put = start(Map.of(
                        "127.0.0.0/8", SocksProxy.of(wide.address()),
                        "127.0.0.0/30", SocksProxy.of(narrow.address()),
                        "10.0.0.0/8", SocksProxy.of("127.0.0.1:1")))) {
            put.producer().send(message(), within(3000));

            assertThat(narrow.asked()).hasSize(2);
            assertThat(wide.asked()).isEmpty();
        }
        try (ProducerUnderTest put = start(Map.of("10.0.0.0/8", SocksProxy.of("127.0.0.1:1")))) {
            put.producer().send(message(), within(3000));
        }
    }

    @Test
    void namesAreLeftToTheProxyThatIsTheWayToEverything() {
        cluster.route(Probe.TOPIC, RouteJson.of("broker-a", "broker.invalid:" + port(broker()), 4));

        try (Socks5Server proxy = Socks5Server.start();
                ProducerUnderTest put = start(Map.of("0.0.0.0/0", SocksProxy.of(proxy.address())))) {
            put.producer().send(message(), within(3000));

            assertThat(proxy.asked()).contains("name broker.invalid:" + port(broker()));
        }
    }

    @Test
    void namesAreLookedUpHereIfTheirAddressesDecide() {
        cluster.route(Probe.TOPIC, RouteJson.of("broker-a", "broker.invalid:" + port(broker()), 4));

        try (Socks5Server proxy = Socks5Server.start();
                ProducerUnderTest put = ProducerUnderTest.start(
                        cluster.nameServers(),
                        settings -> settings.connectionProxy(Map.of("127.0.0.0/8", SocksProxy.of(proxy.address())))
                                .hostLookup(host -> new InetAddress[] {InetAddress.getLoopbackAddress()}))) {
            put.producer().send(message(), within(3000));

            assertThat(proxy.asked()).contains("ip " + broker());
        }
    }

    private static String port(String address) {
        return address.substring(address.indexOf(':') + 1);
    }

    @ParameterizedTest
    @CsvSource({"2, FORBIDDEN", "4, HOST_UNREACHABLE", "5, CONNECTION_REFUSED"})
    void aProxyThatRefusesIsNamedWithItsReason(int code, String reason) {
        try (Socks5Server proxy = Socks5Server.start().refuseWith(code);
                ProducerUnderTest put = startWithDirectNameServer(SocksProxy.of(proxy.address()))) {
            MQProducerException failure = SendVia.SYNC.failure(put.producer(), message(), within(700));

            assertThat(failure).isInstanceOf(MessageNotStoredException.class);
            assertThat(failure.kind()).isEqualTo(FailureKind.CONNECT_FAILED);
            assertThat(failure).hasMessageContaining("through SOCKS5 proxy " + proxy.address() + ": ");
            assertThat(failure).hasMessageContaining(reason);
        }
    }

    @Test
    void aWrongPasswordIsNamedAsTheCauseAndShownNowhere() {
        try (LogRecorder logs = LogRecorder.of("io");
                Socks5Server proxy = Socks5Server.start("mq", "another");
                ProducerUnderTest put = startWithDirectNameServer(SocksProxy.of(proxy.address(), "mq", PASSWORD))) {
            MQProducerException failure = SendVia.ASYNC.failure(put.producer(), message(), within(700));

            assertThat(failure.kind()).isEqualTo(FailureKind.CONNECT_FAILED);
            assertThat(failure).hasMessageContaining("authStatus: ");
            assertThat(String.valueOf(put.producer().status()) + stackTrace(failure) + logs.lines())
                    .doesNotContain("CANARY");
        }
    }

    @Test
    void s05_tlsGoesThroughTheProxyToTheServerWhoseCertificateIsChecked() {
        try (TlsFixture tls = new TlsFixture();
                Socks5Server proxy = Socks5Server.start()) {
            Map<String, SocksProxy> proxies = Map.of("0.0.0.0/0", SocksProxy.of(proxy.address()));
            try (ProducerUnderTest put =
                    tls.start(TlsFixture.trusting().build(), settings -> settings.connectionProxy(proxies))) {
                for (int i = 0; i < 20; i++) {
                    put.producer().send(TlsFixture.message(), within(3000));
                }
            }
            assertThat(tls.cluster.messages(TlsFixture.TOPIC)).hasSize(20);
            assertThat(tls.brokerLine.captured().contains(TlsFixture.CANARY)).isFalse();
            assertThat(proxy.asked()).hasSizeGreaterThanOrEqualTo(2);

            tls.broker.show(TlsFixture.STRANGERS.issue("strange", "strange", "-ext", "san=ip:127.0.0.1"));
            tls.dropBrokerConnections();
            try (ProducerUnderTest put =
                    tls.start(TlsFixture.trusting().build(), settings -> settings.connectionProxy(proxies))) {
                MQProducerException failure = SendVia.SYNC.failure(
                        put.producer(), TlsFixture.message(), within(1000).withMaxRetries(0));

                assertThat(failure).isInstanceOf(MessageNotStoredException.class);
                assertThat(failure.kind()).isEqualTo(FailureKind.TLS_FAILED);
                assertThat(failure).hasMessageContaining("through SOCKS5 proxy " + proxy.address() + ": ");
            }
            assertThat(tls.cluster.messages(TlsFixture.TOPIC)).hasSize(20);
        }
    }

    @Test
    void aProxyThatIsNotThereOrMuteIsNamedInTime() {
        try (Socks5Server proxy = Socks5Server.start().mute();
                ProducerUnderTest put = ProducerUnderTest.start(
                        cluster.nameServers(),
                        settings -> settings.connectionConnectTimeout(Duration.ofMillis(300))
                                .connectionProxy(onlyBroker(SocksProxy.of(proxy.address()))))) {
            long start = System.nanoTime();
            MQProducerException failure = SendVia.SYNC.failure(put.producer(), message(), within(1000));

            assertThat(millisSince(start)).isBetween(990L, 1000 + Probe.SLACK_MILLIS);
            assertThat(failure.kind()).isEqualTo(FailureKind.CONNECT_FAILED);
            assertThat(put.attempts()).isNotEmpty();
        }
        try (ProducerUnderTest put = startWithDirectNameServer(SocksProxy.of("127.0.0.1:1"))) {
            assertThat(SendVia.SYNC.failure(put.producer(), message(), within(500)))
                    .hasMessageContaining("through SOCKS5 proxy 127.0.0.1:1: refused");
        }
    }

    /** The broker under an address of its own, so that only it is behind the proxy. */
    private ProducerUnderTest startWithDirectNameServer(SocksProxy proxy) {
        return ProducerUnderTest.start(cluster.nameServers(), settings -> settings.connectionProxy(onlyBroker(proxy)));
    }

    private Map<String, SocksProxy> onlyBroker(SocksProxy proxy) {
        cluster.route(Probe.TOPIC, RouteJson.of("broker-a", "127.9.9.9:" + port(broker()), 4));
        return Map.of("127.9.9.0/24", proxy);
    }

    private static String stackTrace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/33, must have a prefix of 0 to 32 bits",
        "10.0.0.1/8, must have no bits set after its prefix",
        "example.org, must be an IP address",
        "10.0.0.0/x, must have a prefix",
        "fd00::/129, must have a prefix of 0 to 128 bits"
    })
    void aRangeThatCannotBeIsNamedWhenTheProducerIsBuilt(String range, String rule) {
        assertThatThrownBy(() -> MQProducer.builder("PG")
                        .connectionProxy(Map.of(range, SocksProxy.of("proxy:1080")))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("connection.proxy: range " + rule)
                .hasMessageEndingWith("got '" + range + "'");
    }

    @Test
    void whatAProxyCannotBeToldIsRefusedWhenItIsSet() {
        assertThatThrownBy(() -> MQProducer.builder("PG")
                        .connectionProxy(Map.of("0.0.0.0/0", SocksProxy.of("proxy")))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("connection.proxy: address must be host:port, got 'proxy'");
        for (String bad : List.of("", "x".repeat(256), "p\u00e4ss")) {
            assertThatThrownBy(() -> SocksProxy.of("proxy:1080", "user", bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("password of a proxy must ");
        }
        assertThat(SocksProxy.of("proxy:1080", "user", PASSWORD)).hasToString("SocksProxy[proxy:1080, user user]");
    }
}
