package io.mqproducer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Message;
import io.mqproducer.message.Outcome;
import io.mqproducer.message.SendOptions;
import io.mqproducer.message.SendResult;
import io.mqproducer.message.SendStatus;
import io.mqproducer.test.EmbeddedRocketMQ;
import io.mqproducer.test.junit.RocketMQExtension;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a real broker answers when it is configured to be short of something, and what a send makes of it. */
@Tag("rocketmq")
class RocketMQAnswerCodesIT {

    private static final int BROKERS_LIMIT = 64 * 1024;

    /** Wants a slave that it does not have, takes small messages only, makes no topics. */
    @RegisterExtension
    static final RocketMQExtension strict = RocketMQExtension.of(EmbeddedRocketMQ.builder()
            .autoCreateTopics(false)
            .brokerProperty("brokerRole", "SYNC_MASTER")
            .brokerProperty("inSyncReplicas", "2")
            .brokerProperty("slaveTimeout", "200")
            .brokerProperty("maxMessageSize", Integer.toString(BROKERS_LIMIT)));

    /** Has one thread for all sends, and little patience with those that wait for it. */
    @RegisterExtension
    static final RocketMQExtension busy = RocketMQExtension.of(EmbeddedRocketMQ.builder()
            .brokerProperty("sendMessageThreadPoolNums", "1")
            .brokerProperty("waitTimeMillsInSendQueue", "1"));

    @Test
    void f44_4_reportsAMessageThatNoSlaveHasTakenAsWeaklyAcknowledged() {
        strict.cluster().createTopic("unreplicated", 1);
        SendResult result;

        try (ProducerUnderTest put = ProducerUnderTest.start(strict.nameServerAddresses())) {
            result = put.producer().send(Message.of("unreplicated", new byte[1]));

            assertThat(put.count(Outcome.WEAK)).isOne();
        }

        assertThat(result.status()).isEqualTo(SendStatus.FLUSH_SLAVE_TIMEOUT);
        assertThat(result.attempts()).isOne();
        assertThat(strict.cluster().messages("unreplicated")).singleElement().satisfies(stored -> {
            assertThat(stored.msgId()).isEqualTo(result.msgId());
            assertThat(stored.queueOffset()).isEqualTo(result.queueOffset());
        });
    }

    @Test
    void f44_4_acknowledgesFullyWhenTheMessageNeedNotWaitForTheSlave() {
        strict.cluster().createTopic("not-waiting", 1);

        try (ProducerUnderTest put = ProducerUnderTest.start(strict.nameServerAddresses())) {
            Message message = Message.builder("not-waiting")
                    .body(new byte[1])
                    .waitForStore(false)
                    .build();

            assertThat(put.producer().send(message).status()).isEqualTo(SendStatus.SEND_OK);
        }

        assertThat(strict.cluster().messages("not-waiting")).hasSize(1);
    }

    @Test
    void f44_5_keepsTheRemarkOfABrokerThatFindsAMessageTooLarge() {
        strict.cluster().createTopic("too-large", 1);
        byte[] body = new byte[BROKERS_LIMIT + 1];
        new Random(1).nextBytes(body);

        try (ProducerUnderTest put = ProducerUnderTest.start(strict.nameServerAddresses())) {
            assertThatThrownBy(() -> put.producer().send(Message.of("too-large", body)))
                    .isInstanceOfSatisfying(MessageNotStoredException.class, failure -> {
                        assertThat(failure.kind()).isEqualTo(FailureKind.BROKER_REJECTED);
                        assertThat(failure.responseCode()).isEqualTo(OptionalInt.of(13));
                        assertThat(failure.attempts()).hasSize(1);
                        assertThat(failure).hasMessageContaining("13 MESSAGE_ILLEGAL: the message is illegal");
                    });
        }

        assertThat(strict.cluster().messages("too-large")).isEmpty();
    }

    @Test
    void f44_2_storesNothingOfWhatABusyBrokerRefuses() {
        busy.cluster().createTopic("busy", 4);
        Ledger ledger = new Ledger(10_000);
        SendOptions oneRetry = SendOptions.defaults().withMaxRetries(1);

        try (ProducerUnderTest put = ProducerUnderTest.start(busy.nameServerAddresses(), b -> b.hook(ledger))) {
            for (int i = 0; i < ledger.size(); i++) {
                ledger.send(put.producer(), i, "busy", new byte[1024], oneRetry);
            }
            ledger.awaitAll(Duration.ofSeconds(30));
            System.out.printf("[busy broker] %s%n", ledger.arithmetic());
        }

        ledger.assertEachEndedOnce();
        assertThat(ledger.count(Outcome.NOT_STORED)).isPositive();
        assertThat(ledger.entries()
                        .filter(entry -> entry.outcome().outcome() == Outcome.NOT_STORED)
                        .map(RocketMQAnswerCodesIT::codes)
                        .distinct())
                .containsExactly(List.of(2, 2));
        ledger.assertAgreesWith(busy.cluster().summaries("busy"));
    }

    @Test
    void f11_failsAtOnceForAMissingTopicAndSeesItSoonAfterItWasMade() {
        try (ProducerUnderTest put = ProducerUnderTest.start(strict.nameServerAddresses())) {
            Message message = Message.builder("made-later")
                    .body(new byte[1])
                    .waitForStore(false)
                    .build();
            long start = System.nanoTime();
            assertThatThrownBy(() -> put.producer().send(message))
                    .isInstanceOf(MessageNotStoredException.class)
                    .hasMessageStartingWith("NO_ROUTE")
                    .hasMessageContaining("made-later");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(500));

            strict.cluster().createTopic("made-later", 1);
            Duration seen = Eventually.await("topic", Duration.ofSeconds(1), () -> isSent(put, message));
            System.out.printf("[missing topic] seen %d ms after it was made%n", seen.toMillis());
        }

        assertThat(strict.cluster().messages("made-later")).hasSize(1);
    }

    private static List<Integer> codes(Ledger.Entry entry) {
        return entry.attempts().stream()
                .map(attempt -> attempt.responseCode().orElse(-1))
                .toList();
    }

    private static boolean isSent(ProducerUnderTest put, Message message) {
        try {
            put.producer().send(message);
            return true;
        } catch (MessageNotStoredException e) {
            return false;
        }
    }
}
