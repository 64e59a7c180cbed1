package io.mqproducer.internal.remoting;

import io.mqproducer.internal.util.JoinableThreads;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads on which TLS handshakes are prepared and computed: reading certificates and checking those of servers takes
 * its time and may wait for something. Two at most, and gone when idle.
 */
public final class HandshakeThreads implements Executor, AutoCloseable {

    private static final int MAX_THREADS = 2;

    private static final Duration END_LIMIT = Duration.ofMillis(500);

    private final JoinableThreads made;
    private final ThreadPoolExecutor threads;

    public HandshakeThreads(String producerName) {
        made = JoinableThreads.daemons(producerName, "tls");
        threads = new ThreadPoolExecutor(
                MAX_THREADS, MAX_THREADS, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), made);
        threads.allowCoreThreadTimeOut(true);
    }

    @Override
    public void execute(Runnable task) {
        threads.execute(task);
    }

    /** Ends the threads, waiting for them for half a second at most. */
    @Override
    public void close() {
        threads.shutdownNow();
        try {
            made.join(END_LIMIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
