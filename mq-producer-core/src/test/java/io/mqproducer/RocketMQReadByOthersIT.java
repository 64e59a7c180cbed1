package io.mqproducer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.config.CompressionType;
import io.mqproducer.message.DeliveryTime;
import io.mqproducer.message.Message;
import io.mqproducer.message.MessageProperties;
import io.mqproducer.message.MessageQueue;
import io.mqproducer.message.MessageQueueSelector;
import io.mqproducer.message.Outcome;
import io.mqproducer.message.QueueTarget;
import io.mqproducer.message.SendOptions;
import io.mqproducer.message.TransactionState;
import io.mqproducer.spi.TransactionChecker;
import io.mqproducer.test.EmbeddedRocketMQ;
import io.mqproducer.test.OfficialConsumer;
import io.mqproducer.test.StoredMessage;
import io.mqproducer.test.junit.RocketMQExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What this producer sends with each of its facilities, as RocketMQ's own push consumer of 5.5.0 gets to see it. */
@Tag("rocketmq")
class RocketMQReadByOthersIT {

    private static final String FEATURE = "feature";
    private static final String TOPIC = "read-by-others";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** By how much the clocks of a send and of its caller may differ. */
    private static final long CLOCK_MILLIS = 50;

    @RegisterExtension
    static final RocketMQExtension rocketMQ = RocketMQExtension.of(EmbeddedRocketMQ.builder()
            .brokerProperty("enableLmq", "true")
            .brokerProperty("enableMultiDispatch", "true"));

    /** How a message of the table is sent. */
    private interface Way {
        void send(MQProducer producer, Message message);
    }

    /**
     * A row of the table.
     *
     * @param waitMillis the least that it is held back for
     */
    private record Feature(
            String name, Message message, Consumer<MQProducerBuilder> settings, Way way, long waitMillis) {

        static Feature of(String name, Message.Builder message) {
            return new Feature(
                    name,
                    message.property(FEATURE, name).build(),
                    settings -> {},
                    (producer, each) -> producer.send(each),
                    0);
        }

        Feature with(Consumer<MQProducerBuilder> chosen) {
            return new Feature(name, message, chosen, way, waitMillis);
        }

        Feature by(Way chosen) {
            return new Feature(name, message, settings, chosen, waitMillis);
        }

        Feature heldBack(long millis) {
            return new Feature(name, message, settings, way, millis);
        }
    }

    private static List<Feature> features() {
        byte[] text = "ten bytes ".repeat(2_000).getBytes(UTF_8);
        byte[] large = new byte[4 * 1024 * 1024];
        new Random(5).nextBytes(large);
        SendOptions plain = SendOptions.defaults();
        List<Feature> features = new ArrayList<>(List.of(
                Feature.of("plain", message()),
                Feature.of("tag", message().tag("bezahlt-\u00e4")),
                Feature.of("keys", message().keys("order-1", "\u8ba2\u5355-2")),
                Feature.of(
                        "properties",
                        message()
                                .property("gr\u00fc\u00dfe", "\u4f60 \ud83d\ude80 =;")
                                .property("a", "b")),
                Feature.of("flag", message().flag(0x80000001)),
                Feature.of("not waiting for the store", message().waitForStore(false)),
                Feature.of("ordering key", message().orderingKey("customer-7")),
                Feature.of("priority", message().priority(2)),
                Feature.of("light queues", message().multiDispatch("%LMQ%a", "%LMQ%b")),
                Feature.of("delay level", message().delivery(DeliveryTime.atLevel(1)))
                        .heldBack(1_000),
                Feature.of("delay", message().delivery(DeliveryTime.after(Duration.ofMillis(2_500))))
                        .heldBack(1_500),
                Feature.of(
                                "instant",
                                message().delivery(DeliveryTime.at(Instant.now().plusSeconds(4))))
                        .heldBack(1_000),
                Feature.of("instant that has passed", message().delivery(DeliveryTime.at(Instant.EPOCH))),
                Feature.of("largest body", message().body(large)),
                Feature.of("future", message())
                        .by((producer, each) -> producer.sendAsync(each).join()),
                Feature.of("callback", message()).by((producer, each) -> {
                    FutureOfCallback callback = new FutureOfCallback();
                    producer.sendAsync(each, plain, callback);
                    callback.future().join();
                }),
                Feature.of("one-way", message()).by(MQProducer::sendOneway),
                Feature.of("given queue", message())
                        .by((producer, each) -> producer.send(
                                each, plain.to(QueueTarget.queue(new MessageQueue(TOPIC, "broker-a", 3))))),
                Feature.of("selector", message())
                        .by((producer, each) -> producer.send(
                                each, plain.to(QueueTarget.selectedBy(MessageQueueSelector.byHash(), "k")))),
                Feature.of("request", message())
                        .by((producer, each) -> producer.requestAsync(each, plain, Duration.ofMillis(500))
                                .exceptionally(nobodyReplies -> null)
                                .join()),
                Feature.of("namespace of the second kind", message()).with(b -> b.namespaceV2("tenant"))));
        for (CompressionType type : CompressionType.values()) {
            features.add(
                    Feature.of("compressed with " + type, message().body(text)).with(b -> b.compressionType(type)));
            features.add(Feature.of(
                            "compressed on another thread with " + type,
                            message().body(text))
                    .with(b -> b.compressionType(type))
                    .by((producer, each) -> producer.sendAsync(each).join()));
        }
        return features;
    }

