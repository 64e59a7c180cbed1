package io.mqproducer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqproducer.exception.ReplyTimeoutException;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Message;
import io.mqproducer.message.MessageQueue;
import io.mqproducer.message.MessageQueueSelector;
import io.mqproducer.message.MessageView;
import io.mqproducer.message.QueueTarget;
import io.mqproducer.message.SendOptions;
import io.mqproducer.message.SendResult;
import io.mqproducer.test.EmbeddedRocketMQ;
import io.mqproducer.test.OfficialConsumer;
import io.mqproducer.test.OfficialReplier;
import io.mqproducer.test.OfficialRequester;
import io.mqproducer.test.StoredMessage;
import io.mqproducer.test.junit.RocketMQExtension;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** O1 to O9 on a real cluster of two brokers, with RocketMQ's own consumer and producer at the other end. */
@Tag("rocketmq")
class RocketMQRequestReplyIT {

    private static final String TOPIC = "requests";
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    @RegisterExtension
    static final RocketMQExtension rocketMQ =
            RocketMQExtension.of(EmbeddedRocketMQ.builder().brokers(2));

    private static OfficialReplier replier;

    /** The topic is on one broker only, replies come by way of both. */
    @BeforeAll
    static void subscribe() {
        rocketMQ.cluster().broker("broker-a").createTopic(TOPIC, 4);
        replier = OfficialReplier.subscribe(rocketMQ.cluster(), TOPIC);
    }

    @AfterAll
    static void close() {
        replier.close();
    }

    @Test
    void theFirstRequestOfANewProducerGetsItsReply() {
        for (int i = 0; i < 5; i++) {
            try (ProducerUnderTest put = ProducerUnderTest.create(rocketMQ.nameServerAddresses(), b -> {})) {
                MessageView reply = put.producer().request(request("first " + i), SendOptions.defaults(), TIMEOUT);

                assertThat(text(reply)).isEqualTo("reply to first " + i);
                assertThat(reply.topic()).isEqualTo(EmbeddedRocketMQ.CLUSTER_NAME + "_REPLY_TOPIC");
                assertThat(reply.msgId()).isNotEmpty();
                assertThat(reply.properties())
                        .containsEntry("MSG_TYPE", "reply")
                        .containsKey("PUSH_REPLY_TIME");
                assertThat(reply.storeHost()).startsWith("127.0.0.1:");
            }
        }
    }

    @Test
    void f83_aThousandRequestsGetAThousandRepliesOneCompletionEach() {
        int count = 1000;
        AtomicInteger[] completions = new AtomicInteger[count];
        Arrays.setAll(completions, i -> new AtomicInteger());
        List<CompletableFuture<MessageView>> replies = new ArrayList<>();
        try (ProducerUnderTest put = ProducerUnderTest.start(rocketMQ.nameServerAddresses())) {
            for (int i = 0; i < count; i++) {
                int number = i;
                CompletableFuture<MessageView> reply =
                        put.producer().requestAsync(request("number " + i), SendOptions.defaults(), TIMEOUT);
                reply.whenComplete((view, failure) -> completions[number].incrementAndGet());
                replies.add(reply);
            }
            for (int i = 0; i < count; i++) {
                assertThat(text(replies.get(i).join())).isEqualTo("reply to number " + i);
            }
        }

        assertThat(completions).extracting(AtomicInteger::get).containsOnly(1);
        assertThat(replies.stream().map(reply -> reply.join().storeHost()).distinct())
                .as("brokers that brought replies")
                .hasSize(2);
    }

    @Test
    void aCompressedReplyToACompressedRequestIsRestored() {
        byte[] body = "x".repeat(6000).getBytes(StandardCharsets.UTF_8);
        Message request = Message.builder(TOPIC)
                .body(body)
                .property(OfficialReplier.REPLY_SIZE, "100000")
                .build();
        try (ProducerUnderTest put = ProducerUnderTest.start(rocketMQ.nameServerAddresses())) {
            MessageView reply = put.producer().request(request, SendOptions.defaults(), TIMEOUT);

            assertThat(reply.body()).hasSize(100_000);
            assertThat(text(reply).strip()).isEqualTo("reply to " + "x".repeat(6000));
        }
    }

    @Test
    void goesToTheQueueThatTheCallerOrItsSelectorChooses() {
        MessageQueueSelector third = (queues, message, argument) -> queues.get(2);
        try (ProducerUnderTest put = ProducerUnderTest.start(rocketMQ.nameServerAddresses())) {
            SendOptions toOne = SendOptions.defaults().to(QueueTarget.queue(new MessageQueue(TOPIC, "broker-a", 1)));
            SendOptions selected = SendOptions.defaults().to(QueueTarget.selectedBy(third, ""));

            assertThat(text(put.producer().request(request("to queue 1"), toOne, TIMEOUT)))
                    .isEqualTo("reply to to queue 1");
            assertThat(text(put.producer().request(request("selected"), selected, TIMEOUT)))
                    .isEqualTo("reply to selected");
        }
        assertThat(stored("to queue 1").queueId()).isEqualTo(1);
        assertThat(stored("selected").queueId()).isEqualTo(2);
        assertThat(stored("selected").properties())
                .containsKeys("CORRELATION_ID", "REPLY_TO_CLIENT")
                .containsEntry("TTL", "20000");
    }

