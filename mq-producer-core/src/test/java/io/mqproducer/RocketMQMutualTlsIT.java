package io.mqproducer;

import static io.mqproducer.TlsFixture.CERTIFICATES;
import static io.mqproducer.TlsFixture.STRANGERS;
import static io.mqproducer.TlsFixture.good;
import static io.mqproducer.TlsFixture.trusting;
import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.config.SslOptions;
import io.mqproducer.exception.MQProducerException;
import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Message;
import io.mqproducer.message.SendOptions;
import io.mqproducer.test.EmbeddedRocketMQ;
import io.mqproducer.test.TlsMode;
import io.mqproducer.test.junit.RocketMQExtension;
import io.mqproducer.test.tls.IssuedCertificate;
import io.mqproducer.test.tls.TestCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RocketMQ's own servers when those who speak TLS must show a certificate. What is stored is read in plain text. */
@Tag("rocketmq")
class RocketMQMutualTlsIT {

    private static final SendOptions ONCE = SendOptions.defaults().withMaxRetries(0);

    @RegisterExtension
    static final RocketMQExtension rocketMQ = RocketMQExtension.of(EmbeddedRocketMQ.builder()
            .tls(TlsMode.PERMISSIVE)
            .jvmOptions(
                    "-Dtls.test.mode.enable=false",
                    "-Dtls.server.need.client.auth=require",
                    "-Dtls.server.authClient=true",
                    "-Dtls.server.trustCertPath=" + CERTIFICATES.authority(),
                    "-Dtls.server.certPath=" + good().certificate(),
                    "-Dtls.server.keyPath=" + good().key()));

    @TempDir
    Path folder;

    private static IssuedCertificate client() {
        return CERTIFICATES.issue("client", "client", "-keyalg", "RSA");
    }

    private static SslOptions.Builder with(IssuedCertificate certificate) {
        return trusting().certificate(certificate.certificate()).privateKey(certificate.key());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void s09_aProducerWithACertificateOfTheAuthorityIsLetIn(String version) {
        String topic = "mtls-good-" + version.replace('.', '-');
        try (ProducerUnderTest put =
                start(with(client()).protocols(List.of(version)).build())) {
            put.producer().send(Message.of(topic, new byte[1]));
        }
        SslOptions store = trusting()
                .keyStore(client().keyStore())
                .keyStorePassword(TestCertificates.PASSWORD)
                .protocols(List.of(version))
                .build();
        try (ProducerUnderTest put = start(store)) {
            put.producer().send(Message.of(topic, new byte[1]));
        }

        assertThat(rocketMQ.cluster().messages(topic)).hasSize(2);
    }

    /** With TLS 1.3 it learns of it only after its own part of the handshake is done. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void s09_oneWithoutIsNot(String version) {
        assertRefused(trusting().protocols(List.of(version)).build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void s09_norIsOneWithACertificateOfAnotherAuthority(String version) {
        assertRefused(with(STRANGERS.issue("strange-client", "client"))
                .protocols(List.of(version))
                .build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void s09_norIsOneWhoseCertificateHasExpired(String version) {
        assertRefused(with(CERTIFICATES.issue("expired-client", "client", "-startdate", "-400d"))
                .protocols(List.of(version))
                .build());
    }

    private static void assertRefused(SslOptions options) {
        try (ProducerUnderTest put = start(options)) {
            for (SendVia via : SendVia.values()) {
                MQProducerException failure = via.failure(put.producer(), Message.of("mtls-bad", new byte[1]), ONCE);

                assertThat(failure)
                        .isInstanceOf(MessageNotStoredException.class)
                        .hasMessageContaining("refuse")
                        .hasMessageContaining("ssl.certificate");
                assertThat(failure.kind()).isEqualTo(FailureKind.TLS_FAILED);
            }
        }

        assertThat(rocketMQ.cluster().messages("mtls-bad")).isEmpty();
    }

    @Test
    void s09_aRenewedCertificateServesTheNextConnection() throws Exception {
        IssuedCertificate expired = CERTIFICATES.issue("expired-client", "client", "-startdate", "-400d");
        Path certificate = folder.resolve("client.pem");
        Path key = folder.resolve("client.key");
        copy(expired, certificate, key);
        SslOptions options = trusting().certificate(certificate).privateKey(key).build();
        try (ProducerUnderTest put = start(options)) {
            assertThat(SendVia.SYNC
                            .failure(put.producer(), Message.of("mtls-renewed", new byte[1]), ONCE)
                            .kind())
                    .isEqualTo(FailureKind.TLS_FAILED);

            copy(client(), certificate, key);
            put.producer().send(Message.of("mtls-renewed", new byte[1]));
        }

        assertThat(rocketMQ.cluster().messages("mtls-renewed")).hasSize(1);
    }

    private static void copy(IssuedCertificate from, Path certificate, Path key) throws IOException {
        Files.copy(from.certificate(), certificate, StandardCopyOption.REPLACE_EXISTING);
        Files.copy(from.key(), key, StandardCopyOption.REPLACE_EXISTING);
    }

    private static ProducerUnderTest start(SslOptions options) {
        return ProducerUnderTest.start(rocketMQ.nameServerAddresses(), builder -> builder.ssl(options));
    }
}
