package io.mqproducer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.SendOptions;
import io.mqproducer.message.SendResult;
import io.mqproducer.test.peer.FakeCluster;
import io.mqproducer.test.peer.Hold;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Callbacks on an executor of the application's, good or bad. */
class CallbackExecutorIT {

    private static final Duration SOON = Duration.ofSeconds(3);

    private final FakeCluster cluster = FakeCluster.start(1);
    private final ExecutorService pool = Executors.newFixedThreadPool(2, task -> new Thread(task, "app-callback"));

    @AfterEach
    void close() {
        pool.shutdownNow();
        cluster.close();
    }

    @Test
    void i8_runsCallbacksAndIsLeftRunning() throws Exception {
        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers(), b -> b.callbackExecutor(pool))) {
            assertThat(threadOfACallback(put.producer())).isEqualTo("app-callback");
        }
        assertThat(pool.isShutdown()).isFalse();
    }

    @Test
    void f62_itsThreadsFailAtOnceAtTheLimit() throws Exception {
        try (ProducerUnderTest put = ProducerUnderTest.start(
                cluster.nameServers(), b -> b.callbackExecutor(pool).backpressureMaxInFlightMessages(1))) {
            MQProducer producer = put.producer();

            assertThatThrownBy(() -> OnCallback.act(producer, () -> producer.send(Probe.message()))
                            .get(1, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOfSatisfying(
                            MessageNotStoredException.class,
                            e -> assertThat(e.kind()).isEqualTo(FailureKind.BUFFER_FULL));
        }
    }

    @Test
    void f61_aCallbackMayWaitForAnotherThatIsAnsweredTogetherWithItsOwn() {
        Hold held = cluster.broker(0).hold(Probe.SEND_MESSAGE_V2);
        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers(), b -> b.callbackExecutor(pool))) {
            List<CompletableFuture<SendResult>> sends = sendMany(put.producer(), 10, SendOptions.defaults());
            List<CompletableFuture<SendResult>> both = List.of(
                    sends.get(0).thenApply(first -> sends.get(9).join()),
                    sends.get(9).thenApply(last -> sends.get(5).join()));
            held.await(10, SOON);

            held.releaseInOneWrite();

            assertThat(both).allSatisfy(one -> assertThat(one).succeedsWithin(SOON));
        }
    }

    @Test
    void i8_isRefusedIfItRunsTasksInTheCallingThread() {
        MQProducerBuilder builder = MQProducer.builder("PG").callbackExecutor(Runnable::run);

        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("callback executor must not run tasks in the calling thread");
    }

    @Test
    void i8_isRefusedIfItRunsTasksInTheCallingThreadWhenItIsFull() {
        try (Closing full = new Closing(new ThreadPoolExecutor(
                1, 1, 1, TimeUnit.SECONDS, new ArrayBlockingQueue<>(1), new ThreadPoolExecutor.CallerRunsPolicy()))) {
            MQProducerBuilder builder = MQProducer.builder("PG").callbackExecutor(full.pool());

            assertThatThrownBy(builder::build).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void i8_oneThatComesToRunTasksInTheCallingThreadDoesNotGetAnEventLoop() throws Exception {
        AtomicBoolean callerRuns = new AtomicBoolean();
        Executor moody = task -> {
            if (callerRuns.get()) {
                task.run();
            } else {
                pool.execute(task);
            }
        };
        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers(), b -> b.callbackExecutor(moody))) {
            callerRuns.set(true);

            assertThat(threadOfACallback(put.producer())).startsWith("mq-producer-" + put.name() + "-callback-");
        }
    }

    @Test
    void i1_oneThatIsShutDownLosesNoOutcomeAndStallsNothing() throws Exception {
        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers(), b -> b.callbackExecutor(pool))) {
            pool.shutdown();

            assertThat(threadOfACallback(put.producer())).startsWith("mq-producer-" + put.name() + "-callback-");
        }
    }

    @Test
    void i1_oneThatThrowsOnceLosesNoSendThatWaitsForARoute() {
        Hold lookUps = cluster.nameServer().hold(Probe.GET_ROUTE);
        AtomicInteger faults = new AtomicInteger();
        try (ProducerUnderTest put =
                ProducerUnderTest.start(cluster.nameServers(), b -> b.callbackExecutor(throwing(faults)))) {
            faults.set(1);

            assertAllFail(sendMany(put.producer(), 10, Probe.within(200)));
            assertThat(faults).hasValueLessThan(1);
            assertAllFail(sendMany(put.producer(), 10, Probe.within(200)));
            lookUps.end();
            assertThat(put.producer().send(Probe.message())).isNotNull();
            assertThat(put.producer().status().inFlightMessages()).isZero();
        }
    }

    @Test
    void i1_oneThatThrowsOnceLosesNoSendOfAConnectionThatIsLost() {
        Hold held = cluster.broker(0).hold(Probe.SEND_MESSAGE_V2);
        AtomicInteger faults = new AtomicInteger();
        try (ProducerUnderTest put =
                ProducerUnderTest.start(cluster.nameServers(), b -> b.callbackExecutor(throwing(faults)))) {
            List<CompletableFuture<SendResult>> sends =
                    sendMany(put.producer(), 100, Probe.within(30_000).withMaxRetries(0));
            held.await(100, SOON);
            faults.set(1);

            cluster.broker(0).resetConnections();

            assertAllFail(sends);
            assertThat(faults).hasValueLessThan(1);
            held.drop();
            held.end();
            assertThat(put.producer().send(Probe.message())).isNotNull();
        }
    }

    private Executor throwing(AtomicInteger faults) {
        return task -> {
            if (faults.getAndDecrement() > 0) {
                throw new IllegalStateException("busy");
            }
            pool.execute(task);
        };
    }

    private static List<CompletableFuture<SendResult>> sendMany(MQProducer producer, int count, SendOptions options) {
        return IntStream.range(0, count)
                .mapToObj(i -> producer.sendAsync(Probe.message(), options))
                .toList();
    }

    private static void assertAllFail(List<CompletableFuture<SendResult>> sends) {
        Eventually.await("the outcomes", SOON, () -> sends.stream().allMatch(CompletableFuture::isDone));
        assertThat(sends).allMatch(CompletableFuture::isCompletedExceptionally);
    }

    private static String threadOfACallback(MQProducer producer) throws Exception {
        return OnCallback.act(producer, () -> Thread.currentThread().getName()).get(2, TimeUnit.SECONDS);
    }

    private record Closing(ThreadPoolExecutor pool) implements AutoCloseable {

        @Override
        public void close() {
            pool.shutdownNow();
        }
    }
}
