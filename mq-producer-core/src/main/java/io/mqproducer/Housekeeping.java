package io.mqproducer;

import io.mqproducer.internal.util.JoinableThreads;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/** The one thread of a running producer for what is to happen later or again and again. Its tasks wait for nothing. */
final class Housekeeping extends ScheduledThreadPoolExecutor {

    private final JoinableThreads threads;

    private Housekeeping(JoinableThreads threads) {
        super(1, threads);
        this.threads = threads;
        setRemoveOnCancelPolicy(true);
    }

    static Housekeeping of(String producerName) {
        return new Housekeeping(new JoinableThreads(task -> {
            Thread thread = new Thread(task, "mq-producer-" + producerName + "-housekeeping");
            thread.setDaemon(true);
            return thread;
        }));
    }

    /** Drops what is to come, and waits for the thread to be gone. */
    void end(Duration limit) throws InterruptedException {
        shutdownNow();
        threads.join(limit);
    }
}
