package io.mqproducer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mqproducer.exception.RequestFailedException;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Message;
import io.mqproducer.message.MessageQueue;
import io.mqproducer.message.MessageView;
import io.mqproducer.message.QueueTarget;
import io.mqproducer.message.SendOptions;
import io.mqproducer.message.SendResult;
import io.mqproducer.test.EmbeddedRocketMQ;
import io.mqproducer.test.StoredMessage;
import io.mqproducer.test.junit.RocketMQExtension;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** X1 to X8: what a real cluster of two brokers tells of its topics, queues and messages. */
@Tag("rocketmq")
class RocketMQAdminIT {

    private static final byte[] BODY = "admin".getBytes(StandardCharsets.UTF_8);

    @RegisterExtension
    static final RocketMQExtension rocketMQ =
            RocketMQExtension.of(EmbeddedRocketMQ.builder().brokers(2));

    private ProducerUnderTest put;
    private MQAdmin admin;

    @BeforeEach
    void start() {
        put = ProducerUnderTest.start(rocketMQ.nameServerAddresses());
        admin = put.producer().admin();
    }

    @AfterEach
    void close() {
        put.close();
    }

    @Test
    void createsATopicOnEveryBrokerThatCreatesTopicsOnDemand() {
        admin.createTopic("made", 3);

        List<MessageQueue> queues = put.producer().publishQueues("made");
        assertThat(queues)
                .containsExactly(
                        new MessageQueue("made", "broker-a", 0),
                        new MessageQueue("made", "broker-a", 1),
                        new MessageQueue("made", "broker-a", 2),
                        new MessageQueue("made", "broker-b", 0),
                        new MessageQueue("made", "broker-b", 1),
                        new MessageQueue("made", "broker-b", 2));
        for (MessageQueue queue : queues) {
            SendOptions to = SendOptions.defaults().to(QueueTarget.queue(queue));
            assertThat(put.producer().send(Message.of("made", BODY), to).queue())
                    .isEqualTo(queue);
        }
        assertThat(rocketMQ.cluster().messages("made")).hasSize(6);
    }

    @Test
    void createsATopicByTheClustersNameWithAttributesAndChangesItsQueues() {
        admin.createTopic(
                EmbeddedRocketMQ.CLUSTER_NAME,
                "of-cluster",
                2,
                Map.of("message.type", "FIFO", "queue.type", "SimpleCQ"));
        assertThat(put.producer().publishQueues("of-cluster")).hasSize(4);

        admin.createTopic(EmbeddedRocketMQ.CLUSTER_NAME, "of-cluster", 5, Map.of());

        assertThat(put.producer().publishQueues("of-cluster")).hasSize(10);
    }

    /** The official client drops attributes on the way, so that a wrong one does no harm. */
    @Test
    void attributesReachTheBrokersWhichRefuseWhatTheyDoNotKnow() {
        assertThatThrownBy(() -> admin.createTopic("TBW102", "odd", 1, Map.of("colour", "blue")))
                .isInstanceOf(RequestFailedException.class)
                .hasFieldOrPropertyWithValue("kind", FailureKind.BROKER_REJECTED)
                .hasMessageContaining("topic odd was not created on [broker-a, broker-b]")
                .hasMessageContaining("colour");
    }

    @Test
    void aTopicOfAnUnknownKeyTopicIsNotCreated() {
        assertThatThrownBy(() -> admin.createTopic("no-such-key", "nowhere", 1, Map.of()))
                .isInstanceOf(RequestFailedException.class)
                .hasFieldOrPropertyWithValue("kind", FailureKind.NO_ROUTE)
                .hasMessageContaining("key topic no-such-key");
    }

