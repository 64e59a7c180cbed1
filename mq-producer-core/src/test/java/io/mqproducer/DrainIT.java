package io.mqproducer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqproducer.exception.MQProducerException;
import io.mqproducer.exception.MessageMaybeStoredException;
import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Message;
import io.mqproducer.message.Outcome;
import io.mqproducer.message.SendOptions;
import io.mqproducer.message.SendResult;
import io.mqproducer.spi.SendCallback;
import io.mqproducer.test.peer.FakeCluster;
import io.mqproducer.test.peer.Hold;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What happens to sends when the producer stops. */
class DrainIT {

    private static final int MANY = 10_000;
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final SendOptions LONG = SendOptions.defaults().withTimeout(Duration.ofSeconds(30));

    private final FakeCluster cluster = FakeCluster.start(1);

    @AfterEach
    void closeCluster() {
        cluster.close();
    }

    @Test
    void f68_aCloseLetsTenThousandInFlightBeAcknowledged() throws Exception {
        Hold hold = cluster.broker(0).hold(Probe.SEND_MESSAGE_V2);
        try (ProducerUnderTest put = start(b -> b.backpressureMaxInFlightMessages(MANY))) {
            List<CompletableFuture<SendResult>> futures = sendMany(put.producer());
            hold.await(MANY, SOON);
            Thread closing = new Thread(put.producer()::close);
            closing.start();
            awaitState(put, ProducerStatus.State.STOPPING);
            assertThat(futures).noneMatch(CompletableFuture::isDone);

            hold.end();
            closing.join(10_000);

            assertThat(put.producer().status().state()).isEqualTo(ProducerStatus.State.CLOSED);
            assertThat(futures)
                    .allMatch(CompletableFuture::isDone)
                    .noneMatch(CompletableFuture::isCompletedExceptionally);
            assertThat(put.count(Outcome.ACKED)).isEqualTo(MANY);
        }
        assertThat(cluster.messages()).hasSize(MANY);
    }

    @Test
    void f68_aCloseEndsTenThousandThatGetNoAnswerInTime() {
        Hold hold = cluster.broker(0).hold(Probe.SEND_MESSAGE_V2);
        try (ProducerUnderTest put =
                start(b -> b.backpressureMaxInFlightMessages(MANY).shutdownTimeout(Duration.ofMillis(500)))) {
            List<CompletableFuture<SendResult>> futures = sendMany(put.producer());
            hold.await(MANY, SOON);

            long start = System.nanoTime();
            put.producer().close();

            assertThat(Probe.millisSince(start)).isBetween(500L, 1500L);
            assertThat(futures)
                    .allSatisfy(future -> assertThatThrownBy(future::get)
                            .cause()
                            .isInstanceOfSatisfying(
                                    MessageMaybeStoredException.class,
                                    e -> assertThat(e.kind()).isEqualTo(FailureKind.CLOSED)));
        } finally {
            hold.drop();
        }
    }

    private static List<CompletableFuture<SendResult>> sendMany(MQProducer producer) {
        List<CompletableFuture<SendResult>> futures = new ArrayList<>(MANY);
        for (int i = 0; i < MANY; i++) {
            futures.add(producer.sendAsync(Probe.message(), LONG));
        }
        return futures;
    }

    @Test
    void i9_f68_closeIsIdempotentAndReturnsToEachOfManyThreadsWhenAllIsOver() throws InterruptedException {
        try (ProducerUnderTest put = start(b -> {})) {
            put.producer().send(Probe.message());
            List<ProducerStatus.State> seen = new CopyOnWriteArrayList<>();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                threads.add(new Thread(() -> {
                    put.producer().close();
                    seen.add(put.producer().status().state());
                }));
            }

            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join(5000);
            }

