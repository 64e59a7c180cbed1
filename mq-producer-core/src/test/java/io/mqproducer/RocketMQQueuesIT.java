package io.mqproducer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Message;
import io.mqproducer.message.MessageQueue;
import io.mqproducer.message.MessageQueueSelector;
import io.mqproducer.message.QueueTarget;
import io.mqproducer.message.SendOptions;
import io.mqproducer.message.SendResult;
import io.mqproducer.test.StoredMessage;
import io.mqproducer.test.junit.RocketMQExtension;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which queue of a real broker a message ends up in, and in which order. */
@Tag("rocketmq")
class RocketMQQueuesIT {

    private static final String KEY = "__SHARDINGKEY";

    /** Odd, so that the sign of a hash code shows in the queue. */
    private static final int QUEUES = 3;

    /** The hash code of the second is negative, that of the third is Integer.MIN_VALUE. */
    private static final List<String> KEYS = List.of("order-1", "customer-\u00e9", "polygenelubricants", "a", "b");

    @RegisterExtension
    static final RocketMQExtension rocketMQ = RocketMQExtension.shared();

    @Test
    void f77_keepsTheOrderOfEachKeyInTheQueueThatRocketMQsHashSelectorChooses() {
        rocketMQ.cluster().createTopic("ordered", QUEUES);
        List<CompletableFuture<SendResult>> sending = new ArrayList<>();

        try (ProducerUnderTest put = start()) {
            for (int i = 0; i < 100; i++) {
                for (String key : KEYS) {
                    sending.add(put.producer().sendAsync(ordered(key, i)));
                }
            }
            CompletableFuture.allOf(sending.toArray(CompletableFuture[]::new)).join();
        }

        assertThat(KEYS)
                .anyMatch(key -> key.hashCode() == Integer.MIN_VALUE)
                .anyMatch(key ->
                        key.hashCode() < 0 && key.hashCode() % QUEUES != 0 && key.hashCode() != Integer.MIN_VALUE);
        Map<String, List<StoredMessage>> byKey = rocketMQ.cluster().messages("ordered").stream()
                .collect(Collectors.groupingBy(stored -> stored.properties().get(KEY)));
        assertThat(byKey).containsOnlyKeys(KEYS).allSatisfy((key, messages) -> {
            messages.sort(Comparator.comparingLong(StoredMessage::queueOffset));
            assertThat(messages)
                    .extracting(stored -> new String(stored.body(), StandardCharsets.UTF_8))
                    .containsExactlyElementsOf(
                            IntStream.range(0, 100).mapToObj(Integer::toString).toList());
            assertThat(messages).extracting(StoredMessage::queueId).containsOnly(Math.abs(key.hashCode() % QUEUES));
        });
    }

    private static Message ordered(String key, int number) {
        return Message.builder("ordered")
                .orderingKey(key)
                .body(Integer.toString(number).getBytes(StandardCharsets.UTF_8))
                .build();
    }

    @Test
    void sendsToTheQueueThatTheCallerNames() {
        rocketMQ.cluster().createTopic("fixed", 4);
        SendOptions toTwo = SendOptions.defaults().to(QueueTarget.queue(new MessageQueue("fixed", "broker-a", 2)));

        sendFive("fixed", toTwo);

        assertThat(queueIds("fixed")).hasSize(5).containsOnly(2);
    }

    @Test
    void sendsNothingToAQueueThatTheTopicDoesNotHave() {
        rocketMQ.cluster().createTopic("no-such-queue", 4);
        SendOptions toNine =
                SendOptions.defaults().to(QueueTarget.queue(new MessageQueue("no-such-queue", "broker-a", 9)));

        assertThatThrownBy(() -> sendFive("no-such-queue", toNine))
                .isInstanceOf(MessageNotStoredException.class)
                .hasFieldOrPropertyWithValue("kind", FailureKind.NO_ROUTE);

        assertThat(queueIds("no-such-queue")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(SendVia.class)
    void c5_sendsNothingToAQueueOfAnotherTopic(SendVia via) {
        rocketMQ.cluster().createTopic("this-topic", 4);
        rocketMQ.cluster().createTopic("another-topic", 4);
        SendOptions toAnother =
                SendOptions.defaults().to(QueueTarget.queue(new MessageQueue("another-topic", "broker-a", 0)));

        try (ProducerUnderTest put = start()) {
            assertThat(via.failure(put.producer(), Message.of("this-topic", new byte[1]), toAnother))
                    .isInstanceOf(MessageNotStoredException.class)
                    .hasFieldOrPropertyWithValue("kind", FailureKind.NO_ROUTE)
                    .hasMessageContaining("another-topic");
            put.producer().sendOneway(Message.of("this-topic", new byte[1]), toAnother);
        }

        assertThat(queueIds("this-topic")).isEmpty();
        assertThat(queueIds("another-topic")).isEmpty();
    }

    @Test
    void selectsByTheHashOfTheArgument() {
        rocketMQ.cluster().createTopic("by-hash", QUEUES);

        sendFive("by-hash", selected(MessageQueueSelector.byHash(), -7));

        assertThat(queueIds("by-hash")).hasSize(5).containsOnly(Math.abs(-7 % QUEUES));
    }

    @Test
    void selectsAtRandom() {
        rocketMQ.cluster().createTopic("at-random", 2);

        for (int i = 0; i < 10; i++) {
            sendFive("at-random", selected(MessageQueueSelector.random(), ""));
        }

        assertThat(queueIds("at-random")).hasSize(50).contains(0, 1);
    }

    @Test
    void selectsAsTheCallerWantsAmongTheQueuesInRocketMQsOrder() {
        rocketMQ.cluster().createTopic("selected", 4);
        MessageQueueSelector byIndex = (queues, message, index) -> queues.get((Integer) index);

        sendFive("selected", selected(byIndex, 3));

        assertThat(queueIds("selected")).hasSize(5).containsOnly(3);
    }

    @Test
    void goesRoundTheQueuesOfATopic() {
        rocketMQ.cluster().createTopic("round", 5);

        sendFive("round", SendOptions.defaults());

        assertThat(queueIds("round")).containsExactly(0, 1, 2, 3, 4);
    }

    private static SendOptions selected(MessageQueueSelector selector, Object argument) {
        return SendOptions.defaults().to(QueueTarget.selectedBy(selector, argument));
    }

    private static void sendFive(String topic, SendOptions options) {
        try (ProducerUnderTest put = start()) {
            for (int i = 0; i < 5; i++) {
                put.producer().send(Message.of(topic, new byte[] {(byte) i}), options);
            }
        }
    }

    private static List<Integer> queueIds(String topic) {
        return rocketMQ.cluster().messages(topic).stream()
                .map(StoredMessage::queueId)
                .toList();
    }

    private static ProducerUnderTest start() {
        return ProducerUnderTest.start(rocketMQ.nameServerAddresses());
    }
}