    @Test
    void tellsTheOffsetsOfAQueue() {
        admin.createTopic("offsets", 1);
        MessageQueue queue = new MessageQueue("offsets", "broker-b", 0);
        SendOptions to = SendOptions.defaults().to(QueueTarget.queue(queue));
        assertThat(admin.maxOffset(queue)).isZero();
        assertThat(admin.minOffset(queue)).isZero();
        assertThat(admin.earliestStoreTime(queue)).isEmpty();

        Instant before = Instant.now();
        for (int i = 0; i < 5; i++) {
            put.producer().send(Message.of("offsets", BODY), to);
        }
        List<StoredMessage> stored = rocketMQ.cluster().messages("offsets");

        assertThat(admin.maxOffset(queue)).isEqualTo(5);
        assertThat(admin.minOffset(queue)).isZero();
        assertThat(admin.earliestStoreTime(queue).orElseThrow())
                .isEqualTo(Instant.ofEpochMilli(stored.get(0).storeTimestamp()))
                .isCloseTo(before, within(5, ChronoUnit.SECONDS));
        assertThat(admin.searchOffset(queue, before.minusSeconds(60))).isZero();
        assertThat(admin.searchOffset(queue, Instant.ofEpochMilli(stored.get(4).storeTimestamp())))
                .isBetween(0L, 4L);
        assertThat(admin.searchOffset(queue, Instant.MAX)).isEqualTo(5);
    }

    @Test
    void asksNoBrokerForAQueueThatIsNotThere() {
        admin.createTopic("two-queues", 2);

        assertThatThrownBy(() -> admin.maxOffset(new MessageQueue("two-queues", "broker-a", 2)))
                .isInstanceOf(RequestFailedException.class)
                .hasFieldOrPropertyWithValue("kind", FailureKind.NO_ROUTE)
                .hasMessageContaining("no queue 2 of topic two-queues on broker-a: there are 2");
        assertThatThrownBy(() -> admin.maxOffset(new MessageQueue("two-queues", "broker-z", 0)))
                .hasMessageContaining("the topic is on [broker-a, broker-b]");
        assertThatThrownBy(() -> admin.maxOffset(new MessageQueue("no-such-topic", "broker-a", 0)))
                .hasFieldOrPropertyWithValue("kind", FailureKind.NO_ROUTE);
    }