            assertThat(seen).hasSize(8).containsOnly(ProducerStatus.State.CLOSED);
        }
    }

    @Test
    void f69_aSendAfterTheCloseFailsAtOnceInEveryMode() {
        try (ProducerUnderTest put = start(b -> {})) {
            put.producer().send(Probe.message());
            put.producer().close();

            assertRefusedAtOnce(put.producer());
        }
        assertThat(cluster.messages()).hasSize(1);
    }

    @Test
    void f69_aSendWhileItStopsFailsAtOnceInEveryMode() throws InterruptedException {
        Hold hold = cluster.broker(0).hold(Probe.SEND_MESSAGE_V2);
        try (ProducerUnderTest put = start(b -> {})) {
            CompletableFuture<SendResult> first = put.producer().sendAsync(Probe.message());
            hold.await(1, SOON);
            Thread stopping = new Thread(() -> put.producer().stop(SOON));
            stopping.start();
            awaitState(put, ProducerStatus.State.STOPPING);
            Eventually.await("the drain", SOON, () -> isRefused(put.producer()));

            assertRefusedAtOnce(put.producer());

            hold.end();
            stopping.join(5000);
            assertThat(first).isCompleted();
        }
        assertThat(cluster.messages("T")).hasSize(1);
    }

    private static boolean isRefused(MQProducer producer) {
        try {
            producer.sendOneway(Message.of("OTHER", new byte[1]));
            return false;
        } catch (MessageNotStoredException e) {
            return e.kind() == FailureKind.CLOSED;
        }
    }

    /** The best of three, as a busy machine can hold up any of them. */
    private static void assertRefusedAtOnce(MQProducer producer) {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            long start = System.nanoTime();
            assertRefused(producer);
            best = Math.min(best, Probe.millisSince(start));
        }
        assertThat(best).isLessThan(4 * 10);
    }

    private static void assertRefused(MQProducer producer) {
        assertThatThrownBy(() -> producer.send(Probe.message())).satisfies(DrainIT::isClosed);
        assertThatThrownBy(() -> producer.sendOneway(Probe.message())).satisfies(DrainIT::isClosed);
        assertThatThrownBy(() -> producer.sendAsync(Probe.message()).get(1, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .satisfies(DrainIT::isClosed);
        AtomicReference<Throwable> told = new AtomicReference<>();
        producer.sendAsync(Probe.message(), SendOptions.defaults(), new SendCallback() {
            @Override
            public void onSuccess(SendResult result) {
                told.set(new AssertionError(result.toString()));
            }

            @Override
            public void onException(MQProducerException exception) {
                told.set(exception);
                throw new IllegalStateException("of the callback");
            }
        });
        Eventually.await("the callback", SOON, () -> told.get() != null);
        assertThat(told.get()).satisfies(DrainIT::isClosed);
    }

    private static void isClosed(Throwable failure) {
        assertThat(failure)
                .isInstanceOfSatisfying(
                        MessageNotStoredException.class,
                        e -> assertThat(e.kind()).isEqualTo(FailureKind.CLOSED));
    }

    @Test
    void f69_whatWaitsForRoomOrRouteIsDrained() throws Exception {
        Hold answers = cluster.broker(0).hold(Probe.SEND_MESSAGE_V2);
        try (ProducerUnderTest put = start(b -> b.backpressureMaxInFlightMessages(1))) {
            CompletableFuture<SendResult> first = put.producer().sendAsync(Probe.message(), LONG);
            answers.await(1, SOON);
            Hold routes = cluster.nameServer().hold(Probe.GET_ROUTE);
            CompletableFuture<SendResult> parked =
                    inThread(() -> put.producer().send(Message.of("T2", new byte[1]), LONG));
            Eventually.await("the second to be parked", SOON, () -> put.begun() == 2);
            Thread stopping = new Thread(() -> put.producer().stop(SOON));
            stopping.start();
            awaitState(put, ProducerStatus.State.STOPPING);

            answers.end();
            routes.await(1, SOON);
            routes.end();
            stopping.join(10_000);

            assertThat(first).isCompleted();
            assertThat(parked.get(1, TimeUnit.SECONDS)).isNotNull();
        }
        assertThat(cluster.messages("T2")).hasSize(1);
    }

    @Test
    void f69_whatStillWaitsForRoomWhenTheDrainIsOverIsNotStored() {
        Hold answers = cluster.broker(0).hold(Probe.SEND_MESSAGE_V2);
        try (ProducerUnderTest put = start(b -> b.backpressureMaxInFlightMessages(1))) {
            CompletableFuture<SendResult> first = put.producer().sendAsync(Probe.message(), LONG);
            answers.await(1, SOON);
            CompletableFuture<SendResult> parked = inThread(() -> put.producer().send(Probe.message(), LONG));
            Eventually.await("the second to be parked", SOON, () -> put.begun() == 2);

            put.producer().stop(Duration.ofMillis(200));

            assertThatThrownBy(() -> parked.get(1, TimeUnit.SECONDS)).cause().satisfies(DrainIT::isClosed);
            assertThatThrownBy(() -> first.get(1, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOf(MessageMaybeStoredException.class);
        } finally {
            answers.drop();
        }
    }

    @Test
    void f69_whatStillWaitsForARouteWhenTheDrainIsOverIsNotStored() {
        Hold routes = cluster.nameServer().hold(Probe.GET_ROUTE);
        try (ProducerUnderTest put = start(b -> {})) {
            CompletableFuture<SendResult> waiting = put.producer().sendAsync(Probe.message(), LONG);

            put.producer().stop(Duration.ofMillis(200));

            assertThatThrownBy(() -> waiting.get(1, TimeUnit.SECONDS)).cause().satisfies(DrainIT::isClosed);
        } finally {
            routes.drop();
        }
    }

    private static CompletableFuture<SendResult> inThread(Supplier<SendResult> send) {
        return CompletableFuture.supplyAsync(send, task -> new Thread(task).start());
    }

    private static void awaitState(ProducerUnderTest put, ProducerStatus.State state) {
        Eventually.await(state.toString(), SOON, () -> put.producer().status().state() == state);
    }

    private ProducerUnderTest start(Consumer<MQProducerBuilder> settings) {
        return ProducerUnderTest.start(cluster.nameServers(), settings);
    }
}
