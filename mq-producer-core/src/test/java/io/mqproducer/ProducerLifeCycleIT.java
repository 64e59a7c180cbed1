package io.mqproducer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.exception.RequestFailedException;
import io.mqproducer.internal.Threads;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.SendResult;
import io.mqproducer.test.peer.FakeCluster;
import io.mqproducer.test.peer.Hold;
import io.mqproducer.test.peer.Reply;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Starts and stops in every order. */
class ProducerLifeCycleIT {

    private static final Duration SOON = Duration.ofSeconds(3);

    private final FakeCluster cluster = FakeCluster.start(1);

    @AfterEach
    void closeCluster() {
        cluster.close();
    }

    @Test
    void f70_aProducerThatNeverStartedCanBeClosed() {
        try (ProducerUnderTest put = created()) {
            put.producer().close();

            assertThat(state(put)).isEqualTo(ProducerStatus.State.CLOSED);
            assertThat(cluster.nameServer().connections().accepted()).isZero();
        }
    }

    @Test
    void f70_stoppingWhatNeverStartedChangesNothing() {
        try (ProducerUnderTest put = created()) {
            put.producer().stop(Duration.ZERO);

            assertThat(state(put)).isEqualTo(ProducerStatus.State.NEW);
            put.producer().send(Probe.message());
        }
    }

    @Test
    void f70_startingTwiceIsStartingOnce() {
        try (ProducerUnderTest put = created()) {
            put.producer().start();
            put.producer().start();
            put.producer().send(Probe.message());

            assertThat(cluster.broker(0).connections().accepted()).isEqualTo(1);
            assertThat(cluster.nameServer().connections().accepted()).isEqualTo(1);
        }
    }

    @Test
    void f70_aClosedProducerCannotBeStarted() {
        try (ProducerUnderTest put = created()) {
            put.producer().start();
            put.producer().close();

            assertThatThrownBy(() -> put.producer().start())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("producer is closed");
        }
    }

    @Test
    void f70_sixteenThreadsStartOne() throws InterruptedException {
        try (ProducerUnderTest put = created()) {
            CountDownLatch go = new CountDownLatch(1);
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                Runnable start = i % 2 == 0
                        ? put.producer()::start
                        : () -> put.producer().send(Probe.message());
                threads.add(new Thread(() -> {
                    awaitUninterrupted(go);
                    start.run();
                }));
            }
            threads.forEach(Thread::start);

            go.countDown();
            for (Thread thread : threads) {
                thread.join(5000);
            }

            assertThat(cluster.messages()).hasSize(8);
            assertThat(cluster.nameServer().connections().accepted()).isEqualTo(1);
            assertThat(put.threads())
                    .filteredOn(name -> name.contains("-housekeeping"))
                    .hasSize(1);
        }
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void f70_aStartThatFailsLeavesNothingAndMayBeRepeated() {
        cluster.nameServer().stopListening();
        try (ProducerUnderTest put = ProducerUnderTest.create(cluster.nameServers(), b -> b.failFast(true))) {
            assertThatThrownBy(() -> put.producer().start())
                    .isInstanceOfSatisfying(
                            RequestFailedException.class,
                            e -> assertThat(e.kind()).isEqualTo(FailureKind.NAME_SERVER_UNAVAILABLE));
            assertThat(put.threads()).isEmpty();
            assertThat(state(put)).isEqualTo(ProducerStatus.State.STOPPED);

            cluster.nameServer().listenAgain();
            put.producer().start();
            put.producer().send(Probe.message());
        }
    }

    @ParameterizedTest
    @EnumSource(SendVia.class)
    void f70_aSendThatStartsAProducerWaitsForNoServerButUntilItsDeadline(SendVia via) {
        cluster.nameServer().stopListening();
        try (ProducerUnderTest put = ProducerUnderTest.create(cluster.nameServers(), b -> b.failFast(true))) {
            long start = System.nanoTime();
            assertThatThrownBy(() -> via.send(put.producer(), Probe.message(), Probe.within(300)))
                    .isInstanceOfSatisfying(
                            MessageNotStoredException.class,
                            e -> assertThat(e.kind()).isEqualTo(FailureKind.NAME_SERVER_UNAVAILABLE));
            Probe.assertEndedAtDeadline(start, 300);

            cluster.nameServer().listenAgain();
            assertThat(put.producer().send(Probe.message())).isNotNull();
        }
    }

