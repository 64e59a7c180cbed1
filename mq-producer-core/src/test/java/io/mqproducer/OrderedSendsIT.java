package io.mqproducer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Message;
import io.mqproducer.message.MessageQueue;
import io.mqproducer.message.QueueTarget;
import io.mqproducer.message.SendOptions;
import io.mqproducer.message.SendResult;
import io.mqproducer.test.peer.FakeCluster;
import io.mqproducer.test.peer.Hold;
import io.mqproducer.test.peer.RecordedMessage;
import io.mqproducer.test.peer.Reply;
import io.mqproducer.test.peer.Request;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Messages with an ordering key: one at a time per key, on one queue. */
class OrderedSendsIT {

    private static final Duration SOON = Duration.ofSeconds(3);

    private final FakeCluster cluster = FakeCluster.start(1);

    @AfterEach
    void closeCluster() {
        cluster.close();
    }

    @Test
    void aKeyHasOneUnresolvedSendAtATime() {
        Hold hold = cluster.broker(0).hold(Probe.SEND_MESSAGE_V2);
        try (ProducerUnderTest put = start()) {
            List<CompletableFuture<SendResult>> futures = send(put, "k", 5);

            for (int i = 0; i < 5; i++) {
                assertThat(texts(hold.await(1, SOON))).containsExactly("k" + i);
                hold.release(0);
                assertThat(futures.get(i)).succeedsWithin(SOON);
            }
        }
        assertThat(cluster.messages()).extracting(RecordedMessage::text).containsExactly("k0", "k1", "k2", "k3", "k4");
        assertThat(cluster.messages()).extracting(RecordedMessage::queueId).containsOnly(queueOf("k"));
        assertThat(cluster.messages()).allMatch(message -> "k".equals(message.property("__SHARDINGKEY")));
    }

    private static int queueOf(String key) {
        return Math.abs(key.hashCode() % 4);
    }

    @Test
    void differentKeysDoNotWaitForEachOther() {
        Hold hold = cluster.broker(0).hold(Probe.SEND_MESSAGE_V2);
        try (ProducerUnderTest put = start()) {
            List<CompletableFuture<SendResult>> all = new ArrayList<>();
            for (String key : List.of("a", "b", "c", "d")) {
                all.addAll(send(put, key, 2));
            }

            assertThat(texts(hold.await(4, SOON))).containsExactlyInAnyOrder("a0", "b0", "c0", "d0");
            hold.end();
            assertThat(all).allSatisfy(future -> assertThat(future).succeedsWithin(SOON));
        }
    }

    @Test
    void theSameKeyOfAnotherTopicIsAnotherKey() {
        Hold hold = cluster.broker(0).hold(Probe.SEND_MESSAGE_V2);
        try (ProducerUnderTest put = start()) {
            send(put, "k", 1);
            CompletableFuture<SendResult> other = put.producer()
                    .sendAsync(Message.builder("T2")
                            .orderingKey("k")
                            .body(new byte[1])
                            .build());

            hold.await(2, SOON);
            hold.end();
            assertThat(other).succeedsWithin(SOON);
        }
    }

    @Test
    void aSuccessorStartsWhenItsPredecessorHasFailed() {
        Hold hold = cluster.broker(0).hold(Probe.SEND_MESSAGE_V2);
        try (ProducerUnderTest put = start()) {
            List<CompletableFuture<SendResult>> futures = send(put, "k", 3);
            hold.await(1, SOON);

            hold.release(0, Reply.code(13, "illegal"));
            assertThat(texts(hold.await(1, SOON))).containsExactly("k1");
            assertThat(futures.get(0)).failsWithin(SOON);
            hold.release(0);
            assertThat(futures.get(1)).succeedsWithin(SOON);
            hold.await(1, SOON);
            hold.end();
            assertThat(futures.get(2)).succeedsWithin(SOON);
        }
    }

    @Test
    void aSuccessorStartsWhenItsPredecessorHasTimedOut() {
        Hold hold = cluster.broker(0).hold(Probe.SEND_MESSAGE_V2);
        try (ProducerUnderTest put = start()) {
            CompletableFuture<SendResult> first = put.producer().sendAsync(ordered("k", "k0"), Probe.within(200));
            CompletableFuture<SendResult> second = put.producer().sendAsync(ordered("k", "k1"), Probe.within(3000));
            hold.await(1, SOON);

            assertThat(texts(hold.await(2, SOON))).containsExactly("k0", "k1");
            assertThat(first).failsWithin(SOON);
            hold.end();
            assertThat(second).succeedsWithin(SOON);
        }
    }

