package io.mqproducer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Message;
import io.mqproducer.message.SendStatus;
import io.mqproducer.message.TransactionSendResult;
import io.mqproducer.message.TransactionState;
import io.mqproducer.spi.TransactionChecker;
import io.mqproducer.test.EmbeddedRocketMQ;
import io.mqproducer.test.StoredMessage;
import io.mqproducer.test.junit.RocketMQExtension;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Real brokers that store half messages weakly, or not at all. */
@Tag("rocketmq")
class RocketMQTransactionFaultsIT {

    private static final byte[] BODY = "paid".getBytes(UTF_8);

    /** Wants a slave that it does not have. */
    @RegisterExtension
    static final RocketMQExtension alone = RocketMQExtension.of(EmbeddedRocketMQ.builder()
            .brokerProperty("brokerRole", "SYNC_MASTER")
            .brokerProperty("inSyncReplicas", "2")
            .brokerProperty("slaveTimeout", "200"));

    @RegisterExtension
    static final RocketMQExtension unwilling =
            RocketMQExtension.of(EmbeddedRocketMQ.builder().brokerProperty("rejectTransactionMessage", "true"));

    private final AtomicInteger runs = new AtomicInteger();

    /** The broker asks about what is not rolled back, and this checker would commit it. */
    @Test
    void f79_n4_aHalfMessageThatNoSlaveHasTakenIsRolledBackAndNothingIsRun() {
        alone.cluster().createTopic("weak", 1);
        try (ProducerUnderTest put = start(alone, "weak")) {
            TransactionSendResult result = put.producer().sendInTransaction(Message.of("weak", BODY), half -> {
                runs.incrementAndGet();
                return TransactionState.COMMIT;
            });
            Message strong =
                    Message.builder("weak").body(BODY).waitForStore(false).build();
            TransactionSendResult later = put.producer().sendInTransaction(strong, half -> TransactionState.UNKNOWN);

            assertThat(result.status()).isEqualTo(SendStatus.FLUSH_SLAVE_TIMEOUT);
            assertThat(result.transactionState()).isEqualTo(TransactionState.ROLLBACK);
            assertThat(runs).hasValue(0);
            Eventually.await(
                    "the later one",
                    Duration.ofSeconds(20),
                    () -> !alone.cluster().messages("weak").isEmpty());
            assertThat(alone.cluster().messages("weak"))
                    .extracting(StoredMessage::msgId)
                    .containsOnly(later.msgId());
        }
    }

    @Test
    void n12_aBrokerThatWantsNoTransactionsRefusesTheHalfMessage() {
        unwilling.cluster().createTopic("unwanted", 1);
        try (ProducerUnderTest put = start(unwilling, "unwanted")) {
            assertThatThrownBy(() -> put.producer().sendInTransaction(Message.of("unwanted", BODY), half -> {
                        runs.incrementAndGet();
                        return TransactionState.COMMIT;
                    }))
                    .isInstanceOfSatisfying(MessageNotStoredException.class, refusal -> {
                        assertThat(refusal.kind()).isEqualTo(FailureKind.BROKER_REJECTED);
                        assertThat(refusal.responseCode()).hasValue(16);
                    });
        }
        assertThat(runs).hasValue(0);
        assertThat(unwilling.cluster().messages("unwanted")).isEmpty();
    }

    private static ProducerUnderTest start(RocketMQExtension rocketMQ, String topic) {
        return ProducerUnderTest.start(
                rocketMQ.nameServerAddresses(),
                builder -> builder.transactionChecker(TransactionChecker.of(topic, half -> TransactionState.COMMIT)));
    }
}
