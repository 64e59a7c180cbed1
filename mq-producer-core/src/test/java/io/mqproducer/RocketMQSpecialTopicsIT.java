package io.mqproducer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Message;
import io.mqproducer.message.SendResult;
import io.mqproducer.test.EmbeddedRocketMQ;
import io.mqproducer.test.StoredMessage;
import io.mqproducer.test.junit.RocketMQExtension;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Topics that a real broker treats in a way of their own, and what it does with a message for them. */
@Tag("rocketmq")
class RocketMQSpecialTopicsIT {

    private static final byte[] BODY = {1, 2, 3};

    /** With light queues, which are off by default. */
    @RegisterExtension
    static final RocketMQExtension rocketMQ = RocketMQExtension.of(EmbeddedRocketMQ.builder()
            .brokerProperty("enableLmq", "true")
            .brokerProperty("enableMultiDispatch", "true"));

    @Test
    void b14_tellsTheBrokerHowOftenAMessageForARetryTopicWasConsumedInVain() {
        SendResult result;
        try (ProducerUnderTest put = start()) {
            result = put.producer().send(retry("%RETRY%billing", 3));
        }

        assertThat(messages("%RETRY%billing")).singleElement().satisfies(stored -> {
            assertThat(stored.msgId()).isEqualTo(result.msgId());
            assertThat(stored.reconsumeTimes()).isEqualTo(3);
            assertThat(stored.body()).isEqualTo(BODY);
        });
    }

    /** The broker moves it when its group has had its 16 tries. */
    @Test
    void b14_seesAMessageThatWasConsumedInVainTooOftenMovedToTheDeadLetterTopic() {
        try (ProducerUnderTest put = start()) {
            put.producer().send(retry("%RETRY%exhausted", 17));
        }

        assertThat(messages("%RETRY%exhausted")).isEmpty();
        assertThat(messages("%DLQ%exhausted"))
                .singleElement()
                .satisfies(stored -> assertThat(stored.reconsumeTimes()).isEqualTo(17));
    }

    @Test
    void b14_putsTheNamespaceBehindTheWordsOfARetryTopic() {
        try (ProducerUnderTest put =
                ProducerUnderTest.start(rocketMQ.nameServerAddresses(), b -> b.namespace("tenant-a"))) {
            put.producer().send(retry("%RETRY%billing", 1));
        }

        assertThat(messages("%RETRY%tenant-a%billing")).hasSize(1);
    }

    @Test
    void k3_marksMessagesOfANamespaceWithItsInstance() {
        try (ProducerUnderTest put =
                ProducerUnderTest.start(rocketMQ.nameServerAddresses(), b -> b.namespace("tenant-b"))) {
            put.producer().send(Message.of("marked", BODY));
            put.producer().send(Message.of("marked", BODY));
        }

        assertThat(messages("tenant-b%marked"))
                .hasSize(2)
                .allSatisfy(stored -> assertThat(stored.properties()).containsEntry("INSTANCE_ID", "tenant-b"));
    }

    @Test
    void q2_dispatchesAMessageToItsLiteTopic() {
        rocketMQ.cluster().broker("broker-a").createTopic("parent", 4, "message.type", "LITE");
        try (ProducerUnderTest put = start()) {
            put.producer()
                    .send(Message.builder("parent")
                            .liteTopic("session-7")
                            .body(BODY)
                            .build());
        }

        assertThat(messages("parent"))
                .singleElement()
                .satisfies(stored -> assertThat(stored.properties())
                        .containsEntry("__LITE_TOPIC", "session-7")
                        .containsEntry("INNER_MULTI_DISPATCH", "%LMQ%$parent$session-7")
                        .containsEntry("INNER_MULTI_QUEUE_OFFSET", "0"));
    }

    @Test
    void q3_dispatchesAMessageToLightQueues() {
        rocketMQ.cluster().createTopic("fan-out", 1);
        Message message = Message.builder("fan-out")
                .multiDispatch("%LMQ%a", "%LMQ%b")
                .body(BODY)
                .build();
        try (ProducerUnderTest put = start()) {
            put.producer().send(message);
            put.producer().send(message);
        }

        assertThat(messages("fan-out"))
                .extracting(stored -> stored.properties().get("INNER_MULTI_DISPATCH"))
                .containsOnly("%LMQ%a,%LMQ%b");
        assertThat(messages("fan-out"))
                .extracting(stored -> stored.properties().get("INNER_MULTI_QUEUE_OFFSET"))
                .containsExactly("0,0", "1,1");
    }

    @Test
    void q6_isToldThatACompactionTopicWantsAKey() {
        rocketMQ.cluster().broker("broker-a").createTopic("compacted", 1, "cleanup.policy", "COMPACTION");
        try (ProducerUnderTest put = start()) {
            assertThatThrownBy(() -> put.producer().send(Message.of("compacted", BODY)))
                    .isInstanceOfSatisfying(MessageNotStoredException.class, failure -> {
                        assertThat(failure.kind()).isEqualTo(FailureKind.BROKER_REJECTED);
                        assertThat(failure.responseCode()).hasValue(13);
                        assertThat(failure).hasMessageContaining("Required message key is missing");
                    });

            put.producer()
                    .send(Message.builder("compacted")
                            .keys("order-1")
                            .body(BODY)
                            .build());
        }

        assertThat(messages("compacted")).extracting(StoredMessage::keys).containsExactly("order-1");
    }

    /** The result tells the queue that the broker took, whatever was asked for; one beyond the last is the last. */
    @Test
    void q1_tellsTheQueueOfAPriority() {
        rocketMQ.cluster().createTopic("by-priority", 4);
        try (ProducerUnderTest put = start()) {
            for (int priority : List.of(0, 1, 3, 4, 1_000)) {
                SendResult result = put.producer()
                        .send(Message.builder("by-priority")
                                .priority(priority)
                                .body(BODY)
                                .build());

                assertThat(result.queue().queueId()).isEqualTo(Math.min(priority, 3));
                assertThat(messages("by-priority"))
                        .filteredOn(stored -> stored.msgId().equals(result.msgId()))
                        .singleElement()
                        .satisfies(stored -> {
                            assertThat(stored.queueId())
                                    .isEqualTo(result.queue().queueId());
                            assertThat(stored.queueOffset()).isEqualTo(result.queueOffset());
                            assertThat(stored.properties())
                                    .containsEntry("_SYS_MSG_PRIORITY_", Integer.toString(priority));
                        });
            }
        }
    }

    private static Message retry(String topic, int reconsumeTimes) {
        return Message.builder(topic).reconsumeTimes(reconsumeTimes).body(BODY).build();
    }

    private static List<StoredMessage> messages(String topic) {
        return rocketMQ.cluster().messages(topic);
    }

    private static ProducerUnderTest start() {
        return ProducerUnderTest.start(rocketMQ.nameServerAddresses());
    }
}
