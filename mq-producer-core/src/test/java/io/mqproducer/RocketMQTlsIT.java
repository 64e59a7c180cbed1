package io.mqproducer;

import static io.mqproducer.TlsFixture.CERTIFICATES;
import static io.mqproducer.TlsFixture.STRANGERS;
import static io.mqproducer.TlsFixture.trusting;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.config.SslOptions;
import io.mqproducer.exception.MQProducerException;
import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Message;
import io.mqproducer.message.SendOptions;
import io.mqproducer.message.SendResult;
import io.mqproducer.test.EmbeddedRocketMQ;
import io.mqproducer.test.StoredMessage;
import io.mqproducer.test.TlsMode;
import io.mqproducer.test.junit.RocketMQExtension;
import io.mqproducer.test.tls.IssuedCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * RocketMQ's own servers when they accept nothing but TLS. They look at their certificate's files twice a second, so one
 * cluster shows all kinds.
 */
@Tag("rocketmq")
class RocketMQTlsIT {

    private static final String TOPIC = "tls-real";
    private static final SendOptions ONCE = SendOptions.defaults().withMaxRetries(0);
    private static final Path SHOWN = TlsFixture.folder();

    static {
        show(TlsFixture.good());
    }

    @RegisterExtension
    static final RocketMQExtension rocketMQ = RocketMQExtension.of(EmbeddedRocketMQ.builder()
            .tls(TlsMode.ENFORCING)
            .jvmOptions(
                    "-Dtls.test.mode.enable=false",
                    "-Dtls.server.certPath=" + SHOWN.resolve("server.pem"),
                    "-Dtls.server.keyPath=" + SHOWN.resolve("server.key")));

    /** Each file at once, lest a server should read half of it and not look again. */
    private static void show(IssuedCertificate certificate) {
        replace("server.key", certificate.key());
        replace("server.pem", certificate.certificate());
    }

