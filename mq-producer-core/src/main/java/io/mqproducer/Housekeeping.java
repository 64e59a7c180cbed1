package io.mqproducer;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The one thread of a producer for what has to happen at a certain time; started with the first such task. */
final class Housekeeping extends ScheduledThreadPoolExecutor {

    private final AtomicReference<@Nullable Thread> thread;

    Housekeeping(String producerName) {
        this(producerName, new AtomicReference<>());
    }

    private Housekeeping(String producerName, AtomicReference<@Nullable Thread> started) {
        super(1, task -> {
            Thread thread = new Thread(task, "mq-producer-" + producerName + "-housekeeping");
            thread.setDaemon(true);
            started.set(thread);
            return thread;
        });
        this.thread = started;
        setRemoveOnCancelPolicy(true);
    }

    /** Drops all tasks and ends the thread, waiting for it so long at most; true if it has ended. */
    boolean end(Duration limit) throws InterruptedException {
        shutdownNow();
        Thread started = thread.get();
        if (started == null || started == Thread.currentThread()) {
            return true;
        }
        started.join(limit.toMillis());
        return !started.isAlive();
    }
}
