package io.mqproducer;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.message.DeliveryTime;
import io.mqproducer.message.Message;
import io.mqproducer.message.SendResult;
import io.mqproducer.test.StoredMessage;
import io.mqproducer.test.junit.RocketMQExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** When, and with what priority, a real broker shows a message to consumers. */
@Tag("rocketmq")
class RocketMQDeliveryIT {

    private static final Duration DELAY = Duration.ofMillis(2_500);

    /** What the broker's timer may be early by. */
    private static final long TIMER_PRECISION_MILLIS = 1_000;

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