    private static void replace(String name, Path content) {
        Path whole = SHOWN.resolve(name + ".new");
        try {
            Files.copy(content, whole);
            Files.move(whole, SHOWN.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns when all servers show it. */
    private static void showEverywhere(IssuedCertificate certificate) {
        show(certificate);
        X509Certificate wanted = TlsFixture.certificateIn(certificate.certificate());
        List<Integer> ports = new ArrayList<>();
        rocketMQ.cluster().nameServers().forEach(server -> ports.add(server.port()));
        rocketMQ.cluster().brokers().forEach(server -> ports.add(server.port()));
        Eventually.await(
                "the servers show it",
                Duration.ofSeconds(20),
                () -> ports.stream().allMatch(port -> wanted.equals(shownAt(port))));
    }

    private static X509Certificate shownAt(int port) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new TrustsAll()}, null);
            try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
                socket.startHandshake();
                return (X509Certificate) socket.getSession().getPeerCertificates()[0];
            }
        } catch (IOException | GeneralSecurityException e) {
            return null;
        }
    }

    /** For looking at certificates. */
    private static final class TrustsAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    @BeforeEach
    void showTheGoodOne() {
        if (!TlsFixture.certificateIn(TlsFixture.good().certificate())
                .equals(shownAt(rocketMQ.cluster().brokers().get(0).port()))) {
            showEverywhere(TlsFixture.good());
        }
    }

    @Test
    void s05_storesWhatIsSentOverTlsInEveryMode() throws Exception {
        byte[] large = new byte[4 * 1024 * 1024];
        new Random(6).nextBytes(large);
        byte[] compressible = "compressed ".repeat(5_000).getBytes(UTF_8);
        List<String> sent = new ArrayList<>();
        try (ProducerUnderTest put = start(trusting().build())) {
            sent.add(put.producer().send(Message.of(TOPIC, large)).msgId());
            sent.add(put.producer().send(Message.of(TOPIC, compressible)).msgId());
            List<CompletableFuture<SendResult>> sends = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                sends.add(put.producer().sendAsync(Message.of(TOPIC, ("a" + i).getBytes(UTF_8))));
            }
            for (CompletableFuture<SendResult> send : sends) {
                sent.add(send.get().msgId());
            }
            for (int i = 0; i < 200; i++) {
                put.producer().sendOneway(Message.of(TOPIC, ("o" + i).getBytes(UTF_8)));
            }
        }

        Eventually.await(
                "one-way messages",
                Duration.ofSeconds(5),
                () -> rocketMQ.cluster().summaries(TOPIC).size() == 1_202);
        List<StoredMessage> stored = rocketMQ.cluster().messages(TOPIC);
        assertThat(stored).extracting(StoredMessage::msgId).containsAll(sent).doesNotHaveDuplicates();
        assertThat(stored).anyMatch(each -> Arrays.equals(each.body(), large));
        assertThat(stored).anyMatch(each -> Arrays.equals(each.body(), compressible));
    }

    @Test
    void s05_aProducerWithoutTlsGetsNowhere() {
        try (ProducerUnderTest put = ProducerUnderTest.start(rocketMQ.nameServerAddresses())) {
            MQProducerException failure =
                    SendVia.SYNC.failure(put.producer(), Message.of("tls-plain", new byte[1]), ONCE);

            assertThat(failure).isInstanceOf(MessageNotStoredException.class);
        }
    }

    static Stream<Arguments> badCertificates() {
        return TlsIT.badCertificates();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badCertificates")
    void s05_serversWithABadCertificateGetNothingAtFirstNorLater(
            String name, String reason, Supplier<IssuedCertificate> certificate) {
        String topic = "tls-bad-" + Integer.toHexString(name.hashCode());
        try (ProducerUnderTest put = start(trusting().build())) {
            put.producer().send(Message.of(topic, "before".getBytes(UTF_8)));

            showEverywhere(certificate.get());
            restartConnections(put);
            MQProducerException later =
                    SendVia.SYNC.failure(put.producer(), Message.of(topic, "bad".getBytes(UTF_8)), ONCE);
            assertRefused(later, reason);

            try (ProducerUnderTest fresh = start(trusting().build())) {
                assertRefused(
                        SendVia.SYNC.failure(fresh.producer(), Message.of(topic, "bad".getBytes(UTF_8)), ONCE), reason);
            }

            showEverywhere(TlsFixture.good());
            put.producer().send(Message.of(topic, "after".getBytes(UTF_8)));
        }

        assertThat(rocketMQ.cluster().messages(topic))
                .extracting(each -> new String(each.body(), UTF_8))
                .containsExactlyInAnyOrder("before", "after");
    }

    /** All connections, to name servers too: what was open when the certificate changed may stay so. */
    private static void restartConnections(ProducerUnderTest put) {
        put.producer().stop(Duration.ofSeconds(2));
        put.producer().start();
    }

    private static void assertRefused(MQProducerException failure, String reason) {
        assertThat(failure).isInstanceOf(MessageNotStoredException.class).hasMessageContaining(reason);
        assertThat(failure.kind()).isEqualTo(FailureKind.TLS_FAILED);
    }

    @Test
    void s05_aBrokerOnAnIpAddressIsVerifiedByTheExpectedName() {
        showEverywhere(CERTIFICATES.issue("name-only", "broker.example", "-ext", "san=dns:broker.example"));

        try (ProducerUnderTest put =
                start(trusting().expectedName("broker.example").build())) {
            put.producer().send(Message.of("tls-named", new byte[1]));
        }
        try (ProducerUnderTest put = start(trusting().build())) {
            assertRefused(
                    SendVia.SYNC.failure(put.producer(), Message.of("tls-named", new byte[1]), ONCE),
                    "set ssl.expected-name");
        }

        showEverywhere(TlsFixture.good());
        assertThat(rocketMQ.cluster().messages("tls-named")).hasSize(1);
    }

    @Test
    void s08_serverAndProducerAgreeOnEitherVersion() {
        for (String version : List.of("TLSv1.2", "TLSv1.3")) {
            try (ProducerUnderTest put =
                    start(trusting().protocols(List.of(version)).build())) {
                put.producer().send(Message.of("tls-versions", new byte[1]));
            }
        }

        assertThat(rocketMQ.cluster().messages("tls-versions")).hasSize(2);
    }

    @Test
    void s05_anAuthorityThatIsNotTheServersIsNoHelp() {
        try (ProducerUnderTest put = start(
                SslOptions.builder().trustCertificate(STRANGERS.authority()).build())) {
            assertRefused(
                    SendVia.SYNC.failure(put.producer(), Message.of("tls-stranger", new byte[1]), ONCE),
                    "ssl.trust-certificate");
        }
    }

    private static ProducerUnderTest start(SslOptions options) {
        return ProducerUnderTest.start(rocketMQ.nameServerAddresses(), builder -> builder.ssl(options));
    }
}
