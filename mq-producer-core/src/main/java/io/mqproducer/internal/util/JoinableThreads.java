package io.mqproducer.internal.util;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that a factory has made and that have not ended, so that they can be waited for: an executor calls itself
 * terminated a moment before its last thread is gone. Thread-safe.
 */
public final class JoinableThreads implements ThreadFactory {

    private final ThreadFactory factory;
    private final Set<Thread> made = ConcurrentHashMap.newKeySet();

    public JoinableThreads(ThreadFactory factory) {
        this.factory = factory;
    }

    /** Daemons of one producer, named for it, for what they do, and by number: {@code mq-producer-orders-dns-1}. */
    public static JoinableThreads daemons(String producerName, String what) {
        AtomicInteger number = new AtomicInteger();
        return new JoinableThreads(task -> {
            Thread thread =
                    new Thread(task, "mq-producer-" + producerName + "-" + what + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public Thread newThread(Runnable task) {
        made.removeIf(thread -> thread.getState() == Thread.State.TERMINATED);
        Thread thread = factory.newThread(task);
        made.add(thread);
        return thread;
    }

    /** Waits until all are gone, but for the calling thread if it is one of them, and no longer than the limit. */
    public void join(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        for (Thread thread : made) {
            if (thread != Thread.currentThread()) {
                TimeUnit.NANOSECONDS.timedJoin(thread, end - System.nanoTime());
            }
        }
    }
}
