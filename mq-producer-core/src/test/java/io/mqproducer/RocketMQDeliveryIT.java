package io.mqproducer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.message.DeliveryTime;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Message;
import io.mqproducer.message.SendResult;
import io.mqproducer.test.StoredMessage;
import io.mqproducer.test.junit.RocketMQExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** When, and with what priority, a real broker shows a message to consumers. */
@Tag("rocketmq")
class RocketMQDeliveryIT {

    private static final Duration DELAY = Duration.ofMillis(2_500);

    /** What the broker's timer may be early by. */
    private static final long TIMER_PRECISION_MILLIS = 1_000;

    /** What it is late by, on a machine that has other things to do. */
    private static final long TIMER_LATENESS_MILLIS = 3_500;

    @RegisterExtension
    static final RocketMQExtension rocketMQ = RocketMQExtension.shared();

    @Test
    void showsDelayedMessagesWhenTheirTimeHasCome() {
        SendResult atLevel;
        SendResult after;
        SendResult at;
        Instant instant = Instant.now().plus(DELAY);
        try (ProducerUnderTest put = ProducerUnderTest.start(rocketMQ.nameServerAddresses())) {
            atLevel = put.producer().send(message("at-level", DeliveryTime.atLevel(1)));
            after = put.producer().send(message("after", DeliveryTime.after(DELAY)));
            at = put.producer().send(message("at", DeliveryTime.at(instant)));
            put.producer().send(message("at-past", DeliveryTime.at(Instant.now().minusSeconds(60))));
        }
        assertThat(rocketMQ.cluster().messages("after")).isEmpty();
        assertThat(rocketMQ.cluster().messages("at")).isEmpty();

        StoredMessage delayed = awaitMessage("at-level", atLevel);
        assertThat(delayed.storeTimestamp() - delayed.bornTimestamp()).isBetween(900L, 10_000L);
        assertThat(atLevel.recallHandle()).isEmpty();

        StoredMessage afterDelay = awaitMessage("after", after);
        assertThat(afterDelay.storeTimestamp() - afterDelay.bornTimestamp())
                .isBetween(DELAY.toMillis() - TIMER_PRECISION_MILLIS, 10_000L);
        assertThat(after.recallHandle()).isPresent();

        StoredMessage atInstant = awaitMessage("at", at);
        assertThat(atInstant.storeTimestamp()).isGreaterThanOrEqualTo(instant.toEpochMilli() - TIMER_PRECISION_MILLIS);
        assertThat(at.recallHandle()).isPresent();

        Eventually.await(
                "the one whose time has passed",
                Duration.ofSeconds(5),
                () -> rocketMQ.cluster().messages("at-past").size() == 1);
    }

    /** The broker's timer goes by whole seconds, and takes a whole number of them for one less. */
    @Test
    void f84_keepsToTheTimeThatWasAskedFor() {
        rocketMQ.cluster().createTopic("due", 4);
        Map<String, Due> due = new HashMap<>();
        long now = System.currentTimeMillis();
        try (LogRecorder log = LogRecorder.of("io.mqproducer.internal.send.TimerSupport");
                ProducerUnderTest put = ProducerUnderTest.start(rocketMQ.nameServerAddresses())) {
            for (Due each : List.of(
                    new Due(DeliveryTime.after(Duration.ofMillis(1)), 1),
                    new Due(DeliveryTime.after(Duration.ofMillis(1_300)), 1_300),
                    new Due(DeliveryTime.after(Duration.ofSeconds(3)), 3_000),
                    new Due(DeliveryTime.at(Instant.ofEpochMilli(now + 2_200)), 2_200),
                    new Due(DeliveryTime.at(Instant.ofEpochMilli(now - 86_400_000)), 0),
                    new Due(DeliveryTime.at(Instant.EPOCH), 0),
                    new Due(DeliveryTime.atLevel(1), 1_000),
                    new Due(DeliveryTime.atLevel(2), 5_000))) {
                due.put(put.producer().send(message("due", each.delivery())).msgId(), each);
            }
            assertThat(log.lines()).as("of a broker that is new enough").isEmpty();
        }

        Eventually.await(
                "all",
                Duration.ofSeconds(20),
                () -> rocketMQ.cluster().summaries("due").size() == due.size());
        assertThat(rocketMQ.cluster().messages("due")).allSatisfy(stored -> {
            long waited = stored.storeTimestamp() - stored.bornTimestamp();
            Due asked = due.get(stored.msgId());
            assertThat(waited)
                    .as("%s", asked)
                    .isBetween(
                            Math.max(0, asked.millis() - TIMER_PRECISION_MILLIS),
                            asked.millis() + TIMER_LATENESS_MILLIS);
            assertThat(stored.properties()).containsEntry("kept", "yes");
        });
    }

