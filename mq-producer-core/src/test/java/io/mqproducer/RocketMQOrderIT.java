package io.mqproducer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.message.Message;
import io.mqproducer.message.MessageQueue;
import io.mqproducer.message.MessageQueueSelector;
import io.mqproducer.message.Outcome;
import io.mqproducer.message.SendResult;
import io.mqproducer.test.EmbeddedRocketMQ;
import io.mqproducer.test.OfficialHashSelector;
import io.mqproducer.test.StoredMessage;
import io.mqproducer.test.junit.RocketMQExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The order of messages with an ordering key on real brokers that grow and die. */
@Tag("rocketmq")
class RocketMQOrderIT {

    private static final String KEY = "__SHARDINGKEY";
    private static final int KEYS = 16;
    private static final int MESSAGES = 50_000;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @RegisterExtension
    static final RocketMQExtension rocketMQ =
            RocketMQExtension.of(EmbeddedRocketMQ.builder().brokers(2));

    @Test
    void f3_choosesTheQueueThatRocketMQsOwnHashSelectorDoes() {
        Random random = new Random(77);
        List<Integer> hashCodes = new ArrayList<>(List.of(
                0,
                1,
                -1,
                Integer.MAX_VALUE,
                Integer.MIN_VALUE,
                Integer.MIN_VALUE + 1,
                "polygenelubricants".hashCode()));
        random.ints(1_000).forEach(hashCodes::add);

        try (OfficialHashSelector official = OfficialHashSelector.start()) {
            for (int hashCode : hashCodes) {
                int queues = 1 + random.nextInt(32);
                assertThat(MessageQueueSelector.hashIndex(hashCode, queues))
                        .as("hash code %d among %d queues", hashCode, queues)
                        .isEqualTo(official.select(queues, hashCode));
            }
        }
    }

    @Test
    void f7_takesTheQueuesOfAnOrderedTopicAsTheNameServerHasThem() {
        rocketMQ.cluster().createTopic("configured", 4);
        rocketMQ.cluster().nameServers().get(0).putOrder("configured", "broker-b:2;broker-a:1");
        SendResult result;
        try (ProducerUnderTest put = ProducerUnderTest.start(rocketMQ.nameServerAddresses())) {
            assertThat(put.producer().publishQueues("configured"))
                    .containsExactly(
                            new MessageQueue("configured", "broker-b", 0),
                            new MessageQueue("configured", "broker-b", 1),
                            new MessageQueue("configured", "broker-a", 0));
            result = put.producer().send(ordered("configured", "polygenelubricants", 0)); // 2^31 % 3
        }

        assertThat(result.queue()).isEqualTo(new MessageQueue("configured", "broker-a", 0));
        assertThat(rocketMQ.cluster().messages("configured"))
                .singleElement()
                .satisfies(stored ->
                        assertThat(stored.brokerName() + stored.queueId()).isEqualTo("broker-a0"));
    }

    /** A key moves when its hash says so among the new number of queues, and its messages follow each other there too. */
    @Test
    void f77_movesKeysOnceWhenATopicGrowsAndKeepsTheOrderOfEachInEveryQueue() {
        rocketMQ.cluster().createTopic("grown", 2); // 4 on both brokers
        Map<String, List<SendResult>> results = new HashMap<>();
        try (ProducerUnderTest put = ProducerUnderTest.start(
                rocketMQ.nameServerAddresses(), b -> b.connectionRouteRefreshInterval(Duration.ofSeconds(1)))) {
            int number = 0;
            number = sendRounds(put, "grown", number, 200, results);
            rocketMQ.cluster().createTopic("grown", 4);
            while (queuesInUse(put) < 8) {
                number = sendRounds(put, "grown", number, 1, results);
            }
            sendRounds(put, "grown", number, 200, results);
        }

        int moved = 0;
        for (Map.Entry<String, List<SendResult>> ofKey : results.entrySet()) {
            List<MessageQueue> queues =
                    ofKey.getValue().stream().map(SendResult::queue).distinct().toList();
            int hashCode = ofKey.getKey().hashCode();
            MessageQueue before = queue("grown", MessageQueueSelector.hashIndex(hashCode, 4), 2);
            MessageQueue after = queue("grown", MessageQueueSelector.hashIndex(hashCode, 8), 4);
            assertThat(queues)
                    .containsExactlyElementsOf(before.equals(after) ? List.of(before) : List.of(before, after));
            moved += queues.size() - 1;
        }
        System.out.printf("[queues 4 -> 8] %d of %d keys have moved%n", moved, KEYS);
        assertThat(inversions(rocketMQ.cluster().messages("grown"))).isEmpty();
    }

