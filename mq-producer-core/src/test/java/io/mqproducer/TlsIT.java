package io.mqproducer;

import static io.mqproducer.TlsFixture.CANARY;
import static io.mqproducer.TlsFixture.CERTIFICATES;
import static io.mqproducer.TlsFixture.STRANGERS;
import static io.mqproducer.TlsFixture.TOPIC;
import static io.mqproducer.TlsFixture.good;
import static io.mqproducer.TlsFixture.message;
import static io.mqproducer.TlsFixture.trusting;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.config.Credentials;
import io.mqproducer.config.SocksProxy;
import io.mqproducer.config.SslOptions;
import io.mqproducer.exception.MQProducerException;
import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Message;
import io.mqproducer.message.SendOptions;
import io.mqproducer.message.SendResult;
import io.mqproducer.spi.CredentialsProvider;
import io.mqproducer.test.peer.Hold;
import io.mqproducer.test.peer.RecordedMessage;
import io.mqproducer.test.peer.Reply;
import io.mqproducer.test.peer.ScriptedPeer;
import io.mqproducer.test.peer.codec.RouteJson;
import io.mqproducer.test.tls.ByteLog;
import io.mqproducer.test.tls.IssuedCertificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said over TLS, and to whom nothing is said. The peers have their certificates and stacks from elsewhere. */
class TlsIT {

    private static final int HEARTBEAT = 34;
    private static final int HANDSHAKE = 0x16;
    private static final int ALERT = 0x15;
    private static final Duration MUTE_LIMIT = Duration.ofMillis(1500);
    private static final SendOptions ONCE = SendOptions.defaults().withMaxRetries(0);

    private final TlsFixture tls = new TlsFixture();

    @AfterEach
    void closePeers() {
        tls.close();
    }

    // ---- good

    @Test
    void everythingGoesThroughTlsInEveryMode() throws Exception {
        byte[] large = new byte[4 * 1024 * 1024];
        new Random(5).nextBytes(large);
        try (ProducerUnderTest put = tls.start(trusting().build())) {
            put.producer().send(message());
            put.producer().send(Message.of(TOPIC, large));
            put.producer().send(Message.of(TOPIC, (CANARY + " ").repeat(10_000).getBytes(UTF_8)));
            List<CompletableFuture<SendResult>> sends = new ArrayList<>();
            for (int i = 0; i < 2000; i++) {
                sends.add(put.producer().sendAsync(message()));
            }
            for (CompletableFuture<SendResult> send : sends) {
                send.get();
            }
            for (int i = 0; i < 500; i++) {
                put.producer().sendOneway(message());
            }
        }

        List<RecordedMessage> stored = tls.cluster.awaitMessages(TOPIC, 2503, Duration.ofSeconds(5));
        assertThat(stored).hasSize(2503);
        assertThat(stored).anySatisfy(each -> assertThat(each.request().body()).isEqualTo(large));
        assertThat(tls.broker.decrypted().contains(CANARY)).isTrue();
        for (ByteLog captured : List.of(tls.brokerLine.captured(), tls.nameServerLine.captured())) {
            assertThat(captured.contains(CANARY)).isFalse();
            assertThat(captured.contains(TOPIC)).isFalse();
            assertThat(captured.connections())
                    .isNotEmpty()
                    .allSatisfy(bytes -> assertThat(bytes[0]).isEqualTo((byte) HANDSHAKE));
        }
    }

    @Test
    void bothVersionsOfTheProtocolWill() {
        for (String version : new String[] {"TLSv1.2", "TLSv1.3"}) {
            tls.broker.protocols(version);
            try (ProducerUnderTest put =
                    tls.start(trusting().protocols(List.of(version)).build())) {
                put.producer().send(message());
            }
        }

        assertThat(tls.cluster.messages(TOPIC)).hasSize(2);
    }

    @Test
    void aConnectionThatIsLostIsOpenedAnewWithAHandshakeOfItsOwn() {
        try (ProducerUnderTest put = tls.start(trusting().build())) {
            for (int i = 0; i < 20; i++) {
                put.producer().send(message());
                tls.dropBrokerConnections();
                awaitLoss(put);
            }
        }

        assertThat(tls.cluster.messages(TOPIC)).hasSize(20);
        assertThat(tls.broker.accepted()).isGreaterThanOrEqualTo(20);
    }

