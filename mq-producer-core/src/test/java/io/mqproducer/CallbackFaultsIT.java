package io.mqproducer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqproducer.exception.MQProducerException;
import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.internal.Threads;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Outcome;
import io.mqproducer.message.SendMode;
import io.mqproducer.message.SendOptions;
import io.mqproducer.message.SendResult;
import io.mqproducer.spi.ProducerMetrics;
import io.mqproducer.spi.SendCallback;
import io.mqproducer.test.peer.FakeCluster;
import io.mqproducer.test.peer.Hold;
import io.mqproducer.test.peer.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Callbacks that throw, block, or use the producer that calls them. */
class CallbackFaultsIT {

    private static final Duration SOON = Duration.ofSeconds(2);

    private final FakeCluster cluster = FakeCluster.start(1);

    @AfterEach
    void closeCluster() {
        cluster.close();
    }

    static Stream<Throwable> whatCallbacksThrow() {
        return Stream.of(new IllegalStateException("of the callback"), new AssertionError("of the callback"));
    }

    @ParameterizedTest
    @MethodSource("whatCallbacksThrow")
    void f60_aCallbackThatThrowsIsLoggedOnceAndCounted(Throwable thrown) {
        Counting metrics = new Counting();
        AtomicInteger calls = new AtomicInteger();
        try (LogRecorder log = LogRecorder.of("io.mqproducer.internal.send");
                ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers(), b -> b.metrics(metrics))) {
            cluster.broker(0).on(Probe.SEND_MESSAGE_V2, Reply.code(13, "illegal"));

            put.producer().sendAsync(Probe.message(), SendOptions.defaults(), new Throwing(thrown, calls));

            Eventually.await("the callback's failure", SOON, () -> metrics.callbackFailures.get() > 0);
            assertThat(calls).hasValue(1);
            assertThat(log.lines())
                    .singleElement()
                    .satisfies(line -> assertThat(line).containsPattern("message [0-9A-F]{32} of topic T"));
        }
        assertThat(metrics.callbackFailures).hasValue(1);
    }

    @ParameterizedTest
    @MethodSource("whatCallbacksThrow")
    void f60_aCallbackThatThrowsOnSuccessIsNotToldOfAFailure(Throwable thrown) {
        Counting metrics = new Counting();
        AtomicInteger calls = new AtomicInteger();
        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers(), b -> b.metrics(metrics))) {
            put.producer().sendAsync(Probe.message(), SendOptions.defaults(), new Throwing(thrown, calls));

            Eventually.await("the callback's failure", SOON, () -> metrics.callbackFailures.get() > 0);
            assertThat(put.producer().send(Probe.message())).isNotNull();
            assertThat(calls).hasValue(1);
            assertThat(put.count(Outcome.ACKED)).isEqualTo(2);
        }
    }

    @Test
    void metricsThatThrowHarmNoSend() throws Exception {
        try (LogRecorder log = LogRecorder.of("io.mqproducer.GuardedMetrics");
                ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers(), b -> b.metrics(new Broken()))) {
            assertThat(put.producer().send(Probe.message())).isNotNull();
            assertThat(put.producer().sendAsync(Probe.message()).get(2, TimeUnit.SECONDS))
                    .isNotNull();
            assertThat(log.lines()).hasSize(1);
        }
    }

    @Test
    void f61_callbacksThatBlockDelayNobodyBelowTheLimitOfThreads() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (ProducerUnderTest put = ProducerUnderTest.start(
                cluster.nameServers(), b -> b.callbackThreads(2).callbackMaxThreads(8))) {
            MQProducer producer = put.producer();
            CountDownLatch blocked = new CountDownLatch(7);
            for (int i = 0; i < 7; i++) {
                OnCallback.act(producer, () -> {
                    blocked.countDown();
                    return end.await(10, TimeUnit.SECONDS);
                });
            }
            assertThat(blocked.await(2, TimeUnit.SECONDS)).isTrue();

            assertThat(producer.sendAsync(Probe.message()).get(1, TimeUnit.SECONDS))
                    .isNotNull();
            assertThat(producer.send(Probe.message(), Probe.within(1000))).isNotNull();
            assertTimesOut(producer);

            end.countDown();
        }
    }

    private void assertTimesOut(MQProducer producer) {
        Hold hold = cluster.broker(0).hold(Probe.SEND_MESSAGE_V2);
        long start = System.nanoTime();
        assertThatThrownBy(() -> producer.send(Probe.message(), Probe.within(300)))
                .isInstanceOf(MQProducerException.class);
        Probe.assertEndedAtDeadline(start, 300);
        start = System.nanoTime();
        CompletableFuture<SendResult> late = producer.sendAsync(Probe.message(), Probe.within(300));
        assertThatThrownBy(() -> late.get(2, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
        Probe.assertEndedAtDeadline(start, 300);
        hold.drop();
    }

    @Test
    void f61_callbacksThatBlockDelayNobodyWhoIsAnsweredTogetherWithThem() {
        CountDownLatch end = new CountDownLatch(1);
        Hold held = cluster.broker(0).hold(Probe.SEND_MESSAGE_V2);
        try (ProducerUnderTest put = ProducerUnderTest.start(
                cluster.nameServers(), b -> b.callbackThreads(2).callbackMaxThreads(8))) {
            AtomicInteger told = new AtomicInteger();
            for (int i = 0; i < 200; i++) {
                boolean blocks = i % 40 == 3;
                put.producer().sendAsync(Probe.message()).whenComplete((result, failure) -> {
                    told.incrementAndGet();
                    if (blocks) {
                        Threads.await(end);
                    }
                });
            }
            held.await(200, SOON);

            held.releaseInOneWrite();

            Eventually.await("all others", Duration.ofSeconds(1), () -> told.get() == 200);
            assertThat(put.producer().status().inFlightMessages()).as("blocked").isEqualTo(5);
            end.countDown();
        }
    }

    @Test
    void f61_atTheLimitFuturesWaitAndSyncSendsDoNot() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (ProducerUnderTest put = ProducerUnderTest.start(
                cluster.nameServers(), b -> b.callbackThreads(1).callbackMaxThreads(2))) {
            MQProducer producer = put.producer();
            CountDownLatch blocked = new CountDownLatch(2);
            for (int i = 0; i < 2; i++) {
                OnCallback.act(producer, () -> {
                    blocked.countDown();
                    return end.await(10, TimeUnit.SECONDS);
                });
            }
            assertThat(blocked.await(2, TimeUnit.SECONDS)).isTrue();
            CompletableFuture<SendResult> queued = producer.sendAsync(Probe.message());
            cluster.awaitMessages("T", 3, SOON);

            for (int i = 0; i < 20; i++) {
                assertThat(producer.send(Probe.message(), Probe.within(1000))).isNotNull();
            }
            assertThatThrownBy(() -> queued.get(50, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);

            end.countDown();
            assertThat(queued.get(1, TimeUnit.SECONDS)).isNotNull();
        }
    }

    @Test
    void f62_aCallbackMaySendAndWaitForItsOwnSends() throws Exception {
        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            MQProducer producer = put.producer();
            List<CompletableFuture<SendResult>> all = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                all.add(OnCallback.act(producer, () -> {
                    producer.send(Probe.message());
                    return producer.sendAsync(Probe.message()).join();
                }));
            }

            for (CompletableFuture<SendResult> one : all) {
                assertThat(one.get(2, TimeUnit.SECONDS)).isNotNull();
            }
            assertThat(cluster.messages()).hasSize(24);
        }
    }

    @Test
    void f62_aCallbackThatSendsAtTheLimitFailsAtOnce() throws Exception {
        try (ProducerUnderTest put =
                ProducerUnderTest.start(cluster.nameServers(), b -> b.backpressureMaxInFlightMessages(1))) {
            MQProducer producer = put.producer();

            CompletableFuture<Long> refusedAfter = OnCallback.act(producer, () -> {
                long start = System.nanoTime(); // the send that this callback belongs to is still in flight
                assertThatThrownBy(() -> producer.send(Probe.message()))
                        .isInstanceOfSatisfying(
                                MessageNotStoredException.class,
                                e -> assertThat(e.kind()).isEqualTo(FailureKind.BUFFER_FULL));
                return Probe.millisSince(start);
            });

            assertThat(refusedAfter.get(2, TimeUnit.SECONDS)).isLessThan(Probe.SLACK_MILLIS);
        }
    }

    @Test
    void f62_aCallbackMayCloseTheProducer() throws Exception {
        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            CompletableFuture<Long> closed = OnCallback.act(put.producer(), () -> {
                long start = System.nanoTime();
                put.producer().close();
                return Probe.millisSince(start);
            });

            assertThat(closed.get(2, TimeUnit.SECONDS)).isLessThan(Probe.SLACK_MILLIS);
            Eventually.await("the end", SOON, () -> put.producer().status().state() == ProducerStatus.State.CLOSED);
        }
    }

    /** Throws whatever it is told. */
    private record Throwing(Throwable thrown, AtomicInteger calls) implements SendCallback {

        @Override
        public void onSuccess(SendResult result) {
            fail();
        }

        @Override
        public void onException(MQProducerException exception) {
            fail();
        }

        private void fail() {
            calls.incrementAndGet();
            if (thrown instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) thrown;
        }
    }

    /** Counts callbacks that throw. */
    private static final class Counting implements ProducerMetrics {

        private final AtomicInteger callbackFailures = new AtomicInteger();

        @Override
        public void callbackFailed() {
            callbackFailures.incrementAndGet();
        }
    }

    /** Throws whenever it is to take a measurement. */
    private static final class Broken implements ProducerMetrics {

        @Override
        public void messageSize(String topic, int bytes) {
            throw new AssertionError("of the metrics");
        }

        @Override
        public void attemptCompleted(String brokerName, int responseCode, long nanos) {
            throw new AssertionError("of the metrics");
        }

        @Override
        public void sendCompleted(
                String topic, SendMode mode, Outcome outcome, @Nullable FailureKind kind, long nanos) {
            throw new AssertionError("of the metrics");
        }
    }
}
