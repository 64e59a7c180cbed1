package io.mqproducer;

import static io.mqproducer.TlsFixture.CERTIFICATES;
import static io.mqproducer.TlsFixture.trusting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import io.mqproducer.config.Credentials;
import io.mqproducer.config.SslOptions;
import io.mqproducer.message.Message;
import io.mqproducer.message.SendOptions;
import io.mqproducer.test.peer.Reply;
import io.mqproducer.test.tls.IssuedCertificate;
import io.mqproducer.test.tls.TestCertificates;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** S18: secrets are in no log, however loud, in no exception, name, text form or status. */
class SecretsIT {

    private static final String SECRET = "CANARY-secret";
    private static final int SEND = 310;

    private final List<String> seen = new ArrayList<>();

    @Test
    void s18_noSecretIsSeenWhereItIsNotMeantToBe() {
        IssuedCertificate client = CERTIFICATES.issue("canary-client", "client");
        SslOptions options = trusting()
                .keyStore(client.keyStore())
                .keyStorePassword(TestCertificates.PASSWORD)
                .build();
        Credentials credentials = Credentials.of("CANARY-access", SECRET).withSecurityToken("CANARY-token");
        try (LoudLog log = new LoudLog();
                TlsFixture tls = new TlsFixture();
                ProducerUnderTest put = tls.start(options, builder -> builder.credentials(() -> credentials))) {
            put.producer().send(TlsFixture.message());
            put.producer().sendOneway(TlsFixture.message());
            tls.cluster.broker(0).on(SEND, Reply.code(16, "check signature failed."));
            seen(catchThrowable(() -> put.producer().send(TlsFixture.message())));
            tls.cluster.broker(0).on(SEND, Reply.close());
            SendOptions brief = SendOptions.defaults().withTimeout(Duration.ofMillis(300));
            seen(catchThrowable(() -> put.producer().send(TlsFixture.message(), brief)));
            seen(catchThrowable(() -> put.producer().send(Message.of(TlsFixture.TOPIC, new byte[100_000_000]))));
            seen.add(put.producer().status().toString());
            seen.add(put.producer().toString());
            seen.addAll(put.threads());
            seen.add(options.toString());
            seen.add(credentials.toString());
            seen.addAll(log.lines);

            assertThat(log.lines).as("the log is loud").hasSizeGreaterThan(5);
            assertThat(tls.broker.decrypted().contains("CANARY-access")).isTrue();
            assertThat(tls.broker.decrypted().contains("CANARY-token")).isTrue();
            assertThat(tls.broker.decrypted().contains(SECRET)).isFalse();
            assertThat(tls.brokerLine.captured().contains("CANARY")).isFalse();
        }

        assertThat(seen)
                .isNotEmpty()
                .noneMatch(text -> text.contains(SECRET)
                        || text.contains("CANARY-access")
                        || text.contains("CANARY-token")
                        || text.contains(TestCertificates.PASSWORD));
    }

    @Test
    void s18_aBuildThatFailsShowsNone() {
        seen(catchThrowable(() -> MQProducer.builder("PG").aclSecretKey(SECRET).build()));
        seen(catchThrowable(() -> MQProducer.builder("PG")
                .aclAccessKey("CANARY-access")
                .aclSecretKey(SECRET + "\n")
                .build()));
        IssuedCertificate client = CERTIFICATES.issue("canary-client", "client");
        seen(catchThrowable(() -> MQProducer.builder("PG")
                .ssl(trusting()
                        .keyStore(client.keyStore())
                        .keyStorePassword(SECRET)
                        .build())
                .build()));

        assertThat(seen).hasSize(3).noneMatch(text -> text.contains("CANARY-"));
    }

    private void seen(Throwable failure) {
        assertThat(failure).isNotNull();
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        seen.add(text.toString());
    }

    /** All that is logged, at the lowest level that there is. */
    private static final class LoudLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {

        private final Queue<String> lines = new ConcurrentLinkedQueue<>();
        private final Logger logger = (Logger) LoggerFactory.getLogger("io.mqproducer");
        private final Logger netty = (Logger) LoggerFactory.getLogger("io.netty");
        private final Level before = logger.getLevel();

        LoudLog() {
            start();
            for (Logger each : List.of(logger, netty)) {
                each.setLevel(Level.TRACE);
                each.setAdditive(false);
                each.addAppender(this);
            }
        }

        @Override
        protected void append(ILoggingEvent event) {
            lines.add(event.getThreadName() + " " + event.getFormattedMessage()
                    + (event.getThrowableProxy() == null
                            ? ""
                            : ThrowableProxyUtil.asString(event.getThrowableProxy())));
        }

        @Override
        public void close() {
            for (Logger each : List.of(logger, netty)) {
                each.detachAppender(this);
                each.setAdditive(true);
            }
            logger.setLevel(before);
            netty.setLevel(null);
        }
    }
}
