package io.mqproducer.internal.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import io.mqproducer.Eventually;
import io.mqproducer.internal.LogCapture;
import io.mqproducer.internal.ManualScheduler;
import io.mqproducer.internal.Threads;
import io.mqproducer.internal.config.ProducerConfig;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The scheduler's looks are run by hand: each stands for 20 ms. */
class CallbackThreadsTest {

    private static final int FEW = 2;
    private static final int MAX = 5;
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final ManualScheduler scheduler = new ManualScheduler();
    private final CallbackThreads threads =
            new CallbackThreads("test", new ProducerConfig.Callback(FEW, MAX), scheduler);
    private final CountDownLatch blocked = new CountDownLatch(1);
    private final AtomicInteger done = new AtomicInteger();

    @AfterEach
    void i9_noThreadIsLeft() throws Exception {
        blocked.countDown();
        threads.close();
        assertThat(threads.awaitEnd(LIMIT)).isTrue();
        assertThat(threads.size()).isZero();
        scheduler.shutdownNow();
    }

    @Test
    void hasFewThreadsAsLongAsCallbacksAreQuick() {
        for (int i = 0; i < 1000; i++) {
            threads.execute(done::incrementAndGet);
        }
        eventually("all have run", 1000);

        assertThat(threads.size()).isLessThanOrEqualTo(FEW);
    }

    @Test
    void f61_aCallbackThatWaitsFor20MillisecondsGetsAThread() {
        block(FEW);
        threads.execute(done::incrementAndGet);

        scheduler.runWaiting();
        assertThat(threads.size()).as("seen once").isEqualTo(FEW);
        scheduler.runWaiting();

        eventually("the one that waited has run", 1);
        assertThat(threads.size()).isEqualTo(FEW + 1);
    }

    @Test
    void f61_thereIsOneMorePerLookUpToTheLimit() {
        block(MAX);
        for (int i = 0; i < 100; i++) {
            threads.execute(done::incrementAndGet);
        }

        for (int look = 0; look < 50; look++) {
            scheduler.runWaiting();
        }

        Eventually.await("the limit", LIMIT, () -> threads.size() == MAX);
        assertThat(done).as("all threads are blocked").hasValue(0);
        blocked.countDown();
        eventually("the rest has run", 100);
        assertThat(threads.size()).isLessThanOrEqualTo(MAX);
    }

    @Test
    void itsThreadsAreDaemonsAndCarryItsName() {
        Queue<Thread> seen = new ConcurrentLinkedQueue<>();
        threads.execute(() -> seen.add(Thread.currentThread()));
        Eventually.await("it has run", LIMIT, () -> !seen.isEmpty());

        assertThat(seen).singleElement().satisfies(thread -> {
            assertThat(thread.getName()).isEqualTo("mq-producer-test-callback-1");
            assertThat(thread.isDaemon()).isTrue();
            assertThat(thread).isInstanceOf(CallbackThread.class);
        });
    }

    @Test
    void nobodyLooksWhileThereIsNothingToDo() {
        threads.execute(done::incrementAndGet);
        eventually("it has run", 1);

        Eventually.await("the last look", LIMIT, () -> {
            scheduler.runWaiting();
            return scheduler.waiting() == 0;
        });

        threads.execute(done::incrementAndGet);
        assertThat(scheduler.waiting()).isOne();
    }

    @Test
    void f61_showsWhereACallbackHasBeenStuckForASecondOnceAMinute() {
        try (LogCapture log = new LogCapture(CallbackThreads.class)) {
            block(FEW);

            Eventually.await("the warning", LIMIT, () -> {
                scheduler.runWaiting();
                return !log.messages(Level.WARN).isEmpty();
            });
            IntStream.range(0, 50).forEach(look -> scheduler.runWaiting());

            assertThat(log.messages(Level.WARN))
                    .singleElement()
                    .asString()
                    .contains(
                            "mq-producer-test-callback-",
                            "over a second",
                            "CallbackThreadsTest",
                            "CountDownLatch.await");
        }
    }

