package io.mqproducer.internal.send;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.mqproducer.Eventually;
import io.mqproducer.internal.LogCapture;
import io.mqproducer.internal.Threads;
import io.mqproducer.internal.config.ProducerConfig;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallbacksTest {

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

            Eventually.await("three callbacks", Duration.ofSeconds(10), () -> ran.size() == 3);
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