    private static Message.Builder message() {
        return message(TOPIC);
    }

    private static Message.Builder message(String topic) {
        return Message.builder(topic).body("paid \u20ac 5".getBytes(UTF_8));
    }

    @Test
    void seesEveryFieldOfEveryMessageAsItWasSent() {
        rocketMQ.cluster().createTopic(TOPIC, 4);
        List<Feature> features = features();
        Map<String, long[]> times = new HashMap<>();
        List<StoredMessage> consumed;
        try (OfficialConsumer consumer = OfficialConsumer.subscribe(rocketMQ.cluster(), TOPIC, "*")) {
            for (Feature feature : features) {
                times.put(feature.name(), send(feature));
            }
            consumed = consumer.await(features.size(), LIMIT);
        }

        Map<String, StoredMessage> byFeature = consumed.stream()
                .collect(Collectors.toMap(message -> message.properties().get(FEATURE), message -> message));
        assertThat(byFeature).hasSize(features.size());
        for (Feature feature : features) {
            StoredMessage seen = byFeature.get(feature.name());
            assertSame(feature, seen);
            long[] time = times.get(feature.name());
            assertThat(seen.bornTimestamp())
                    .as("born time of %s", feature.name())
                    .isBetween(time[0] - CLOCK_MILLIS, time[1] + CLOCK_MILLIS);
        }
    }

    @Test
    void seesEachMessageOfABatchAsItWasSent() {
        assertReadAsSent("by-others-batch", builder -> {}, (producer, messages) -> producer.sendBatch(messages));
    }

    @Test
    void seesEachMessageThatWasGatheredIntoABatchAsItWasSent() {
        assertReadAsSent(
                "by-others-gathered",
                builder -> builder.batchEnabled(true),
                (producer, messages) ->
                        messages.stream().map(producer::sendAsync).toList().forEach(CompletableFuture::join));
    }

    @Test
    void seesCommittedTransactionsAsTheyWereSentAndNoOthers() {
        assertReadAsSent(
                "by-others-tx",
                builder -> builder.transactionChecker(
                        TransactionChecker.of("by-others-tx", view -> TransactionState.ROLLBACK)),
                (producer, messages) -> {
                    for (Message message : messages) {
                        producer.sendInTransaction(
                                message.toBuilder()
                                        .property("rolled-back", "yes")
                                        .build(),
                                half -> TransactionState.ROLLBACK);
                        producer.sendInTransaction(message, half -> TransactionState.COMMIT);
                        producer.sendInTransaction(
                                message.toBuilder().property("unknown", "yes").build(),
                                half -> TransactionState.UNKNOWN);
                    }
                });
    }

    private interface ManyWays {
        void send(MQProducer producer, List<Message> messages);
    }

