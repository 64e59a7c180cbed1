package io.mqproducer;

import static io.mqproducer.TlsFixture.CERTIFICATES;
import static io.mqproducer.TlsFixture.trusting;
import static io.mqproducer.Transactions.END_TRANSACTION;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
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
import io.mqproducer.message.TransactionState;
import io.mqproducer.spi.TransactionChecker;
import io.mqproducer.test.peer.FakeCluster;
import io.mqproducer.test.peer.Reply;
import io.mqproducer.test.peer.Request;
import io.mqproducer.test.tls.IssuedCertificate;
import io.mqproducer.test.tls.TestCertificates;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** S18: secrets are in no log, however loud, in no exception, name, text form or status. */
class SecretsIT {

    private static final String SECRET = "CANARY-secret";
    private static final int SEND = 310;
    private static final int SEND_BATCH = 320;
    private static final int ROUTE = 105;
    private static final int HEARTBEAT = 34;
    private static final int UNREGISTER = 35;

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

    /** Client id, language, heartbeat, properties and all else: only a signature's fields name the one who signs, and none how. */
    @Test
    void s18_serversAreToldOfNoSecretButInTheFieldsOfTheSignature() {
        List<Request> requests = new ArrayList<>();
        try (FakeCluster cluster = FakeCluster.start(1)) {
            cluster.broker(0).on(END_TRANSACTION, Reply.success());
            Credentials credentials = Credentials.of("CANARY-access", SECRET).withSecurityToken("CANARY-token");
            try (ProducerUnderTest put = ProducerUnderTest.start(
                    cluster.nameServers(),
                    builder -> builder.credentials(() -> credentials)
                            .instanceName("instance")
                            .namespace("ns")
                            .traceEnabled(true)
                            .transactionChecker(TransactionChecker.of("secrets", m -> TransactionState.ROLLBACK)))) {
                Message message =
                        Message.builder("secrets").tag("a").body(new byte[1]).build();
                put.producer().send(message);
                put.producer().sendOneway(message);
                put.producer().sendBatch(List.of(message, message));
                put.producer().prepare(message).rollback();
            }
            requests.addAll(cluster.nameServer().requests());
            requests.addAll(cluster.broker(0).requests());
        }

        assertThat(requests)
                .extracting(Request::code)
                .contains(ROUTE, HEARTBEAT, UNREGISTER, SEND, SEND_BATCH, END_TRANSACTION);
        assertThat(requests)
                .filteredOn(request -> request.code() == HEARTBEAT)
                .allSatisfy(request -> assertThat(request.text()).contains("\"clientID\"", "instance"));
        assertThat(requests).allSatisfy(request -> {
            Map<String, String> fields = new HashMap<>(request.fields());
            assertThat(fields.remove("AccessKey")).isEqualTo("CANARY-access");
            assertThat(fields.remove("SecurityToken")).isEqualTo("CANARY-token");
            assertThat(fields.toString()).doesNotContain("CANARY");
            assertThat(request.language() + request.remark() + request.text()).doesNotContain("CANARY");
            assertThat(new String(request.bytes(), ISO_8859_1)).doesNotContain(SECRET);
        });
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
