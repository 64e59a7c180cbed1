package io.mqproducer.internal.callback;

import io.mqproducer.internal.config.ProducerConfig;
import io.mqproducer.internal.util.JoinableThreads;
import io.mqproducer.internal.util.Throttle;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The producer's own callback executor: few threads as long as callbacks are quick, one more whenever a callback has
 * waited 20 ms because all are busy, up to a limit. A callback that has been running for a second is shown in the log.
 * Its looks at all that, every 20 ms while there is something to do, also find the batches that slow callbacks hold up.
 */
final class CallbackThreads implements Executor, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(CallbackThreads.class);

    private static final long WATCH_INTERVAL_MILLIS = 20;
    private static final long IDLE_LIMIT_SECONDS = 10;
    private static final long STUCK_AFTER = Duration.ofSeconds(1).toNanos();

    private final int fewThreads;
    private final int maxThreads;
    private final ScheduledExecutorService scheduler;
    private final LinkedBlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
    private final Set<CompletionBatch> unfinished = ConcurrentHashMap.newKeySet();
    private final Set<CallbackThread> threads = ConcurrentHashMap.newKeySet();
    private final JoinableThreads made;
    private final String lastThreadName;
    private final ThreadPoolExecutor pool;
    private final AtomicBoolean watching = new AtomicBoolean();
    private final Throttle stuckLog = new Throttle(Duration.ofMinutes(1));
    private @Nullable Runnable firstAtLastLook; // the scheduler's thread only

    CallbackThreads(String producerName, ProducerConfig.Callback settings, ScheduledExecutorService scheduler) {
        this.fewThreads = settings.threads();
        this.maxThreads = settings.maxThreads();
        this.scheduler = scheduler;
        this.lastThreadName = "mq-producer-" + producerName + "-last-callbacks";
        AtomicInteger number = new AtomicInteger();
        this.made = new JoinableThreads(worker -> new CallbackThread(
                this, () -> work(worker), "mq-producer-" + producerName + "-callback-" + number.incrementAndGet()));
        this.pool = new ThreadPoolExecutor(fewThreads, maxThreads, IDLE_LIMIT_SECONDS, TimeUnit.SECONDS, queue, made) {
            @Override
            protected void beforeExecute(Thread thread, Runnable callback) {
                ((CallbackThread) thread).begin();
            }

            @Override
            protected void afterExecute(Runnable callback, @Nullable Throwable thrown) {
                ((CallbackThread) Thread.currentThread()).end();
            }
        };
        pool.allowCoreThreadTimeOut(true);
    }

    @Override
    public void execute(Runnable callback) {
        pool.execute(callback);
        ensureWatched();
    }

    /** Has an eye on a batch until all of it is taken, whichever executor runs it. */
    void watch(CompletionBatch batch) {
        unfinished.add(batch);
        ensureWatched();
    }

    /**
     * Goes on with what slow callbacks hold up, also between close and end: if that was the end, those who run it already
     * go on with it themselves.
     */
    void goOnWith(Runnable heldUp) {
        queue.add(heldUp);
        pool.prestartCoreThread();
    }

    private void work(Runnable worker) {
        CallbackThread self = (CallbackThread) Thread.currentThread();
        threads.add(self);
        try {
            worker.run();
        } finally {
            threads.remove(self);
        }
    }

    // ---- the watch

    private void ensureWatched() {
        if (!watching.get() && watching.compareAndSet(false, true)) {
            watchLater();
        }
    }

    private void watchLater() {
        try {
            scheduler.schedule(this::lookAround, WATCH_INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) { // the end: the callback is accepted, it must not look refused
            watching.set(false);
        }
    }

    private void lookAround() {
        try {
            lookAtQueue();
            lookAtBatches();
            firstAtLastLook = queue.peek();
            lookAtThreads(System.nanoTime());
        } finally { // even if there was no memory for one more thread
            if (somethingWaits() || pool.getActiveCount() > 0) {
                watchLater();
            } else {
                watching.set(false);
                if (somethingWaits()) { // since a moment ago, and whoever brought it may have seen a watch
                    ensureWatched();
                }
            }
        }
    }

    private boolean somethingWaits() {
        return !queue.isEmpty() || !unfinished.isEmpty();
    }

    private void lookAtQueue() {
        Runnable first = queue.peek();
        if (first == null && pool.getCorePoolSize() != fewThreads) {
            pool.setCorePoolSize(fewThreads);
        } else if (first != null && first == firstAtLastLook) {
            pool.setCorePoolSize(Math.min(maxThreads, Math.max(pool.getCorePoolSize(), pool.getPoolSize()) + 1));
        }
    }

    private void lookAtBatches() {
        unfinished.removeIf(CompletionBatch::isTaken);
        unfinished.forEach(CompletionBatch::look);
    }

    private void lookAtThreads(long now) {
        for (CallbackThread thread : threads) {
            if (thread.busyFor(now) > STUCK_AFTER && stuckLog.permits(now)) {
                StringBuilder stack = new StringBuilder();
                for (StackTraceElement frame : thread.getStackTrace()) {
                    stack.append("\n\tat ").append(frame);
                }
                log.warn(
                        "callback thread {} has been busy with one callback for over a second:{}",
                        thread.getName(),
                        stack);
            }
        }
    }

    /** How many threads there are at this moment. */
    int size() {
        return threads.size();
    }

    /** Takes nothing new; what waits is still run. */
    @Override
    public void close() {
        pool.shutdown();
    }

    /**
     * Interrupts callbacks that are still running: nothing else can end their threads. Those that wait behind them are run
     * by a thread of their own, because no outcome may be lost.
     */
    void abandon() {
        Set<Runnable> waiting = new LinkedHashSet<>(pool.shutdownNow());
        unfinished.stream().filter(batch -> !batch.isTaken()).forEach(waiting::add);
        if (!waiting.isEmpty()) {
            log.warn(
                    "{} callbacks or batches of them still wait for others that block; they run on one more thread",
                    waiting.size());
            executeLast(() -> waiting.forEach(CallbackThreads::runOrLog));
        }
    }

    /** Runs it on a thread of its own; if there can be none, on the calling thread: no outcome may be lost. */
    void executeLast(Runnable callback) {
        try {
            new CallbackThread(this, callback, lastThreadName).start();
        } catch (OutOfMemoryError e) {
            log.error(
                    "no thread can be made for callbacks; one runs on {}",
                    Thread.currentThread().getName(),
                    e);
            runOrLog(callback);
        }
    }

    private static void runOrLog(Runnable callback) {
        try {
            callback.run();
        } catch (Throwable e) { // of one, which is no reason to lose the others
            log.error("callback failed", e);
        }
    }

    /** Waits for the threads to end; true if they did. Not for callback threads themselves. */
    boolean awaitEnd(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        boolean ended = pool.awaitTermination(limit.toNanos(), TimeUnit.NANOSECONDS);
        made.join(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
        return ended;
    }
}