    private record Due(DeliveryTime delivery, long millis) {}

    /** The broker keeps the messages of level n in queue n - 1 of a topic of its own. */
    @Test
    void hasEachLevelOfTheBroker() {
        List<String> sent = new ArrayList<>();
        try (ProducerUnderTest put = ProducerUnderTest.start(rocketMQ.nameServerAddresses())) {
            for (int level = 1; level <= DeliveryTime.MAX_LEVEL; level++) {
                sent.add(put.producer()
                        .send(message("levels", DeliveryTime.atLevel(level)))
                        .msgId());
            }
        }

        assertThat(rocketMQ.cluster().messages("SCHEDULE_TOPIC_XXXX"))
                .filteredOn(stored -> sent.contains(stored.msgId()))
                .hasSize(DeliveryTime.MAX_LEVEL)
                .allSatisfy(stored -> assertThat(stored.queueId()).isEqualTo(sent.indexOf(stored.msgId())));
    }

    @Test
    void f84_isToldWhenTheBrokersTimerDoesNotReachAsFar() {
        try (ProducerUnderTest put = ProducerUnderTest.start(rocketMQ.nameServerAddresses())) {
            SendResult within = put.producer().send(message("far", DeliveryTime.after(Duration.ofHours(71))));
            assertThat(within.recallHandle()).isPresent();

            for (DeliveryTime tooFar : List.of(
                    DeliveryTime.after(Duration.ofDays(4)),
                    DeliveryTime.after(Duration.ofMillis(Long.MAX_VALUE / 2)),
                    DeliveryTime.at(Instant.now().plus(Duration.ofDays(4))))) {
                assertThatThrownBy(() -> put.producer().send(message("far", tooFar)))
                        .isInstanceOfSatisfying(MessageNotStoredException.class, failure -> {
                            assertThat(failure.kind()).isEqualTo(FailureKind.BROKER_REJECTED);
                            assertThat(failure.responseCode()).hasValue(13);
                            assertThat(failure.attempts()).hasSize(1);
                            assertThat(failure)
                                    .hasMessageContaining("13 MESSAGE_ILLEGAL: timer message illegal")
                                    .hasMessageContaining("max delay 259200000ms");
                        });
            }
        }
        assertThat(rocketMQ.cluster().messages("far")).isEmpty();
    }

    @Test
    void storesAMessageInTheQueueOfItsPriority() {
        rocketMQ.cluster().createTopic("prioritised", 4);
        SendResult result;

        try (ProducerUnderTest put = ProducerUnderTest.start(rocketMQ.nameServerAddresses())) {
            put.producer().send(Message.of("prioritised", new byte[1]));
            result = put.producer()
                    .send(Message.builder("prioritised")
                            .priority(3)
                            .body(new byte[1])
                            .build());
        }

        assertThat(result.queue().queueId()).isEqualTo(3);
        assertThat(rocketMQ.cluster().messages("prioritised"))
                .filteredOn(stored -> stored.msgId().equals(result.msgId()))
                .singleElement()
                .satisfies(stored -> {
                    assertThat(stored.queueId()).isEqualTo(3);
                    assertThat(stored.queueOffset()).isEqualTo(result.queueOffset());
                    assertThat(stored.properties()).containsEntry("_SYS_MSG_PRIORITY_", "3");
                });
    }

    private static Message message(String topic, DeliveryTime delivery) {
        return Message.builder(topic)
                .delivery(delivery)
                .property("kept", "yes")
                .body(new byte[] {42})
                .build();
    }

    private static StoredMessage awaitMessage(String topic, SendResult result) {
        Eventually.await(
                topic,
                Duration.ofSeconds(15),
                () -> !rocketMQ.cluster().messages(topic).isEmpty());
        List<StoredMessage> stored = rocketMQ.cluster().messages(topic);
        assertThat(stored).hasSize(1);
        assertThat(stored.get(0).msgId()).isEqualTo(result.msgId());
        assertThat(stored.get(0).body()).containsExactly(42);
        assertThat(stored.get(0).properties()).containsEntry("kept", "yes");
        return stored.get(0);
    }
}