    @Test
    void aTls_reconnectsLeaveNothingBehind() {
        try (ProducerUnderTest put = tls.start(trusting().build())) {
            for (int i = 0; i < 50; i++) {
                tls.dropBrokerConnections();
                put.producer().send(message(), SendOptions.defaults().withTimeout(Duration.ofSeconds(20)));
            }
            assertThat(put.threads().stream().filter(name -> name.contains("-tls-")))
                    .hasSizeLessThanOrEqualTo(2);
        }

        assertThat(tls.broker.accepted()).isGreaterThanOrEqualTo(25);
    }

    /** With TLS 1.3 the server's verdict on the handshake comes with its first answer, so no message goes before that. */
    @Test
    void s09_noMessageIsWrittenBeforeTheFirstHeartbeatIsAnswered() throws Exception {
        Hold heartbeats = tls.cluster.broker(0).hold(HEARTBEAT);
        try (ProducerUnderTest put = tls.start(
                trusting().build(),
                builder ->
                        builder.connectionConnectTimeout(Duration.ofSeconds(10)).sendTimeout(Duration.ofSeconds(10)))) {
            CompletableFuture<SendResult> sending = put.producer().sendAsync(message());
            heartbeats.await(1, Duration.ofSeconds(5));

            assertThat(tls.cluster.broker(0).requests()).hasSize(1);
            assertThat(tls.broker.decrypted().contains(CANARY)).isFalse();
            heartbeats.end();

            sending.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void s09_aBrokerThatNeverAnswersItGetsNoMessage() {
        tls.cluster.broker(0).on(HEARTBEAT, Reply.never());
        try (ProducerUnderTest put =
                tls.start(trusting().build(), builder -> builder.connectionConnectTimeout(MUTE_LIMIT))) {
            MQProducerException failure = SendVia.SYNC.failure(put.producer(), message(), ONCE);

            assertThat(failure)
                    .isInstanceOf(MessageNotStoredException.class)
                    .hasMessageContaining("the first heartbeat is not answered");
            assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
        }
        assertThat(tls.broker.decrypted().contains(CANARY)).isFalse();
    }

    @Test
    void s09_aBrokerThatHangsUpBeforeItHasAnsweredHasRefused() {
        tls.cluster.broker(0).on(HEARTBEAT, Reply.close());
        try (ProducerUnderTest put = tls.start(trusting().build())) {
            assertRefused(SendVia.SYNC, put, "refuse the producer's certificate or want one; see ssl.certificate");
        }
        assertThat(tls.broker.decrypted().contains(CANARY)).isFalse();
    }

    @Test
    void tlsGoesThroughAProxyAndIsVerifiedAtItsEnd() {
        try (Socks5Server proxy = Socks5Server.start()) {
            Map<String, SocksProxy> proxies = Map.of("127.0.0.0/8", SocksProxy.of(proxy.address()));
            try (ProducerUnderTest put = tls.start(trusting().build(), builder -> builder.connectionProxy(proxies))) {
                put.producer().send(message());

                tls.broker.show(CERTIFICATES.issue("no-san", "127.0.0.1"));
                tls.dropBrokerConnections();
                awaitLoss(put);
                assertRefused(SendVia.SYNC, put, "is for another host");
            }
        }

        assertThat(tls.cluster.messages(TOPIC)).hasSize(1);
        assertThat(tls.brokerLine.captured().contains(CANARY)).isFalse();
    }

    @Test
    void aHeartbeatThatCannotBeSignedIsNotTakenForOneThatIsNotAnswered() {
        Credentials credentials = Credentials.of("access", "secret");
        AtomicReference<CredentialsProvider> provider = new AtomicReference<>(() -> credentials);
        try (ProducerUnderTest put = tls.start(
                trusting().build(),
                builder -> builder.credentials(() -> provider.get().credentials()))) {
            put.producer().send(message());
            provider.set(() -> {
                throw new IllegalStateException("vault is sealed");
            });
            tls.dropBrokerConnections();
            awaitLoss(put);

            MQProducerException failure = SendVia.SYNC.failure(put.producer(), message(), ONCE);

            assertThat(failure).isInstanceOf(MessageNotStoredException.class).hasMessageContaining("vault is sealed");
            provider.set(() -> credentials);
            put.producer().send(message());
        }
    }

    private static void awaitLoss(ProducerUnderTest put) {
        Eventually.await(
                "the loss is noticed",
                Duration.ofSeconds(2),
                () -> put.producer().status().brokers().stream().noneMatch(broker -> broker.connected()));
    }

    // ---- bad certificates

    static Stream<Arguments> badCertificates() {
        return Stream.of(
                bad(
                        "unknown authority",
                        "not of a trusted authority",
                        () -> STRANGERS.issue("stranger", "stranger", "-ext", "san=ip:127.0.0.1")),
                bad(
                        "expired",
                        "has expired",
                        () -> CERTIFICATES.issue("expired", "x", "-startdate", "-400d", "-ext", "san=ip:127.0.0.1")),
                bad(
                        "not yet valid",
                        "not valid yet",
                        () -> CERTIFICATES.issue("future", "x", "-startdate", "+10d", "-ext", "san=ip:127.0.0.1")),
                bad(
                        "another name",
                        "is for another host",
                        () -> CERTIFICATES.issue("other-name", "x", "-ext", "san=dns:broker.example,ip:127.0.0.2")),
                bad("no alternative name", "is for another host", () -> CERTIFICATES.issue("no-san", "127.0.0.1")),
                bad(
                        "an address, but only as a name",
                        "is for another host",
                        () -> CERTIFICATES.issue("name-only", "broker.example", "-ext", "san=dns:broker.example")),
                bad(
                        "self-signed",
                        "not of a trusted authority",
                        () -> CERTIFICATES.selfSigned("self", "127.0.0.1", "-ext", "san=ip:127.0.0.1")),
                bad(
                        "RSA-1024",
                        "too weak",
                        () -> CERTIFICATES.issue(
                                "weak", "x", "-keyalg", "RSA", "-keysize", "1024", "-ext", "san=ip:127.0.0.1")));
    }

    private static Arguments bad(String name, String reason, Supplier<IssuedCertificate> certificate) {
        return Arguments.of(name, reason, certificate);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badCertificates")
    void s05_aBrokerWithABadCertificateGetsNothing(
            String name, String reason, Supplier<IssuedCertificate> certificate) {
        tls.broker.show(certificate.get());

        try (ProducerUnderTest put = tls.start(trusting().build())) {
            for (SendVia via : SendVia.values()) {
                assertRefused(via, put, reason);
            }
        }

        assertThat(tls.broker.accepted()).isPositive();
        assertThat(tls.broker.decrypted().size()).isZero();
        assertThat(tls.brokerLine.captured().contains(CANARY)).isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badCertificates")
    void s05_norDoesItWhenTheProducerConnectsAnew(String name, String reason, Supplier<IssuedCertificate> certificate) {
        try (ProducerUnderTest put = tls.start(trusting().build())) {
            put.producer().send(message());
            tls.broker.show(certificate.get());
            tls.dropBrokerConnections();
            awaitLoss(put);
            int before = tls.broker.decrypted().size();

            assertRefused(SendVia.SYNC, put, reason);

            assertThat(tls.broker.decrypted().size()).isEqualTo(before);
            tls.broker.show(good());
            put.producer().send(message());
        }

        assertThat(tls.cluster.messages(TOPIC)).hasSize(2);
        assertThat(tls.brokerLine.captured().contains(CANARY)).isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badCertificates")
    void s05_aNameServerWithABadCertificateIsNotAsked(
            String name, String reason, Supplier<IssuedCertificate> certificate) {
        tls.nameServer.show(certificate.get());

        try (ProducerUnderTest put = tls.start(trusting().build())) {
            MQProducerException failure = SendVia.SYNC.failure(put.producer(), message(), ONCE);

            assertThat(failure)
                    .isInstanceOf(MessageNotStoredException.class)
                    .hasMessageContaining("no name server answered")
                    .hasMessageContaining(reason);
            assertThat(failure.kind()).isEqualTo(FailureKind.TLS_FAILED);
        }

        assertThat(tls.nameServer.decrypted().size()).isZero();
        assertThat(tls.nameServerLine.captured().contains(TOPIC)).isFalse();
    }

    /** The JDK would take them: it asks nothing of a certificate that is in the trust store itself. */
    @Test
    void s05_aCertificateThatIsItselfTrustedMustBeValidAndStrongAllTheSame() {
        assertOwnTrust(
                CERTIFICATES.selfSigned("self-expired", "x", "-startdate", "-400d", "-ext", "san=ip:127.0.0.1"),
                "has expired");
        assertOwnTrust(
                CERTIFICATES.selfSigned(
                        "self-weak", "x", "-keyalg", "RSA", "-keysize", "1024", "-ext", "san=ip:127.0.0.1"),
                "too weak");
    }

    private void assertOwnTrust(IssuedCertificate certificate, String reason) {
        tls.broker.show(certificate);
        tls.nameServer.show(certificate);
        SslOptions trusting =
                SslOptions.builder().trustCertificate(certificate.certificate()).build();
        try (ProducerUnderTest put = tls.start(trusting)) {
            MQProducerException failure = SendVia.SYNC.failure(put.producer(), message(), ONCE);

            assertThat(failure).isInstanceOf(MessageNotStoredException.class).hasMessageContaining(reason);
            assertThat(failure.kind()).isEqualTo(FailureKind.TLS_FAILED);
        }
        assertThat(tls.nameServer.decrypted().size()).isZero();
    }

    @Test
    void s05_aSelfSignedCertificateThatIsTrustedItselfWillDo() {
        IssuedCertificate self = CERTIFICATES.selfSigned("self", "127.0.0.1", "-ext", "san=ip:127.0.0.1");
        tls.broker.show(self);
        tls.nameServer.show(self);

        try (ProducerUnderTest put = tls.start(
                SslOptions.builder().trustCertificate(self.certificate()).build())) {
            put.producer().send(message());
        }

        assertThat(tls.cluster.messages(TOPIC)).hasSize(1);
    }

    private static void assertRefused(SendVia via, ProducerUnderTest put, String reason) {
        MQProducerException failure = via.failure(put.producer(), message(), ONCE);

        assertThat(failure)
                .isInstanceOf(MessageNotStoredException.class)
                .hasMessageContaining("TLS with broker-a@")
                .hasMessageContaining(reason);
        assertThat(failure.kind()).isEqualTo(FailureKind.TLS_FAILED);
        assertThat(failure.attempts()).isNotEmpty();
    }

    // ---- names

    @Test
    void s05_theExpectedNameIsVerifiedInPlaceOfTheAddress() {
        IssuedCertificate named = CERTIFICATES.issue("name-only", "broker.example", "-ext", "san=dns:broker.example");
        tls.broker.show(named);
        tls.nameServer.show(named);

        try (ProducerUnderTest put =
                tls.start(trusting().expectedName("broker.example").build())) {
            put.producer().send(message());
        }
        try (ProducerUnderTest put =
                tls.start(trusting().expectedName("broker.example.org").build())) {
            assertThat(SendVia.SYNC.failure(put.producer(), message(), ONCE))
                    .hasMessageContaining("is for another host");
        }

        assertThat(tls.cluster.messages(TOPIC)).hasSize(1);
    }

    @Test
    void s05_aNameThatIsConnectedToIsVerified() {
        tls.broker.show(CERTIFICATES.issue("localhost", "x", "-ext", "san=dns:localhost"));
        tls.cluster.route(TOPIC, RouteJson.of("broker-a", "localhost:" + tls.brokerLine.port(), 4));

        try (ProducerUnderTest put = tls.start(trusting().build())) {
            put.producer().send(message());
        }

        assertThat(tls.cluster.messages(TOPIC)).hasSize(1);
    }

    @Test
    void s05_namesAreNotVerifiedIfThatIsSwitchedOffAndItIsWarnedOfAtEachStart() {
        tls.broker.show(CERTIFICATES.issue("no-san", "127.0.0.1"));
        try (LogRecorder log = LogRecorder.of("io.mqproducer.ProducerAssembly");
                ProducerUnderTest put =
                        tls.start(trusting().verifyHostname(false).build())) {
            put.producer().send(message());
            put.producer().stop(Duration.ofSeconds(1));
            put.producer().start();
            put.producer().send(message());

            assertThat(log.lines())
                    .hasSize(2)
                    .allSatisfy(line -> assertThat(line).contains("ssl.verify-hostname is false"));
            tls.broker.show(STRANGERS.issue("stranger", "stranger", "-ext", "san=ip:127.0.0.1"));
            tls.dropBrokerConnections();
            awaitLoss(put);
            assertThat(SendVia.SYNC.failure(put.producer(), message(), ONCE))
                    .hasMessageContaining("not of a trusted authority");
        }

        assertThat(tls.cluster.messages(TOPIC)).hasSize(2);
    }

    // ---- peers that speak no TLS, or an old one, or not at all

    static Stream<Arguments> peersWithoutTls() {
        return Stream.of(
                Arguments.of(
                        "a web server",
                        "does not speak TLS",
                        Reply.raw("HTTP/1.1 400 Bad\r\n\r\n".getBytes(ISO_8859_1))),
                Arguments.of(
                        "a plain broker",
                        "does not speak TLS",
                        Reply.raw(
                                HexFormat.of()
                                        .parseHex(
                                                "000000250100002100690002010000000800000001000000000000000c0005746f7069630000000154"))),
                Arguments.of("one of TLS 1.0", "ssl.protocols", Reply.raw(serverHello(1))),
                Arguments.of("one of TLS 1.1", "ssl.protocols", Reply.raw(serverHello(2))),
                Arguments.of(
                        "one that wants an older version",
                        "ssl.protocols",
                        Reply.raw(HexFormat.of().parseHex("15030100020246"))),
                Arguments.of(
                        "one that hangs up", "closed the connection before the handshake was complete", Reply.close()),
                Arguments.of("a mute one", "no handshake in 1500 ms", null));
    }

    /** As a server of that version would answer: a cipher that both know, no extensions. */
    private static byte[] serverHello(int minor) {
        String version = "03" + HexFormat.of().toHexDigits((byte) minor);
        return HexFormat.of()
                .parseHex("16" + version + "002a" + "02000026" + version + "11".repeat(32) + "00" + "002f" + "00");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("peersWithoutTls")
    void s07_s08_aPeerWithoutTlsGetsNothingButAHandshake(String name, String reason, Reply greeting) {
        try (ScriptedPeer peer = ScriptedPeer.start()) {
            if (greeting != null) {
                peer.onConnect(greeting);
            }
            tls.cluster.route(TOPIC, RouteJson.of("broker-a", peer.address(), 4));
            try (ProducerUnderTest put = tls.start(
                    trusting().build(),
                    builder ->
                            builder.connectionConnectTimeout(greeting == null ? MUTE_LIMIT : Duration.ofSeconds(3)))) {
                for (SendVia via : SendVia.values()) {
                    assertRefused(via, put, reason);
                }
            }

            assertOnlyHandshakes(peer.receivedBytes());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("peersWithoutTls")
    void s07_s08_norDoesOneThatTakesTheBrokersPlaceLater(String name, String reason, Reply greeting) {
        try (ScriptedPeer peer = ScriptedPeer.start()) {
            if (greeting != null) {
                peer.onConnect(greeting);
            }
            try (ProducerUnderTest put = tls.start(
                    trusting().build(),
                    builder ->
                            builder.connectionConnectTimeout(greeting == null ? MUTE_LIMIT : Duration.ofSeconds(3)))) {
                put.producer().send(message());
                tls.brokerLine.forwardTo(peer.port());
                tls.dropBrokerConnections();
                awaitLoss(put);

                assertRefused(SendVia.SYNC, put, reason);
            }

            assertOnlyHandshakes(peer.receivedBytes());
            assertThat(tls.brokerLine.captured().contains(CANARY)).isFalse();
        }
    }

    /** Whole TLS records, connection after connection: a hello, and perhaps an alert that says goodbye. */
    private static void assertOnlyHandshakes(byte[] received) {
        assertThat(new String(received, ISO_8859_1)).doesNotContain(CANARY);
        List<Integer> types = new ArrayList<>();
        for (int at = 0; at + 5 <= received.length; ) {
            types.add((int) received[at]);
            at += 5 + ((received[at + 3] & 0xFF) << 8) + (received[at + 4] & 0xFF);
        }
        assertThat(types).as(Arrays.toString(received)).isSubsetOf(HANDSHAKE, ALERT);
    }

    @Test
    void noSilentFallBackToWhatWasThereBefore() {
        SslOptions options = trusting().build();
        tls.nameServerLine.forwardTo(tls.cluster.nameServer().port()); // the very cluster, without its TLS
        try (ProducerUnderTest put =
                tls.start(options, builder -> builder.connectionConnectTimeout(Duration.ofMillis(700)))) {
            assertThat(SendVia.SYNC.failure(put.producer(), message(), ONCE).kind())
                    .isEqualTo(FailureKind.TLS_FAILED);
        }

        assertThat(tls.cluster.nameServer().requests()).isEmpty();
        assertOnlyHandshakes(tls.cluster.nameServer().receivedBytes());
    }
}
