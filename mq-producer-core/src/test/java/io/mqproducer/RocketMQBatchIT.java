package io.mqproducer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.config.CompressionType;
import io.mqproducer.message.BatchSendResult;
import io.mqproducer.message.DeliveryTime;
import io.mqproducer.message.Message;
import io.mqproducer.message.MessageQueue;
import io.mqproducer.message.MessageQueueSelector;
import io.mqproducer.message.QueueTarget;
import io.mqproducer.message.SendOptions;
import io.mqproducer.message.SendResult;
import io.mqproducer.test.StoredMessage;
import io.mqproducer.test.junit.RocketMQExtension;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Explicit batches against a real broker: few requests, and each message what it would be alone. */
@Tag("rocketmq")
class RocketMQBatchIT {

    private static final int SEND_MESSAGE_V2 = 310;
    private static final int SEND_BATCH_MESSAGE = 320;
    private static final int TYPE_BITS = 0x700;
    private static final int LIMIT = 4 * 1024 * 1024;

    @RegisterExtension
    static final RocketMQExtension rocketMQ = RocketMQExtension.shared();

    @Test
    void m1_m3_m5_eachMessageIsStoredAsItselfWhereItsResultSays() {
        List<Message> messages = IntStream.range(0, 100)
                .mapToObj(i -> Message.builder("batch-each")
                        .body(("body " + i).getBytes(UTF_8))
                        .tag("tag" + i)
                        .keys("key-" + i, "other")
                        .property("n", Integer.toString(i))
                        .flag(i)
                        .build())
                .toList();

        List<SendResult> results;
        try (ProducerUnderTest put = start(builder -> {})) {
            results = resultsOf(put.producer().sendBatch(messages));
        }

        Map<String, StoredMessage> stored = byId("batch-each");
        assertThat(stored).hasSize(100);
        for (int i = 0; i < 100; i++) {
            SendResult result = results.get(i);
            StoredMessage found = stored.get(result.msgId());
            assertStoredAs(found, result);
            assertThat(found.body()).asString(UTF_8).isEqualTo("body " + i);
            assertThat(found.tags()).isEqualTo("tag" + i);
            assertThat(found.keys()).isEqualTo("key-" + i + " other");
            assertThat(found.properties()).containsEntry("n", "" + i).containsEntry("WAIT", "true");
            assertThat(found.flag()).isEqualTo(i);
            assertThat(result.transactionId()).contains(result.msgId());
        }
        assertThat(results.stream().map(SendResult::queueOffset))
                .as("one behind the other in one queue")
                .isEqualTo(IntStream.range(0, 100)
                        .mapToObj(i -> results.get(0).queueOffset() + i)
                        .toList());
    }

    @Test
    void m1_oneTopicIsOneRequestAndSeveralTopicsAreOneEach() throws IOException {
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            messages.add(Message.of("batch-left", new byte[10]));
            messages.add(Message.of("batch-right", new byte[10]));
        }

        try (FrameTap tap = FrameTap.before(brokerPort());
                ProducerUnderTest put = start(through(tap))) {
            assertThat(put.producer().sendBatch(messages).allStored()).isTrue();

            assertThat(tap.requests(SEND_BATCH_MESSAGE)).isEqualTo(2);
            assertThat(tap.requests(SEND_MESSAGE_V2)).isZero();
        }

