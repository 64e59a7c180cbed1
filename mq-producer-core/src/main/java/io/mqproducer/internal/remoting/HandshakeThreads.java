package io.mqproducer.internal.remoting;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads on which TLS handshakes are prepared and computed: reading certificates and checking those of servers takes
 * its time and may wait for something. Two at most, and gone when idle.
 */
public final class HandshakeThreads implements Executor, AutoCloseable {

    private static final int MAX_THREADS = 2;

    private final ThreadPoolExecutor threads;

    public HandshakeThreads(String producerName) {
        AtomicInteger number = new AtomicInteger();
        threads = new ThreadPoolExecutor(
                MAX_THREADS, MAX_THREADS, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread =
                            new Thread(task, "mq-producer-" + producerName + "-tls-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    @Override
    public void execute(Runnable task) {
        threads.execute(task);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