    @Test
    void aSuccessorsOwnDeadlineRunsWhileItWaitsAndLetsNobodyPass() {
        Hold hold = cluster.broker(0).hold(Probe.SEND_MESSAGE_V2);
        try (ProducerUnderTest put = start()) {
            send(put, "k", 1);
            hold.await(1, SOON);
            long start = System.nanoTime();
            CompletableFuture<SendResult> impatient = put.producer().sendAsync(ordered("k", "k1"), Probe.within(200));
            CompletableFuture<SendResult> patient = put.producer().sendAsync(ordered("k", "k2"), Probe.within(3000));

            assertThatThrownBy(() -> impatient.get(2, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOfSatisfying(MessageNotStoredException.class, e -> {
                        assertThat(e.kind()).isEqualTo(FailureKind.TIMEOUT);
                        assertThat(e).hasMessageContaining("waiting for the message before it");
                    });
            Probe.assertEndedAtDeadline(start, 200);
            assertThat(texts(hold.requests())).as("k2 must not pass k0").containsExactly("k0");

            hold.release(0);
            assertThat(texts(hold.await(1, SOON))).containsExactly("k2");
            hold.end();
            assertThat(patient).succeedsWithin(SOON);
        }
        assertThat(cluster.messages()).extracting(RecordedMessage::text).containsExactly("k0", "k2");
    }

    @Test
    void aCancelledSuccessorLetsNobodyPass() {
        Hold hold = cluster.broker(0).hold(Probe.SEND_MESSAGE_V2);
        try (ProducerUnderTest put = start()) {
            List<CompletableFuture<SendResult>> futures = send(put, "k", 3);
            hold.await(1, SOON);

            futures.get(1).cancel(false);
            Eventually.await("room", SOON, () -> put.producer().status().inFlightMessages() == 2);
            assertThat(texts(hold.requests())).containsExactly("k0");

            hold.release(0);
            assertThat(texts(hold.await(1, SOON))).containsExactly("k2");
            hold.end();
            assertThat(futures.get(2)).succeedsWithin(SOON);
        }
    }

    @Test
    void aThousandOfAKeyKeepTheirOrder() {
        try (ProducerUnderTest put = start()) {
            List<CompletableFuture<SendResult>> futures = send(put, "k", 1000);

            assertThat(CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new)))
                    .succeedsWithin(SOON);
        }
        assertThat(cluster.messages())
                .extracting(RecordedMessage::text)
                .containsExactlyElementsOf(
                        IntStream.range(0, 1000).mapToObj(i -> "k" + i).toList());
    }

    @Test
    void aThousandOfAKeyThatAllFailEndWithoutDelay() {
        cluster.broker(0).on(Probe.SEND_MESSAGE_V2, Reply.code(13, "illegal"));
        try (ProducerUnderTest put = start()) {
            List<CompletableFuture<SendResult>> futures = send(put, "k", 1000);

            assertThat(CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new)))
                    .failsWithin(SOON);
            assertThat(futures).allMatch(CompletableFuture::isDone);
        }
    }

    @Test
    void withoutStrictOrderAKeyKeepsItsQueueOnly() {
        Hold hold = cluster.broker(0).hold(Probe.SEND_MESSAGE_V2);
        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers(), b -> b.orderingStrict(false))) {
            List<CompletableFuture<SendResult>> futures = send(put, "k", 3);

            List<Request> held = hold.await(3, SOON);
            assertThat(held).extracting(request -> request.intField("e")).containsOnly(queueOf("k"));
            hold.end();
            assertThat(futures).allSatisfy(future -> assertThat(future).succeedsWithin(SOON));
        }
    }

    @Test
    void aKeyCannotBeCombinedWithAQueue() {
        try (ProducerUnderTest put = start()) {
            SendOptions toQueue = SendOptions.defaults().to(QueueTarget.queue(new MessageQueue("T", "broker-a", 0)));

            assertThatThrownBy(() -> put.producer().send(ordered("k", "x"), toQueue))
                    .isInstanceOfSatisfying(
                            MessageNotStoredException.class,
                            e -> assertThat(e.kind()).isEqualTo(FailureKind.INVALID_MESSAGE));
        }
    }

    private ProducerUnderTest start() {
        return ProducerUnderTest.start(cluster.nameServers());
    }

    private static List<CompletableFuture<SendResult>> send(ProducerUnderTest put, String key, int count) {
        List<CompletableFuture<SendResult>> futures = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            futures.add(put.producer().sendAsync(ordered(key, key + i)));
        }
        return futures;
    }

    private static Message ordered(String key, String text) {
        return Message.builder("T")
                .orderingKey(key)
                .body(text.getBytes(StandardCharsets.UTF_8))
                .build();
    }

    private static List<String> texts(List<Request> requests) {
        return requests.stream().map(Request::text).toList();
    }
}
