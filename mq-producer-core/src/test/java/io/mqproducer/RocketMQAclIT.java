package io.mqproducer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.config.Credentials;
import io.mqproducer.exception.MQProducerException;
import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Message;
import io.mqproducer.message.Outcome;
import io.mqproducer.message.SendOptions;
import io.mqproducer.message.SendResult;
import io.mqproducer.message.TransactionSendResult;
import io.mqproducer.message.TransactionState;
import io.mqproducer.spi.TransactionChecker;
import io.mqproducer.test.EmbeddedRocketMQ;
import io.mqproducer.test.StoredMessage;
import io.mqproducer.test.junit.RocketMQExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** RocketMQ's own ACL 2.0 lets the right ones in, and says why it does not let the others. */
@Tag("rocketmq")
class RocketMQAclIT {

    private static final Credentials ADMIN = Credentials.of("admin", "admin12345678");
    private static final Credentials PUBLISHER = Credentials.of("publisher", "publisher12345678");
    private static final Credentials SUCCESSOR = Credentials.of("successor", "successor12345678");
    private static final String ALLOWED = "acl-allowed";
    private static final String TRANSACTIONAL = "acl-transactional";
    private static final String ROTATED = "acl-rotated";
    private static final String TOGETHER = "acl-together";
    private static final SendOptions WITHIN_TWO_SECONDS = SendOptions.defaults().withTimeout(Duration.ofSeconds(2));

    @RegisterExtension
    static final RocketMQExtension rocketMQ = RocketMQExtension.of(EmbeddedRocketMQ.builder()
            .acl(ADMIN.accessKey(), ADMIN.secretKey())
            .brokerProperty("waitTimeMillsInSendQueue", "10000")); // a busy machine is no refusal

    @BeforeAll
    static void makeUsers() {
        rocketMQ.cluster().createTopic(ALLOWED, 4);
        rocketMQ.cluster().createTopic(ROTATED, 4);
        rocketMQ.cluster().createTopic(TOGETHER, 4);
        putUser(PUBLISHER, true);
        putUser(SUCCESSOR, true);
        putUser(Credentials.of("locked", "locked12345678"), false);
        for (String topic : List.of(ALLOWED, ROTATED, TOGETHER)) {
            for (Credentials user : List.of(PUBLISHER, SUCCESSOR)) {
                rocketMQ.cluster().brokers().get(0).allowPublishing(user.accessKey(), topic);
            }
        }
    }

    private static void putUser(Credentials user, boolean enabled) {
        rocketMQ.cluster().brokers().get(0).putUser(user.accessKey(), user.secretKey(), enabled);
    }

    @Test
    void s19_storesWhatAUserWhoMayPublishSendsInEveryMode() throws Exception {
        byte[] large = new byte[4 * 1024 * 1024];
        new Random(1).nextBytes(large);
        List<String> sent = new ArrayList<>();
        try (ProducerUnderTest put = start(PUBLISHER)) {
            sent.add(put.producer().send(Message.of(ALLOWED, new byte[1])).msgId());
            sent.add(put.producer()
                    .sendAsync(Message.builder(ALLOWED)
                            .tag("t")
                            .keys("\u8ba2\u5355")
                            .property("a b", "\u20ac")
                            .flag(9)
                            .body(large)
                            .build())
                    .get(5, TimeUnit.SECONDS)
                    .msgId());
            sent.add(put.producer()
                    .send(Message.of(ALLOWED, "compressed ".repeat(5000).getBytes(UTF_8)))
                    .msgId());
            put.producer().sendOneway(Message.of(ALLOWED, "oneway".getBytes(UTF_8)));
        }

        Eventually.await(
                "the one-way message",
                Duration.ofSeconds(5),
                () -> rocketMQ.cluster().messages(ALLOWED).size() == 4);
        assertThat(rocketMQ.cluster().messages(ALLOWED))
                .extracting(StoredMessage::msgId)
                .containsAll(sent);
    }

    /** The broker asks about it by a topic of its own, for which this user has no permission. */
    @Test
    void n6_s19_aUserWhoMayPublishToTheTopicOnlyRunsTransactionsAndAnswersQuestions() {
        rocketMQ.cluster().createTopic(TRANSACTIONAL, 4);
        rocketMQ.cluster().brokers().get(0).allowPublishing(PUBLISHER.accessKey(), TRANSACTIONAL);
        try (ProducerUnderTest put = ProducerUnderTest.start(
                rocketMQ.nameServerAddresses(),
                builder -> builder.credentials(() -> PUBLISHER)
                        .transactionChecker(TransactionChecker.of(TRANSACTIONAL, half -> TransactionState.COMMIT)))) {
            Message message = Message.of(TRANSACTIONAL, new byte[1]);
            TransactionSendResult committed =
                    put.producer().sendInTransaction(message, half -> TransactionState.COMMIT);
            TransactionSendResult dropped =
                    put.producer().sendInTransaction(message, half -> TransactionState.ROLLBACK);
            TransactionSendResult asked = put.producer().sendInTransaction(message, half -> TransactionState.UNKNOWN);

            assertThat(committed.confirmed()).isTrue();
            assertThat(dropped.confirmed()).isTrue();
            Eventually.await(
                    "the answer to the question",
                    Duration.ofSeconds(20),
                    () -> rocketMQ.cluster().messages(TRANSACTIONAL).size() == 2);
            assertThat(rocketMQ.cluster().messages(TRANSACTIONAL))
                    .extracting(StoredMessage::msgId)
                    .containsExactlyInAnyOrder(committed.msgId(), asked.msgId());
        }
    }