    private static void assertReadAsSent(String topic, Consumer<MQProducerBuilder> settings, ManyWays way) {
        rocketMQ.cluster().createTopic(topic, 2);
        byte[] text = "ten bytes ".repeat(2_000).getBytes(UTF_8);
        List<Feature> features = List.of(
                Feature.of("plain", message(topic)),
                Feature.of("tag", message(topic).tag("bezahlt-\u00e4")),
                Feature.of("keys", message(topic).keys("order-1", "\u8ba2\u5355-2")),
                Feature.of("properties", message(topic).property("gr\u00fc\u00dfe", "\u4f60 \ud83d\ude80 =;")),
                Feature.of("flag", message(topic).flag(0x80000001)),
                Feature.of("not waiting for the store", message(topic).waitForStore(false)),
                Feature.of("large body", message(topic).body(text)));
        try (OfficialConsumer consumer = OfficialConsumer.subscribe(rocketMQ.cluster(), topic, "*");
                ProducerUnderTest put = ProducerUnderTest.start(rocketMQ.nameServerAddresses(), settings)) {
            way.send(put.producer(), features.stream().map(Feature::message).toList());

            Map<String, StoredMessage> consumed = consumer.await(features.size(), LIMIT).stream()
                    .collect(Collectors.toMap(message -> message.properties().get(FEATURE), message -> message));
            assertThat(consumed).hasSize(features.size());
            features.forEach(feature -> assertSame(feature, consumed.get(feature.name())));
        }
    }

    @Test
    void filtersByTheTagsThatWereSent() {
        rocketMQ.cluster().createTopic("filtered", 2);
        try (OfficialConsumer consumer =
                        OfficialConsumer.subscribe(rocketMQ.cluster(), "filtered", "paid || bezahlt-\u00e4");
                ProducerUnderTest put = ProducerUnderTest.start(rocketMQ.nameServerAddresses())) {
            for (String tag : List.of("sent", "paid", "returned", "bezahlt-\u00e4", "unpaid")) {
                put.producer()
                        .send(Message.builder("filtered")
                                .tag(tag)
                                .body(new byte[1])
                                .build());
            }
            put.producer().send(Message.of("filtered", new byte[1]));
            put.producer()
                    .send(Message.builder("filtered")
                            .tag("paid")
                            .body(new byte[2])
                            .build());

            assertThat(consumer.await(3, LIMIT))
                    .extracting(StoredMessage::tags)
                    .containsExactlyInAnyOrder("paid", "bezahlt-\u00e4", "paid");
        }
    }

    /** Returns when it was asked for, and when that was over. */
    private static long[] send(Feature feature) {
        try (ProducerUnderTest put = ProducerUnderTest.start(rocketMQ.nameServerAddresses(), feature.settings())) {
            long before = System.currentTimeMillis();
            feature.way().send(put.producer(), feature.message());
            Eventually.await("outcome", LIMIT, () -> put.count(Outcome.ACKED) + put.count(Outcome.HANDED_OVER) == 1);
            return new long[] {before, System.currentTimeMillis()};
        }
    }

    private static void assertSame(Feature feature, StoredMessage seen) {
        Message sent = feature.message();
        Map<String, String> properties = new HashMap<>(seen.properties());
        properties.keySet().removeIf(name -> MessageProperties.isReserved(name) || isLeftByTheBroker(name));
        assertThat(properties).as(feature.name()).isEqualTo(sent.properties());
        assertThat(seen.topic()).as(feature.name()).isEqualTo(sent.topic());
        assertThat(seen.tags()).as(feature.name()).isEqualTo(sent.tag().orElse(""));
        assertThat(seen.keys()).as(feature.name()).isEqualTo(String.join(" ", sent.keys()));
        assertThat(seen.flag()).as(feature.name()).isEqualTo(sent.flag());
        assertThat(seen.body()).as(feature.name()).isEqualTo(sent.body());
        assertThat(seen.msgId()).as(feature.name()).hasSize(32);
        assertThat(seen.reconsumeTimes()).as(feature.name()).isZero();
        assertThat(seen.properties().get("WAIT")).as(feature.name()).isEqualTo(Boolean.toString(sent.waitForStore()));
        assertThat(seen.properties().get("__SHARDINGKEY"))
                .as(feature.name())
                .isEqualTo(sent.orderingKey().orElse(null));
        assertThat(seen.storeTimestamp() - seen.bornTimestamp())
                .as("held back: %s", feature.name())
                .isGreaterThanOrEqualTo(feature.waitMillis());
    }

    /** By its timer, and by its end of a transaction. */
    private static boolean isLeftByTheBroker(String name) {
        return name.startsWith("TIMER_") || name.equals("__transactionId__");
    }
}