    @Test
    void f83_ofTwoRepliesTheFirstCounts() {
        Message twice = Message.builder(TOPIC)
                .body("twice".getBytes(StandardCharsets.UTF_8))
                .property(OfficialReplier.REPLIES, "2")
                .build();
        try (ProducerUnderTest put = ProducerUnderTest.start(rocketMQ.nameServerAddresses())) {
            assertThat(text(put.producer().request(twice, SendOptions.defaults(), TIMEOUT)))
                    .isEqualTo("reply to twice");
            assertThat(text(put.producer().request(request("after that"), SendOptions.defaults(), TIMEOUT)))
                    .isEqualTo("reply to after that");
        }
    }

    @Test
    void f83_withoutAReplierItSaysThatTheRequestWasStored() {
        rocketMQ.cluster().createTopic("nobody-replies", 1);
        try (ProducerUnderTest put = ProducerUnderTest.start(rocketMQ.nameServerAddresses())) {
            long start = System.nanoTime();
            assertThatThrownBy(() -> put.producer()
                            .request(
                                    Message.of("nobody-replies", new byte[] {1}),
                                    SendOptions.defaults(),
                                    Duration.ofSeconds(1)))
                    .isInstanceOf(ReplyTimeoutException.class)
                    .hasFieldOrPropertyWithValue("kind", FailureKind.REPLY_TIMEOUT)
                    .hasMessageContaining("was stored in broker-")
                    .hasMessageContaining("no reply came within 1000 ms");
            Probe.assertEndedAtDeadline(start, 1000);
            assertThat(rocketMQ.cluster().messages("nobody-replies")).hasSize(1);

            // brokers still bring replies, though they were told goodbye and hello meanwhile
            for (int i = 0; i < 10; i++) {
                assertThat(text(put.producer().request(request("still " + i), SendOptions.defaults(), TIMEOUT)))
                        .isEqualTo("reply to still " + i);
            }
        }
    }

    @Test
    void aReplyComesByWayOfABrokerThatWasRestarted() {
        try (ProducerUnderTest put = ProducerUnderTest.start(rocketMQ.nameServerAddresses())) {
            put.producer().request(request("before"), SendOptions.defaults(), TIMEOUT);
            rocketMQ.cluster().broker("broker-b").restart();

            for (int i = 0; i < 20; i++) {
                assertThat(text(put.producer().request(request("after " + i), SendOptions.defaults(), TIMEOUT)))
                        .isEqualTo("reply to after " + i);
            }
        }
    }

    @Test
    void repliesToARequesterOfTheOfficialClient() {
        rocketMQ.cluster().createTopic("official-requests", 1);
        try (ProducerUnderTest put = ProducerUnderTest.start(rocketMQ.nameServerAddresses());
                OfficialRequester requester = OfficialRequester.start(rocketMQ.cluster());
                OfficialConsumer consumer = OfficialConsumer.subscribe(rocketMQ.cluster(), "official-requests", "*")) {
            for (int size : new int[] {10, 20_000}) { // plain and compressed
                byte[] body = "r".repeat(size).getBytes(StandardCharsets.UTF_8);
                CompletableFuture<byte[]> reply = CompletableFuture.supplyAsync(
                        () -> requester.request("official-requests", new byte[] {(byte) size}, TIMEOUT));
                List<StoredMessage> consumed = consumer.await(size == 10 ? 1 : 2, TIMEOUT);
                StoredMessage request = consumed.get(consumed.size() - 1);

                SendResult result = put.producer()
                        .reply(
                                MessageView.builder(request.topic(), request.body())
                                        .properties(request.properties())
                                        .build(),
                                body);

                assertThat(reply.join()).isEqualTo(body);
                assertThat(result.queue().topic()).isEqualTo(EmbeddedRocketMQ.CLUSTER_NAME + "_REPLY_TOPIC");
            }
        }
    }

    private static Message request(String text) {
        return Message.of(TOPIC, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(MessageView view) {
        return new String(view.body(), StandardCharsets.UTF_8);
    }

    private static StoredMessage stored(String text) {
        return rocketMQ.cluster().messages(TOPIC).stream()
                .filter(each -> new String(each.body(), StandardCharsets.UTF_8).equals(text))
                .findFirst()
                .orElseThrow();
    }
}
