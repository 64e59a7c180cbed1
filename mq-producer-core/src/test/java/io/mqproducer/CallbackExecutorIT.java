package io.mqproducer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.message.FailureKind;
import io.mqproducer.test.peer.FakeCluster;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Callbacks on an executor of the application's, good or bad. */
class CallbackExecutorIT {

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