        assertThat(byId("batch-left")).hasSize(50);
        assertThat(byId("batch-right")).hasSize(50);
    }

    @Test
    void m4_whatDoesNotFitIntoOneRequestGoesInSeveral() throws IOException {
        List<Message> messages = IntStream.range(0, 20)
                .mapToObj(i -> Message.of("batch-large", incompressible(700 * 1024, i)))
                .toList();

        List<SendResult> results;
        try (FrameTap tap = FrameTap.before(brokerPort());
                ProducerUnderTest put = start(through(tap))) {
            results = resultsOf(put.producer().sendBatch(messages));

            assertThat(tap.requests(SEND_BATCH_MESSAGE)).isEqualTo(4);
        }

        Map<String, StoredMessage> stored = byId("batch-large");
        for (int i = 0; i < 20; i++) {
            assertStoredAs(stored.get(results.get(i).msgId()), results.get(i));
            assertThat(stored.get(results.get(i).msgId()).body())
                    .isEqualTo(messages.get(i).body());
        }
    }

    @Test
    void m4_aMessageAsLargeAsTheLimitTravelsAlone() {
        List<Message> messages = List.of(
                Message.of("batch-limit", new byte[] {1}),
                Message.of("batch-limit", incompressible(LIMIT, 1)),
                Message.of("batch-limit", new byte[] {2}));

        try (ProducerUnderTest put = start(builder -> {})) {
            assertThat(put.producer().sendBatch(messages).allStored()).isTrue();
        }

        assertThat(byId("batch-limit").values())
                .extracting(StoredMessage::bodyLength)
                .containsExactlyInAnyOrder(1, 1, LIMIT);
    }

    @Test
    void m4_tenThousandSmallMessagesGoInRequestsOfAThousand() throws IOException {
        List<Message> messages = IntStream.range(0, 10_000)
                .mapToObj(i -> Message.of("batch-many", Integer.toString(i).getBytes(UTF_8)))
                .toList();

        List<SendResult> results;
        try (FrameTap tap = FrameTap.before(brokerPort());
                ProducerUnderTest put = start(through(tap))) {
            results = resultsOf(put.producer().sendBatch(messages));

            assertThat(tap.requests(SEND_BATCH_MESSAGE)).isEqualTo(10);
        }

        Map<String, StoredMessage> stored = byId("batch-many");
        assertThat(stored).hasSize(10_000);
        for (int i = 0; i < results.size(); i++) {
            StoredMessage found = stored.get(results.get(i).msgId());
            assertStoredAs(found, results.get(i));
            assertThat(found.body()).asString(UTF_8).isEqualTo(Integer.toString(i));
        }
    }

    @Test
    void m2_aDelayedMessageIsDelayedThoughTheOthersAreNot() {
        List<Message> messages = List.of(
                Message.of("batch-delay", new byte[] {1}),
                Message.builder("batch-delay")
                        .body(new byte[] {2})
                        .delivery(DeliveryTime.atLevel(1))
                        .build(),
                Message.of("batch-delay", new byte[] {3}));

        List<SendResult> results;
        try (ProducerUnderTest put = start(builder -> {})) {
            results = resultsOf(put.producer().sendBatch(messages));
        }

        assertThat(byId("batch-delay")).containsOnlyKeys(results.get(0).msgId(), results.get(2).msgId());
        Eventually.await(
                "the delayed message",
                Duration.ofSeconds(10),
                () -> byId("batch-delay").containsKey(results.get(1).msgId()));
    }

    @ParameterizedTest
    @EnumSource
    void j6_bodiesAreCompressedAllOrNoneAndReadBackByRocketMQsOwnClient(CompressionType type) {
        String topic = "batch-compressed-" + type;
        List<Message> messages = List.of(
                Message.of(topic, text(20_000)),
                Message.of(topic, incompressible(100, 3)),
                Message.of(topic, text(50)));

        List<SendResult> results;
        try (ProducerUnderTest put = start(builder -> builder.compressionType(type))) {
            results = resultsOf(put.producer().sendBatch(messages));
        }

        Map<String, StoredMessage> stored = byId(topic);
        for (int i = 0; i < messages.size(); i++) {
            StoredMessage found = stored.get(results.get(i).msgId());
            assertThat(found.body()).isEqualTo(messages.get(i).body());
            assertThat(found.sysFlag() & TYPE_BITS) // its client has cleared the bit that says compressed
                    .isEqualTo(type.sysFlag() & TYPE_BITS);
        }
    }

    @Test
    void m6_batchesKnowTheNamespaceInBothModes() throws Exception {
        try (ProducerUnderTest put = start(builder -> builder.namespace("ns"))) {
            List<SendResult> results = new ArrayList<>(resultsOf(put.producer().sendBatch(same("batch-ns", 3))));
            results.addAll(resultsOf(put.producer()
                    .sendBatchAsync(same("batch-ns", 3), SendOptions.defaults())
                    .get(5, TimeUnit.SECONDS)));

            assertThat(results)
                    .extracting(result -> result.queue().topic())
                    .containsOnly("batch-ns");
        }
        assertThat(byId("ns%batch-ns").values())
                .hasSize(6)
                .allSatisfy(found -> assertThat(found.properties()).containsEntry("INSTANCE_ID", "ns"));
    }

    @Test
    void c5_aBatchGoesToTheQueueThatItsCallerNames() {
        rocketMQ.cluster().createTopic("batch-queue", 4);
        SendOptions toOne = SendOptions.defaults()
                .to(QueueTarget.queue(new MessageQueue("batch-queue", "broker-a", 2)));

        try (ProducerUnderTest put = start(builder -> {})) {
            put.producer().sendBatch(same("batch-queue", 10), toOne);
        }

        assertThat(byId("batch-queue").values())
                .hasSize(10)
                .allSatisfy(found -> assertThat(found.queueId()).isEqualTo(2));
    }

    @Test
    void c6_aSelectorChoosesForEachMessage() {
        rocketMQ.cluster().createTopic("batch-selector", 4);
        MessageQueueSelector byBody =
                (queues, message, arg) -> queues.get(message.body()[0]);
        List<Message> messages = IntStream.range(0, 4)
                .mapToObj(i -> Message.of("batch-selector", new byte[] {(byte) i}))
                .toList();

        List<SendResult> results;
        try (ProducerUnderTest put = start(builder -> {})) {
            results = resultsOf(put.producer()
                    .sendBatch(messages, SendOptions.defaults().to(QueueTarget.selectedBy(byBody, "arg"))));
        }

        assertThat(results.stream().map(result -> result.queue().queueId())).containsExactly(0, 1, 2, 3);
        assertThat(byId("batch-selector").values())
                .allSatisfy(found -> assertThat(found.queueId()).isEqualTo(found.body()[0]));
    }

    @Test
    void f77_messagesOfAnOrderingKeyKeepTheirOrderWithinAndAcrossBatches() throws Exception {
        rocketMQ.cluster().createTopic("batch-keys", 4);
        try (ProducerUnderTest put = start(builder -> {})) {
            List<CompletableFuture<BatchSendResult>> batches = new ArrayList<>();
            for (int batch = 0; batch < 50; batch++) {
                List<Message> messages = new ArrayList<>();
                for (int i = 0; i < 20; i++) {
                    messages.add(Message.builder("batch-keys")
                            .orderingKey("key" + i % 3)
                            .body(Integer.toString(batch * 20 + i).getBytes(UTF_8))
                            .build());
                }
                batches.add(put.producer().sendBatchAsync(messages, SendOptions.defaults()));
            }
            for (var batch : batches) {
                assertThat(batch.get(10, TimeUnit.SECONDS).allStored()).isTrue();
            }
        }

        Map<String, List<StoredMessage>> byKey = byId("batch-keys").values().stream()
                .sorted(Comparator.comparingLong(StoredMessage::queueOffset))
                .collect(Collectors.groupingBy(found -> found.properties().get("__SHARDINGKEY")));
        assertThat(byKey).hasSize(3).allSatisfy((key, found) -> {
            assertThat(found).extracting(StoredMessage::queueId).containsOnly(found.get(0).queueId());
            assertThat(found.stream().map(each -> Integer.valueOf(new String(each.body(), UTF_8))))
                    .isSorted();
        });
    }

    // ----

    private static ProducerUnderTest start(Consumer<MQProducerBuilder> settings) {
        return ProducerUnderTest.start(rocketMQ.cluster().nameServerAddresses(), settings);
    }

    private static Consumer<MQProducerBuilder> through(FrameTap tap) {
        return builder -> builder.connectionBrokerAddressMapping(
                Map.of("127.0.0.1:" + brokerPort(), tap.address()));
    }

    private static int brokerPort() {
        return rocketMQ.cluster().brokers().get(0).port();
    }

    private static List<SendResult> resultsOf(BatchSendResult result) {
        assertThat(result.allStored()).isTrue();
        return result.elements().stream()
                .map(element -> element.result().orElseThrow())
                .toList();
    }

    private static Map<String, StoredMessage> byId(String topic) {
        return rocketMQ.cluster().messages(topic).stream()
                .collect(Collectors.toMap(StoredMessage::msgId, Function.identity()));
    }

    private static void assertStoredAs(StoredMessage found, SendResult result) {
        assertThat(found).as(result.toString()).isNotNull();
        assertThat(found.queueId()).isEqualTo(result.queue().queueId());
        assertThat(found.brokerName()).isEqualTo(result.queue().brokerName());
        assertThat(found.queueOffset()).isEqualTo(result.queueOffset());
        assertThat(found.offsetMsgId()).isEqualTo(result.offsetMsgId().orElseThrow());
    }

    private static List<Message> same(String topic, int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> Message.of(topic, new byte[10]))
                .toList();
    }

    private static byte[] text(int size) {
        byte[] text = new byte[size];
        Arrays.fill(text, (byte) 'a');
        return text;
    }

    private static byte[] incompressible(int size, int seed) {
        byte[] noise = new byte[size];
        new Random(seed).nextBytes(noise);
        return noise;
    }
}
