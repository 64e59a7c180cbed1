package io.mqproducer.test.socket;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** How test servers make their threads, and see them off. */
public final class DaemonThreads {

    private static final long PATIENCE_SECONDS = 10;

    private DaemonThreads() {}

    public static Thread create(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Waits for the thread's end, but not for the own one's. */
    public static void join(Thread thread) {
        if (thread != Thread.currentThread() && !joinWithin(thread, Duration.ofSeconds(PATIENCE_SECONDS))) {
            throw new IllegalStateException(thread.getName() + " does not end");
        }
    }

    /** Whether the thread has ended within this time. */
    public static boolean joinWithin(Thread thread, Duration time) {
        try {
            thread.join(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }

    public static void awaitEnd(ExecutorService executor) {
        try {
            if (!executor.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException(executor + " does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