    @Test
    void f56_whatACallbackThrowsCostsAtMostItsThread() {
        for (int i = 0; i < 10; i++) {
            threads.execute(() -> {
                Thread.currentThread().setUncaughtExceptionHandler((thread, error) -> {});
                done.incrementAndGet();
                throw new IllegalStateException("callback");
            });
        }

        eventually("all have run", 10);
        threads.execute(done::incrementAndGet);
        eventually("and one more", 11);
    }

    @Test
    void whatWaitsIsStillRunWhenItIsClosed() {
        block(FEW);
        threads.execute(done::incrementAndGet);

        threads.close();
        blocked.countDown();

        eventually("the one that waited has run", 1);
        assertThatThrownBy(() -> threads.execute(done::incrementAndGet)).isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void i9_aStuckCallbackIsInterruptedInTheEnd() throws Exception {
        CountDownLatch forever = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        threads.execute(() -> {
            try {
                done.incrementAndGet();
                forever.await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        });
        eventually("it runs", 1);
        threads.close();
        assertThat(threads.awaitEnd(Duration.ofMillis(10))).isFalse();

        threads.abandon();

        Threads.await(interrupted);
    }

    @Test
    void i1_aCallbackIsRunOnceThoughTheSchedulerIsOver() throws Exception {
        scheduler.refuseFromNowOn();
        Callbacks callbacks = new Callbacks(threads, null);

        callbacks.execute(done::incrementAndGet);
        threads.close();

        assertThat(threads.awaitEnd(LIMIT)).isTrue();
        assertThat(done).hasValue(1);
    }

    @Test
    void knowsItsThreadsAsThoseThatMustNotPark() {
        Callbacks callbacks = new Callbacks(threads, null);
        List<Boolean> answers = new CopyOnWriteArrayList<>();

        callbacks.execute(() -> {
            answers.add(callbacks.onCallbackThread());
            answers.add(callbacks.callerMayWait());
        });

        Eventually.await("it has run", LIMIT, () -> answers.size() == 2);
        assertThat(answers).containsExactly(true, false);
        assertThat(callbacks.onCallbackThread()).isFalse();
        assertThat(callbacks.callerMayWait()).isTrue();
    }

    @Test
    void f61_oneThatComesWhenManyAreBlockedGetsAThreadAtOnce() throws Exception {
        CallbackThreads many = new CallbackThreads("many", new ProducerConfig.Callback(FEW, 64), scheduler);
        CountDownLatch running = new CountDownLatch(40);
        for (int i = 0; i < 40; i++) {
            many.execute(() -> {
                running.countDown();
                Threads.await(blocked);
            });
        }
        Eventually.await("40 blocked callbacks", LIMIT, () -> {
            scheduler.runWaiting();
            return running.getCount() == 0;
        });
        scheduler.runWaiting(); // nothing waits any more

        many.execute(done::incrementAndGet);
        scheduler.runWaiting();
        scheduler.runWaiting();

        Eventually.await("the newcomer", Duration.ofSeconds(2), () -> done.get() == 1);
        assertThat(blocked.getCount()).as("all others are still blocked").isOne();
        blocked.countDown();
        many.close();
        assertThat(many.awaitEnd(LIMIT)).isTrue();
    }

    @Test
    void i1_f60_whatOneThrowsInTheEndLosesNoOther() {
        try (LogCapture log = new LogCapture(CallbackThreads.class)) {
            block(FEW);
            threads.execute(() -> {
                throw new IllegalStateException("callback");
            });
            threads.execute(done::incrementAndGet);

            threads.abandon();

            eventually("the last one", 1);
            assertThat(log.messages(Level.ERROR)).containsExactly("callback failed");
        }
    }

    private void block(int count) {
        AtomicInteger started = new AtomicInteger();
        for (int i = 0; i < count; i++) {
            threads.execute(() -> {
                started.incrementAndGet();
                CompletionChain.awaitUninterrupted(blocked);
            });
        }
        int running = Math.min(count, FEW);
        Eventually.await(running + " blocked callbacks", LIMIT, () -> started.get() == running);
    }

    private void eventually(String what, int count) {
        Eventually.await(what, LIMIT, () -> done.get() == count);
    }
}