    @Test
    void showsAMessageByEitherOfItsIds() {
        byte[] body = "x".repeat(5000).getBytes(StandardCharsets.UTF_8); // compressed
        SendResult result = put.producer()
                .send(Message.builder("viewed")
                        .tag("TagA")
                        .keys("k1", "k2")
                        .property("colour", "blau\u20ac")
                        .flag(7)
                        .body(body)
                        .build());

        MessageView byOffset =
                admin.viewMessage("viewed", result.offsetMsgId().orElseThrow()).orElseThrow();

        StoredMessage stored = rocketMQ.cluster().messages("viewed").get(0);
        assertThat(byOffset.topic()).isEqualTo("viewed");
        assertThat(byOffset.body()).isEqualTo(body);
        assertThat(byOffset.msgId()).isEqualTo(result.msgId());
        assertThat(byOffset.offsetMsgId()).isEqualTo(result.offsetMsgId());
        assertThat(byOffset.queue()).hasValue(result.queue());
        assertThat(byOffset.queueOffset()).isEqualTo(result.queueOffset());
        assertThat(byOffset.tag()).hasValue("TagA");
        assertThat(byOffset.keys()).containsExactly("k1", "k2");
        assertThat(byOffset.property("colour")).hasValue("blau\u20ac");
        assertThat(byOffset.flag()).isEqualTo(7);
        assertThat(byOffset.properties())
                .containsAllEntriesOf(stored.properties().entrySet().stream()
                        .filter(property -> !List.of("MIN_OFFSET", "MAX_OFFSET").contains(property.getKey()))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
        assertThat(byOffset.bornTime().toEpochMilli()).isEqualTo(stored.bornTimestamp());
        assertThat(byOffset.storeTime().toEpochMilli()).isEqualTo(stored.storeTimestamp());
        assertThat(eventuallyById("viewed", result.msgId()))
                .usingRecursiveComparison()
                .isEqualTo(byOffset);
    }

    @Test
    void showsNoMessageOfAnotherTopicOrThatIsNotThere() {
        SendResult result = put.producer().send(Message.of("mine", BODY));
        put.producer().send(Message.of("other", BODY));
        String offsetMsgId = result.offsetMsgId().orElseThrow();

        assertThat(admin.viewMessage("other", offsetMsgId)).isEmpty();
        assertThat(admin.viewMessage("mine", offsetMsgId.substring(0, 16) + "0000000003FFFF00"))
                .isEmpty();
        assertThat(admin.viewMessage("mine", "F".repeat(32))).isEmpty();
        assertThat(admin.viewMessage("mine", "no id at all")).isEmpty();
    }

    @Test
    void s12_s14_anIdLeadsToNoOtherServerThanABrokerOfTheTopic() {
        put.producer().send(Message.of("mine", BODY));
        int nameServerPort = rocketMQ.cluster().nameServers().get(0).port();

        String toNameServer = "7F000001" + String.format("%08X", nameServerPort) + "0000000000000000";

        assertThat(admin.viewMessage("mine", toNameServer)).isEmpty();
    }

    @Test
    void findsMessagesByKeyOnAllBrokers() {
        admin.createTopic("queried", 1);
        Instant begin = Instant.now().minusSeconds(60);
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            String broker = i % 2 == 0 ? "broker-a" : "broker-b";
            SendOptions to = SendOptions.defaults().to(QueueTarget.queue(new MessageQueue("queried", broker, 0)));
            Message message = Message.builder("queried")
                    .keys("order-7", "n" + i)
                    .body(BODY)
                    .build();
            ids.add(put.producer().send(message, to).msgId());
        }
        put.producer()
                .send(Message.builder("queried").keys("order-70").body(BODY).build());
        Instant end = Instant.now().plusSeconds(60);

        Eventually.await(
                "the index",
                Duration.ofSeconds(10),
                () -> admin.queryMessage("queried", "order-7", 64, begin, end).size() == 10);

        assertThat(admin.queryMessage("queried", "order-7", 64, begin, end))
                .extracting(MessageView::msgId)
                .containsExactlyInAnyOrderElementsOf(ids);
        assertThat(admin.queryMessage("queried", "order-7", 3, begin, end))
                .extracting(MessageView::storeTime)
                .hasSize(3)
                .isSorted();
        assertThat(admin.queryMessage("queried", "n4", 64, begin, end))
                .extracting(MessageView::msgId)
                .containsExactly(ids.get(4));
        assertThat(admin.queryMessage("queried", "order", 64, begin, end)).isEmpty();
        assertThat(admin.queryMessage("queried", "order-7", 64, Instant.EPOCH, begin))
                .isEmpty();
    }

    @Test
    void worksInANamespace() {
        try (ProducerUnderTest spaced =
                ProducerUnderTest.start(rocketMQ.nameServerAddresses(), b -> b.namespace("tenant"))) {
            spaced.producer().admin().createTopic("spaced", 1);
            SendResult result = spaced.producer().send(Message.of("spaced", BODY));

            assertThat(spaced.producer().admin().maxOffset(result.queue())).isEqualTo(1);
            assertThat(spaced.producer()
                            .admin()
                            .viewMessage("spaced", result.offsetMsgId().orElseThrow()))
                    .hasValueSatisfying(view -> {
                        assertThat(view.topic()).isEqualTo("spaced");
                        assertThat(view.queue()).hasValue(result.queue());
                    });
        }
        assertThat(rocketMQ.cluster().messages("tenant%spaced")).hasSize(1);
    }

    @Test
    void showsTheLargestMessageThatBrokersTake() {
        byte[] body = new byte[4 * 1024 * 1024];
        new Random(1).nextBytes(body);
        SendResult result = put.producer()
                .send(Message.of("large", body), SendOptions.defaults().withTimeout(Duration.ofSeconds(20)));

        assertThat(admin.viewMessage("large", result.offsetMsgId().orElseThrow()))
                .hasValueSatisfying(view -> assertThat(view.body()).isEqualTo(body));
    }

    private MessageView eventuallyById(String topic, String msgId) {
        Eventually.await(
                "the index",
                Duration.ofSeconds(10),
                () -> admin.viewMessage(topic, msgId).isPresent());
        return admin.viewMessage(topic, msgId).orElseThrow();
    }
}
