package io.mqproducer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqproducer.exception.RequestFailedException;
import io.mqproducer.message.DeliveryTime;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Message;
import io.mqproducer.message.SendResult;
import io.mqproducer.test.EmbeddedRocketMQ;
import io.mqproducer.test.StoredMessage;
import io.mqproducer.test.junit.RocketMQExtension;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** P6, P7 and F85 against a real broker that lets messages be recalled, and against one that does not. */
@Tag("rocketmq")
class RocketMQRecallIT {

    @RegisterExtension
    static final RocketMQExtension rocketMQ = RocketMQExtension.shared();

    @RegisterExtension
    static final RocketMQExtension withoutRecall =
            RocketMQExtension.of(EmbeddedRocketMQ.builder().brokerProperty("recallMessageEnable", "false"));

    @Test
    void f85_aRecalledMessageIsNeverDeliveredAndRecallingItTwiceDoesNoHarm() {
        try (ProducerUnderTest put = ProducerUnderTest.start(rocketMQ.nameServerAddresses())) {
            MQProducer producer = put.producer();
            SendResult kept = producer.send(delayed("recalled", "kept", 4));
            SendResult first = producer.send(delayed("recalled", "first", 4));
            SendResult second = producer.send(delayed("recalled", "second", 4));

            assertThat(producer.recall("recalled", handleOf(first))).isEqualTo(first.msgId());
            assertThat(producer.recallAsync("recalled", handleOf(second)).join())
                    .isEqualTo(second.msgId());
            assertThat(producer.recall("recalled", handleOf(first))).isEqualTo(first.msgId());

            // one that is due after them: once it is there, they would have been
            SendResult last = producer.send(delayed("recalled", "last", 6));
            Eventually.await(
                    "the last delivery",
                    Duration.ofSeconds(30),
                    () -> ids("recalled").contains(last.msgId()));
            assertThat(ids("recalled")).containsExactlyInAnyOrder(kept.msgId(), last.msgId());
        }
    }

    @Test
    void f85_aMessageWhoseTimeIsOverIsNotRecalled() {
        try (ProducerUnderTest put = ProducerUnderTest.start(rocketMQ.nameServerAddresses())) {
            SendResult result = put.producer().send(delayed("expired", "x", 2));
            Eventually.await(
                    "delivery", Duration.ofSeconds(20), () -> ids("expired").contains(result.msgId()));

            assertThatThrownBy(() -> put.producer().recall("expired", handleOf(result)))
                    .isInstanceOf(RequestFailedException.class)
                    .hasFieldOrPropertyWithValue("kind", FailureKind.BROKER_REJECTED)
                    .hasMessageContaining("604 ILLEGAL_OPERATION")
                    .hasMessageContaining("the time of delivery is over");
        }
    }

    @Test
    void f85_aBrokerWithoutRecallIsNamedWithTheSettingThatItLacks() {
        try (ProducerUnderTest put = ProducerUnderTest.start(withoutRecall.nameServerAddresses())) {
            SendResult result = put.producer().send(delayed("not-recalled", "x", 60));

            assertThatThrownBy(() -> put.producer()
                            .recallAsync("not-recalled", handleOf(result))
                            .join())
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOf(RequestFailedException.class)
                    .hasFieldOrPropertyWithValue("kind", FailureKind.BROKER_REJECTED)
                    .hasMessageContaining("broker-a@127.0.0.1:")
                    .hasMessageContaining("recallMessageEnable=true");
        }
    }

    @Test
    void worksInANamespace() {
        try (ProducerUnderTest put =
                ProducerUnderTest.start(rocketMQ.nameServerAddresses(), b -> b.namespace("tenant"))) {
            SendResult result = put.producer().send(delayed("spaced", "x", 60));

            assertThat(put.producer().recall("spaced", handleOf(result))).isEqualTo(result.msgId());
        }
    }

    private static Message delayed(String topic, String body, int seconds) {
        return Message.builder(topic)
                .body(body.getBytes(StandardCharsets.UTF_8))
                .delivery(DeliveryTime.after(Duration.ofSeconds(seconds)))
                .build();
    }

    private static String handleOf(SendResult result) {
        return result.recallHandle().orElseThrow();
    }

    private static List<String> ids(String topic) {
        return rocketMQ.cluster().messages(topic).stream()
                .map(StoredMessage::msgId)
                .toList();
    }
}
