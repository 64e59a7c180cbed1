package io.mqproducer.spring.boot.autoconfigure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.SendStatus;
import io.mqproducer.spring.MQOperations;
import io.mqproducer.spring.MQTemplate;
import io.mqproducer.test.EmbeddedRocketMQ;
import io.mqproducer.test.TlsMode;
import io.mqproducer.test.junit.RocketMQExtension;
import io.mqproducer.test.tls.IssuedCertificate;
import io.mqproducer.test.tls.TestCertificates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.util.FileSystemUtils;

/** Spring's SSL bundles with RocketMQ's own servers, which accept nothing but TLS here. */
@Tag("rocketmq")
class RocketMQSslBundleIT {

    private static final Path FOLDER = folder();
    private static final TestCertificates CERTIFICATES = TestCertificates.in(FOLDER.resolve("ours"));
    private static final TestCertificates STRANGERS = TestCertificates.in(FOLDER.resolve("strangers"));
    private static final IssuedCertificate SERVERS =
            CERTIFICATES.issue("server", "server", "-ext", "san=ip:127.0.0.1,dns:localhost");

    @RegisterExtension
    static final RocketMQExtension ROCKETMQ = RocketMQExtension.of(EmbeddedRocketMQ.builder()
            .tls(TlsMode.ENFORCING)
            .jvmOptions(
                    "-Dtls.test.mode.enable=false",
                    "-Dtls.server.certPath=" + SERVERS.certificate(),
                    "-Dtls.server.keyPath=" + SERVERS.key()));

    private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(MQProducerAutoConfiguration.class, SslAutoConfiguration.class))
            .withInitializer(
                    context -> TestPropertyValues.of("mq.producer.name-servers=" + ROCKETMQ.nameServerAddresses())
                            .applyTo(context))
            .withPropertyValues(
                    "mq.producer.retry.max-retries=0",
                    "spring.ssl.bundle.pem.ours.truststore.certificate=" + CERTIFICATES.authority(),
                    "spring.ssl.bundle.pem.strangers.truststore.certificate=" + STRANGERS.authority());

    private static Path folder() {
        try {
            return Files.createTempDirectory("bundles");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    static void deleteCertificates() throws IOException {
        FileSystemUtils.deleteRecursively(FOLDER);
    }

    @Test
    void sendsWithTheAuthoritiesOfABundle() {
        contextRunner.withPropertyValues("mq.producer.ssl.bundle=ours").run(context -> {
            assertThat(context.getBean(MQTemplate.class)
                            .send("bundle-trusted", "hello")
                            .status())
                    .isEqualTo(SendStatus.SEND_OK);
            assertThat(ROCKETMQ.cluster().messages("bundle-trusted"))
                    .extracting(message -> new String(message.body(), UTF_8))
                    .containsExactly("hello");
        });
    }

    @Test
    void refusesServersWhoseAuthorityIsNotInTheBundleAndSaysSo() {
        contextRunner
                .withPropertyValues("mq.producer.ssl.bundle=strangers")
                .run(context -> assertRefused(context.getBean(MQTemplate.class), "bundle-refused"));
    }

    @Test
    void eachProducerHasABundleOfItsOwn() {
        contextRunner
                .withPropertyValues(
                        "mq.producer.ssl.bundle=strangers",
                        "mq.producer.instances.good.ssl.bundle=ours",
                        "mq.producer.instances.bad.send-timeout=2s")
                .run(context -> {
                    assertRefused(context.getBean(MQTemplate.class), "bundle-each");
                    assertRefused(context.getBean("badMqTemplate", MQTemplate.class), "bundle-each");
                    context.getBean("goodMqTemplate", MQTemplate.class).send("bundle-each", "good");
                    assertThat(ROCKETMQ.cluster().messages("bundle-each")).hasSize(1);
                });
    }

    @Test
    void newConnectionsUseTheBundleAsItHasBecome(@TempDir Path folder) throws IOException {
        Path trusted = folder.resolve("trusted.pem");
        Files.copy(STRANGERS.authority(), trusted);
        contextRunner
                .withPropertyValues(
                        "mq.producer.ssl.bundle=changing",
                        "mq.producer.send-timeout=2s",
                        "spring.ssl.bundle.watch.file.quiet-period=100ms",
                        "spring.ssl.bundle.pem.changing.reload-on-update=true",
                        "spring.ssl.bundle.pem.changing.truststore.certificate=" + trusted)
                .run(context -> {
                    MQTemplate template = context.getBean(MQTemplate.class);
                    assertRefused(template, "bundle-changed");

                    replace(trusted, CERTIFICATES.authority());

                    await().atMost(Duration.ofSeconds(60))
                            .ignoreExceptions()
                            .until(() -> template.send("bundle-changed", "now").status() == SendStatus.SEND_OK);
                });
    }

    private static void replace(Path file, Path content) throws IOException {
        Path whole = file.resolveSibling("new.pem");
        Files.copy(content, whole);
        Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void assertRefused(MQOperations template, String topic) {
        assertThatThrownBy(() -> template.send(topic, "never"))
                .isInstanceOfSatisfying(MessageNotStoredException.class, failure -> {
                    assertThat(failure.kind()).isEqualTo(FailureKind.TLS_FAILED);
                    assertThat(failure)
                            .hasMessageContaining("not of a trusted authority")
                            .hasMessageContaining("ssl.bundle");
                });
    }
}
