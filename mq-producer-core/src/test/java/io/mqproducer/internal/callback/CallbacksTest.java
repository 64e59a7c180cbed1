package io.mqproducer.internal.callback;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.mqproducer.Eventually;
import io.mqproducer.internal.LogCapture;
import io.mqproducer.internal.ManualScheduler;
import io.mqproducer.internal.Threads;
import io.mqproducer.internal.config.ProducerConfig;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallbacksTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final List<String> ran = new CopyOnWriteArrayList<>();
    private final ManualScheduler scheduler = new ManualScheduler();
    private final CallbackThreads own = new CallbackThreads("own", new ProducerConfig.Callback(1, 1), scheduler);

    @AfterEach
    void close() {
        own.close();
        scheduler.shutdownNow();
    }

    @Test
    void marksTheThreadOfAForeignExecutorWhileItRunsACallback() {
        Callbacks callbacks = new Callbacks(own, onNewThread());

        callbacks.execute(() -> {
            note(callbacks, "in it");
            assertThat(callbacks.callerMayWait()).isFalse();
        });

        assertThat(ran).containsExactly("in it true");
        assertThat(callbacks.onCallbackThread()).isFalse();
        assertThat(callbacks.callerMayWait()).isTrue();
    }

    @Test
    void theMarkOutlivesACallbackWithinACallback() {
        ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
        Callbacks callbacks = new Callbacks(own, tasks::add);
        callbacks.execute(() -> {
            tasks.remove().run(); // a pool that lends its thread to waiting work
            note(callbacks, "after the inner one");
        });
        callbacks.execute(() -> note(callbacks, "inner"));

        Threads.join(Threads.start("worker", () -> tasks.remove().run()));

        assertThat(ran).containsExactly("inner true", "after the inner one true");
    }

    @Test
    void f56_theMarkIsTakenOffWhenACallbackThrows() {
        ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
        Callbacks callbacks = new Callbacks(own, tasks::add);
        callbacks.execute(() -> {
            throw new IllegalStateException("callback");
        });

        Threads.join(Threads.start("worker", () -> {
            try {
                tasks.remove().run();
            } catch (IllegalStateException expected) {
                note(callbacks, "afterwards");
            }
        }));

        assertThat(ran).containsExactly("afterwards false");
    }

    @Test
    void f58_whatTheExecutorRefusesRunsOnTheProducersOwnThreadsAndIsToldOnce() {
        Callbacks callbacks = new Callbacks(own, CallbacksTest::refuse);

        assertRunsOnOwnThreads(callbacks);
    }

    @Test
    void i8_whatAFullExecutorWouldRunInTheCallingThreadRunsOnTheProducersOwn() {
        Callbacks callbacks = new Callbacks(own, Runnable::run);

        assertRunsOnOwnThreads(callbacks);
    }

    private void assertRunsOnOwnThreads(Callbacks callbacks) {
        try (LogCapture log = new LogCapture(Callbacks.class)) {
            for (int i = 0; i < 3; i++) {
                callbacks.execute(() -> note(callbacks, Thread.currentThread().getName()));
            }

            Eventually.await("three callbacks", LIMIT, () -> ran.size() == 3);
            assertThat(ran).containsOnly("mq-producer-own-callback-1 true");
            assertThat(log.messages(Level.WARN)).singleElement().asString().contains("refuses work");
        }
    }

    @Test
    void f58_nothingIsLostThoughAllExecutorsAreShutDown() {
        CountDownLatch run = new CountDownLatch(1);
        Callbacks callbacks = new Callbacks(own, CallbacksTest::refuse);
        own.close();

        try (LogCapture log = new LogCapture(Callbacks.class)) {
            callbacks.execute(run::countDown);

            Threads.await(run);
            assertThat(log.messages(Level.WARN)).hasSize(1);
        }
    }

    @Test
    void doesNotParkThreadsOfNettyAndReactor() {
        Callbacks callbacks = new Callbacks(own, onNewThread());

        assertThat(mayWait(callbacks, FastThreadLocalThread::new)).isFalse();
        assertThat(mayWait(callbacks, task -> new FastThreadLocalThread(task) {}))
                .as("a subclass")
                .isFalse();
        assertThat(mayWait(callbacks, Thread::new)).isTrue();
    }

    // ---- many at once

    @Test
    void handsManyOverAsFewTasks() {
        List<Runnable> tasks = new ArrayList<>();
        CompletionChain chain = new CompletionChain(2 * 64 + 1);
        Callbacks callbacks = new Callbacks(own, tasks::add);

        callbacks.deliver(chain.first());

        assertThat(tasks).hasSize(3);
        for (int task = 0; task < 3; task++) {
            Threads.join(Threads.start("foreign", tasks.get(task)));
            assertThat(chain.delivered())
                    .hasSize(Math.min((task + 1) * 64, 129))
                    .isSorted();
        }
    }

    @Test
    void deliversASendAloneToo() {
        CompletionChain chain = new CompletionChain(1);

        new Callbacks(own, null).deliver(chain.first());

        Eventually.await("its delivery", LIMIT, () -> chain.delivered().size() == 1);
    }

    @Test
    void aBatchCountsAsCallbacks() {
        Callbacks callbacks = new Callbacks(own, onNewThread());
        CompletionChain chain = new CompletionChain(2, place -> note(callbacks, "in it " + callbacks.callerMayWait()));

        callbacks.deliver(chain.first());

        assertThat(ran).containsExactly("in it false true", "in it false true");
        assertThat(callbacks.onCallbackThread()).isFalse();
    }

    @Test
    void f58_i1_nothingIsLostThoughTheExecutorRefusesHalfWayThroughAChain() {
        AtomicInteger tasks = new AtomicInteger();
        Callbacks callbacks = new Callbacks(own, task -> {
            if (tasks.incrementAndGet() == 2) {
                refuse(task);
            }
            Threads.start("foreign", task);
        });
        CompletionChain chain = new CompletionChain(
                3 * 64, place -> ran.add(Thread.currentThread().getName()));

        try (LogCapture log = new LogCapture(Callbacks.class)) {
            callbacks.deliver(chain.first());

            Eventually.await("all", LIMIT, () -> ran.size() == 3 * 64);
            assertThat(log.messages(Level.WARN)).hasSize(1);
        }
        assertThat(chain.delivered()).doesNotHaveDuplicates();
        assertThat(ran).filteredOn("foreign"::equals).hasSize(2 * 64);
        assertThat(ran).filteredOn("mq-producer-own-callback-1"::equals).hasSize(64);
    }

    @Test
    void i8_aBatchThatWouldRunInTheCallingThreadRunsOnTheProducersOwn() {
        Callbacks callbacks = new Callbacks(own, Runnable::run);
        CompletionChain chain =
                new CompletionChain(100, place -> ran.add(Thread.currentThread().getName()));

        try (LogCapture log = new LogCapture(Callbacks.class)) {
            callbacks.deliver(chain.first());

            Eventually.await("all", LIMIT, () -> ran.size() == 100);
            assertThat(log.messages(Level.WARN)).hasSize(1);
        }
        assertThat(ran).containsOnly("mq-producer-own-callback-1");
    }

    @Test
    void i1_aBatchIsDeliveredThoughAllExecutorsAreShutDown() {
        own.close();
        CompletionChain chain = new CompletionChain(100);

        new Callbacks(own, null).deliver(chain.first());

        Eventually.await("all", LIMIT, () -> chain.delivered().size() == 100);
        assertThat(chain.delivered()).doesNotHaveDuplicates();
    }

    @Test
    void f61_aCallbackOnAForeignExecutorMayWaitForOneBehindItInItsBatch() {
        CountDownLatch sibling = new CountDownLatch(1);
        ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
        Callbacks callbacks = new Callbacks(own, tasks::add);
        CompletionChain chain = new CompletionChain(64, place -> {
            if (place == 0) {
                Threads.await(sibling);
            } else if (place == 63) {
                sibling.countDown();
            }
        });
        callbacks.deliver(chain.first());
        Thread worker = Threads.start("foreign", tasks.remove());
        Threads.awaitParked(worker);

        scheduler.runWaiting();
        scheduler.runWaiting();

        assertThat(tasks).as("the rest is handed on, to the same executor").hasSize(1);
        Threads.join(Threads.start("another", tasks.remove()));
        Threads.join(worker);
        assertThat(chain.delivered()).hasSize(64).doesNotHaveDuplicates();
    }

    private static boolean mayWait(Callbacks callbacks, Function<Runnable, Thread> kind) {
        AtomicBoolean mayWait = new AtomicBoolean();
        Thread thread = kind.apply(() -> mayWait.set(callbacks.callerMayWait()));
        thread.start();
        Threads.join(thread);
        return mayWait.get();
    }

    private void note(Callbacks callbacks, String what) {
        ran.add(what + " " + callbacks.onCallbackThread());
    }

    private static Executor onNewThread() {
        return task -> Threads.join(Threads.start("foreign", task));
    }

    private static void refuse(Runnable task) {
        throw new RejectedExecutionException("shut down");
    }
}