    @Test
    void f70_aStoppedProducerIsStartedByStartOnly() throws InterruptedException {
        try (ProducerUnderTest put = created()) {
            put.producer().send(Probe.message());
            put.producer().stop(SOON);

            assertThat(state(put)).isEqualTo(ProducerStatus.State.STOPPED);
            assertThatThrownBy(() -> put.producer().send(Probe.message()))
                    .isInstanceOfSatisfying(
                            MessageNotStoredException.class,
                            e -> assertThat(e.kind()).isEqualTo(FailureKind.CLOSED));
            assertThatThrownBy(() -> put.producer().sendAsync(Probe.message()).get(1, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class);

            put.producer().start();
            assertThat(put.producer().send(Probe.message())).isNotNull();
        }
    }

    @Test
    void f70_twentyLivesLeaveNothingBehind() throws Exception {
        try (ProducerUnderTest put = created()) {
            for (int i = 0; i < 20; i++) {
                put.producer().start();
                put.producer().send(Probe.message());
                put.producer().sendAsync(Probe.message()).get(2, TimeUnit.SECONDS);

                put.producer().stop(SOON);

                assertThat(put.threads()).isEmpty();
            }
            cluster.broker(0).awaitOpenConnections(0, SOON);
            cluster.nameServer().awaitOpenConnections(0, SOON);
        }
        assertThat(cluster.messages()).hasSize(40);
    }

    // ---- a name server that is mute

    @Test
    void f70_theFirstSendWaitsForNoContactAndHoldsUpNoClose() throws Exception {
        Probe.warmUp();
        cluster.nameServer().on(Probe.GET_ROUTE, Reply.never());
        try (ProducerUnderTest put = failFast()) {
            long start = System.nanoTime();
            CompletableFuture<SendResult> send = put.producer().sendAsync(Probe.message(), Probe.within(5000));
            assertThat(Probe.millisSince(start)).as("ms to send").isLessThan(100);

            put.producer().close();

            assertThat(Probe.millisSince(start)).as("ms to close").isLessThan(700);
            assertThatThrownBy(() -> send.get(1, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOfSatisfying(
                            MessageNotStoredException.class,
                            e -> assertThat(e.kind()).isEqualTo(FailureKind.CLOSED));
        }
    }

    @Test
    void f70_aStartThatWaitsForContactHoldsUpNoSendAndMayBeRepeatedWhenItHasFailed() throws Exception {
        Probe.warmUp();
        Hold lookUps = cluster.nameServer().hold(Probe.GET_ROUTE);
        try (ProducerUnderTest put = failFast()) {
            CompletableFuture<Void> starting = CompletableFuture.runAsync(put.producer()::start, inThread());
            lookUps.await(1, SOON);
            long start = System.nanoTime();
            CompletableFuture<SendResult> send = put.producer().sendAsync(Probe.message(), Probe.within(200));
            assertThat(Probe.millisSince(start)).as("ms to send").isLessThan(100);

            assertThat(send).failsWithin(Duration.ofMillis(600));
            assertThat(starting).as("the start goes on").isNotDone();
            assertThatThrownBy(() -> starting.get(3, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOf(RequestFailedException.class);
            assertThat(state(put)).isEqualTo(ProducerStatus.State.STOPPED);
            assertThat(put.threads()).isEmpty();

            lookUps.end();
            put.producer().start();
            assertThat(put.producer().send(Probe.message())).isNotNull();
        }
    }

    @Test
    void f70_aStartThatWaitsForContactHoldsUpNoClose() {
        Hold lookUps = cluster.nameServer().hold(Probe.GET_ROUTE);
        try (ProducerUnderTest put = failFast()) {
            CompletableFuture<Void> starting = CompletableFuture.runAsync(put.producer()::start, inThread());
            lookUps.await(1, SOON);

            long start = System.nanoTime();
            put.producer().close();

            assertThat(Probe.millisSince(start)).isLessThan(700);
            assertThat(state(put)).isEqualTo(ProducerStatus.State.CLOSED);
            assertThat(starting).failsWithin(SOON);
        }
    }

    private static Executor inThread() {
        return task -> Threads.start("starter", task);
    }

    private ProducerUnderTest failFast() {
        return ProducerUnderTest.create(
                cluster.nameServers(), b -> b.failFast(true).shutdownTimeout(Duration.ofMillis(100)));
    }

    // ---- absurd times to drain

    static Stream<Duration> f70_aStopMayBeGivenAnyTime() {
        return Stream.of(
                ChronoUnit.FOREVER.getDuration(),
                ChronoUnit.FOREVER.getDuration().negated(),
                Duration.ofMillis(-1));
    }

    @ParameterizedTest
    @MethodSource
    void f70_aStopMayBeGivenAnyTime(Duration drain) {
        try (ProducerUnderTest put = created()) {
            put.producer().send(Probe.message());

            put.producer().stop(drain);

            assertThat(state(put)).isEqualTo(ProducerStatus.State.STOPPED);
            assertThat(put.threads()).isEmpty();
        }
    }

    private ProducerUnderTest created() {
        return ProducerUnderTest.create(cluster.nameServers(), b -> {});
    }

    private static ProducerStatus.State state(ProducerUnderTest put) {
        return put.producer().status().state();
    }
}
