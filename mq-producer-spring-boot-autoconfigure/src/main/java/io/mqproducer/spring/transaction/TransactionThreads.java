package io.mqproducer.spring.transaction;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/** Daemon threads that come with work and go after 10 s without. Thread-safe. */
final class TransactionThreads implements AutoCloseable {

    private static final int IDLE_SECONDS = 10;
    private static final int MOST = 16;

    private final ThreadPoolExecutor sends = new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE, // one per producer with messages to send
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            named("mq-producer-after-commit-"));
    private final ThreadPoolExecutor ends = elastic("mq-producer-transaction-end-");
    private final ThreadPoolExecutor outcomes = elastic("mq-producer-transaction-outcome-");

    private static ThreadPoolExecutor elastic(String name) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                MOST, MOST, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), named(name));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static ThreadFactory named(String prefix) {
        CustomizableThreadFactory threads = new CustomizableThreadFactory(prefix);
        threads.setDaemon(true);
        return threads;
    }

    /** For what sends after a commit, and may wait for room in flight; refuses work once closed. */
    Executor forSends() {
        return sends;
    }

    /** For what tells brokers how transactions ended, and waits for their answers; refuses work once closed. */
    Executor forEnds() {
        return ends;
    }

    /** For futures that complete without a send; once closed on the calling thread, because a future must complete. */
    Executor forOutcomes() {
        return task -> {
            try {
                outcomes.execute(task);
            } catch (RejectedExecutionException | OutOfMemoryError e) {
                task.run();
            }
        };
    }

    /** Takes no more work; what there is still runs. */
    @Override
    public void close() {
        sends.shutdown();
        ends.shutdown();
        outcomes.shutdown();
    }
}