    @Test
    void s19_storesBatchesAndTransactionsToo() {
        try (ProducerUnderTest put = ProducerUnderTest.start(
                rocketMQ.nameServerAddresses(),
                builder -> builder.credentials(() -> PUBLISHER)
                        .transactionChecker(TransactionChecker.of(TOGETHER, message -> TransactionState.UNKNOWN)))) {
            put.producer().sendBatch(List.of(Message.of(TOGETHER, new byte[1]), Message.of(TOGETHER, new byte[2])));
            assertThat(put.producer()
                            .sendInTransaction(Message.of(TOGETHER, new byte[3]), message -> TransactionState.COMMIT)
                            .confirmed())
                    .isTrue();
        }

        Eventually.await(
                "the committed message",
                Duration.ofSeconds(5),
                () -> rocketMQ.cluster().messages(TOGETHER).size() == 3);
    }

    @Test
    void s19_aWrongSecretIsRefused() {
        assertRefused(Credentials.of("publisher", "CANARY-wrong"), ALLOWED, "check signature failed");
    }

    @Test
    void s19_anUnknownUserIsRefused() {
        assertRefused(Credentials.of("nobody", "CANARY-secret"), ALLOWED, "User:nobody");
    }

    @Test
    void s19_aDisabledUserIsRefused() {
        assertRefused(Credentials.of("locked", "locked12345678"), ALLOWED, "User:locked is disabled");
    }

    @Test
    void s19_aUserWithoutPermissionForTheTopicIsRefused() {
        rocketMQ.cluster().createTopic("acl-forbidden", 1);

        assertRefused(PUBLISHER, "acl-forbidden", "has no permission to access Topic:acl-forbidden");

        assertThat(rocketMQ.cluster().messages("acl-forbidden")).isEmpty();
    }

    @Test
    void s19_aRequestWithoutSignatureIsRefused() {
        assertRefused(null, ALLOWED, "username cannot be null");
    }

    /** One answer each, not three: asking again would not change the broker's mind. */
    private static void assertRefused(Credentials credentials, String topic, String remark) {
        try (ProducerUnderTest put = ProducerUnderTest.start(rocketMQ.nameServerAddresses(), builder -> {
            if (credentials != null) {
                builder.credentials(() -> credentials);
            }
        })) {
            for (SendVia via : SendVia.values()) {
                MQProducerException failure =
                        via.failure(put.producer(), Message.of(topic, new byte[1]), WITHIN_TWO_SECONDS);

                assertThat(failure)
                        .isInstanceOf(MessageNotStoredException.class)
                        .hasMessageContaining("answered CODE 16 NO_PERMISSION: ")
                        .hasMessageContaining(remark)
                        .hasMessageContaining("check acl.access-key and acl.secret-key")
                        .hasMessageNotContaining("CANARY");
                assertThat(failure.kind()).isEqualTo(FailureKind.BROKER_REJECTED);
                assertThat(failure.attempts()).hasSize(1);
            }
        }
    }

    @Test
    void s19_credentialsAreRotatedUnderLoadWithoutAFailure() {
        int rounds = 40;
        AtomicReference<Credentials> current = new AtomicReference<>(PUBLISHER);
        List<CompletableFuture<SendResult>> sends = new ArrayList<>();
        try (ProducerUnderTest put = ProducerUnderTest.start(
                rocketMQ.nameServerAddresses(),
                builder -> builder.credentials(current::get).sendTimeout(Duration.ofSeconds(10)))) {
            for (int round = 0; round < rounds; round++) {
                for (int i = 0; i < 100; i++) {
                    sends.add(put.producer().sendAsync(Message.of(ROTATED, ("r" + round).getBytes(UTF_8))));
                }
                current.set(round % 2 == 0 ? SUCCESSOR : PUBLISHER);
            }
            current.set(SUCCESSOR);
            sends.forEach(CompletableFuture::join);
            putUser(PUBLISHER, false);
            for (int i = 0; i < 100; i++) {
                sends.add(CompletableFuture.completedFuture(put.producer().send(Message.of(ROTATED, new byte[1]))));
            }
            assertThat(put.count(Outcome.ACKED)).isEqualTo(rounds * 100 + 100);
        } finally {
            putUser(PUBLISHER, true);
        }

        assertThat(rocketMQ.cluster().summaries(ROTATED)).hasSize(rounds * 100 + 100);
    }

    private static ProducerUnderTest start(Credentials credentials) {
        return ProducerUnderTest.start(
                rocketMQ.nameServerAddresses(), builder -> builder.credentials(() -> credentials));
    }
}
