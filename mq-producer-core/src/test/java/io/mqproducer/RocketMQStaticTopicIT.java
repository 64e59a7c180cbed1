package io.mqproducer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.exception.MQProducerException;
import io.mqproducer.message.Message;
import io.mqproducer.message.MessageQueue;
import io.mqproducer.message.QueueTarget;
import io.mqproducer.message.SendOptions;
import io.mqproducer.message.SendResult;
import io.mqproducer.test.EmbeddedRocketMQ;
import io.mqproducer.test.junit.RocketMQExtension;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** D6: static topics of a real cluster, whose queues are numbered over all brokers and may move from one to another. */
@Tag("rocketmq")
class RocketMQStaticTopicIT {

    private static final int QUEUES = 8;
    private static final byte[] BODY = "hello".getBytes(UTF_8);

    @RegisterExtension
    static final RocketMQExtension rocketMQ =
            RocketMQExtension.of(EmbeddedRocketMQ.builder().brokers(2));

    private static ProducerUnderTest start() {
        return ProducerUnderTest.start(rocketMQ.nameServerAddresses());
    }

    private static void mqadmin(String... command) {
        rocketMQ.cluster().client().admin(command);
    }

    private static void createStaticTopic(ProducerUnderTest put, String topic) {
        mqadmin("updateStaticTopic", "-t", topic, "-qn", Integer.toString(QUEUES), "-c", EmbeddedRocketMQ.CLUSTER_NAME);
        Eventually.await("the route of " + topic, Duration.ofSeconds(30), () -> {
            try {
                return put.producer().publishQueues(topic).size() == QUEUES;
            } catch (MQProducerException e) {
                return false;
            }
        });
    }

    @Test
    void d6_everyQueueOfAStaticTopicIsWrittenToByItsNumber() {
        try (ProducerUnderTest put = start()) {
            createStaticTopic(put, "static-queues");

            List<MessageQueue> queues = put.producer().publishQueues("static-queues");
            assertThat(queues)
                    .extracting(MessageQueue::queueId)
                    .containsExactlyElementsOf(
                            IntStream.range(0, QUEUES).boxed().toList());
            assertThat(queues).extracting(MessageQueue::brokerName).containsOnly("broker-a", "broker-b");
            Set<Integer> written = new HashSet<>();
            for (int i = 0; i < QUEUES; i++) {
                SendResult result = put.producer().send(Message.of("static-queues", BODY));
                assertThat(queues).contains(result.queue());
                written.add(result.queue().queueId());
            }
            assertThat(written).hasSize(QUEUES);
            for (MessageQueue queue : queues) {
                SendResult result = put.producer()
                        .send(
                                Message.of("static-queues", BODY),
                                SendOptions.defaults().to(QueueTarget.queue(queue)));
                assertThat(result.queue()).isEqualTo(queue);
                assertThat(result.queueOffset()).isEqualTo(1);
            }
        }
    }

    @Test
    void d6_whatIsStoredIsFoundByRocketMQsTools() {
        SendResult result;
        try (ProducerUnderTest put = start()) {
            createStaticTopic(put, "static-stored");
            result = put.producer().send(Message.of("static-stored", BODY));
        }

        Eventually.await(
                "the broker's index",
                Duration.ofSeconds(10),
                () -> rocketMQ.cluster()
                        .client()
                        .admin("queryMsgByUniqueKey", "-i", result.msgId(), "-t", "static-stored")
                        .contains("static-stored"));
    }

    @Test
    void d6_sendsFollowAQueueThatMovesToAnotherBroker() {
        try (ProducerUnderTest put = start()) {
            createStaticTopic(put, "static-moving");
            for (int i = 0; i < QUEUES; i++) {
                put.producer().send(Message.of("static-moving", BODY));
            }

            mqadmin("remappingStaticTopic", "-t", "static-moving", "-b", "broker-b");

            for (int i = 0; i < 4 * QUEUES; i++) {
                put.producer().send(Message.of("static-moving", BODY));
            }
            Eventually.await(
                    "all queues are on broker-b",
                    Duration.ofSeconds(40),
                    () -> put.producer().publishQueues("static-moving").stream()
                            .allMatch(queue -> queue.brokerName().equals("broker-b")));
            assertThat(put.producer().publishQueues("static-moving")).hasSize(QUEUES);
            for (int i = 0; i < QUEUES; i++) {
                assertThat(put.producer()
                                .send(Message.of("static-moving", BODY))
                                .queue()
                                .brokerName())
                        .isEqualTo("broker-b");
            }
        }
    }
}