    @Test
    void f77_aOrder_hasNoInversionOfAnyKeyWhenABrokerIsKilledThreeTimes() throws Exception {
        rocketMQ.cluster().createTopic("order-kill", 4);
        Set<Integer> acknowledged = new HashSet<>();
        List<CompletableFuture<SendResult>> sends = new ArrayList<>(MESSAGES);
        try (ProducerUnderTest put =
                ProducerUnderTest.start(rocketMQ.nameServerAddresses(), b -> b.sendTimeout(LIMIT))) {
            CompletableFuture<Void> load = CompletableFuture.runAsync(() -> {
                for (int i = 0; i < MESSAGES; i++) {
                    sends.add(put.producer().sendAsync(ordered("order-kill", "key-" + i % KEYS, i)));
                }
            });
            for (int kill = 1; kill <= 3; kill++) {
                int due = kill * MESSAGES / 5;
                Eventually.await("load", LIMIT, () -> put.count(Outcome.ACKED) > due);
                rocketMQ.cluster().broker("broker-b").kill();
                rocketMQ.cluster().broker("broker-b").restart();
            }
            load.join();
            for (int i = 0; i < MESSAGES; i++) {
                if (sends.get(i).handle((result, failure) -> failure == null).join()) {
                    acknowledged.add(i);
                }
            }
            System.out.printf("[A-ORDER, 3 kills] %d of %d acknowledged%n", acknowledged.size(), MESSAGES);
        }

        List<StoredMessage> stored = rocketMQ.cluster().messages("order-kill");
        System.out.printf("[A-ORDER, 3 kills] %d copies%n", Ledger.duplicates(stored));
        assertThat(acknowledged.size()).isGreaterThan(MESSAGES * 99 / 100);
        assertThat(stored.stream().map(RocketMQOrderIT::number)).containsAll(acknowledged);
        assertThat(inversions(stored.stream()
                        .filter(message -> acknowledged.contains(number(message)))
                        .toList()))
                .isEmpty();
    }

    /** Sends one message of each key, for so many rounds; returns the next number. */
    private static int sendRounds(
            ProducerUnderTest put, String topic, int first, int rounds, Map<String, List<SendResult>> results) {
        int number = first;
        for (int round = 0; round < rounds; round++) {
            for (int k = 0; k < KEYS; k++) {
                String key = "key-" + k;
                results.computeIfAbsent(key, same -> new ArrayList<>())
                        .add(put.producer().send(ordered(topic, key, number++)));
            }
        }
        return number;
    }

    private static int queuesInUse(ProducerUnderTest put) {
        return put.producer().status().routes().stream()
                .filter(route -> route.topic().equals("grown"))
                .mapToInt(ProducerStatus.Route::queues)
                .sum();
    }

    private static Message ordered(String topic, String key, int number) {
        return Message.builder(topic)
                .orderingKey(key)
                .body(Integer.toString(number).getBytes(UTF_8))
                .build();
    }

    private static MessageQueue queue(String topic, int index, int perBroker) {
        return new MessageQueue(topic, index < perBroker ? "broker-a" : "broker-b", index % perBroker);
    }

    private static int number(StoredMessage message) {
        return Integer.parseInt(new String(message.body(), UTF_8));
    }

    /** Messages that stand behind a later one of their key in the same queue; copies may repeat. */
    private static List<String> inversions(List<StoredMessage> messages) {
        Map<List<Object>, List<StoredMessage>> byKeyAndQueue = messages.stream()
                .collect(Collectors.groupingBy(
                        message -> List.of(message.properties().get(KEY), message.brokerName(), message.queueId())));
        List<String> inversions = new ArrayList<>();
        byKeyAndQueue.forEach((where, inQueue) -> {
            int last = -1;
            for (StoredMessage message : inQueue.stream()
                    .sorted(Comparator.comparingLong(StoredMessage::queueOffset))
                    .toList()) {
                if (number(message) < last) {
                    inversions.add(where + ": " + number(message) + " behind " + last);
                }
                last = Math.max(last, number(message));
            }
        });
        return inversions;
    }
}
