package io.mqproducer.internal.send;

import io.mqproducer.internal.util.JoinableThreads;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Compress what would hold up a caller who does not wait: as many threads as processors, made when there is something to do,
 * gone after 10 s without. Sends that wait for one are in the {@link WaitingRoom} too, which ends them in time, so that what
 * comes to its turn here may have nothing to do any more; room in flight limits how many they are.
 */
final class CompressionThreads implements Executor, AutoCloseable {

    private static final long IDLE_LIMIT_SECONDS = 10;

    private final JoinableThreads made;
    private final ThreadPoolExecutor pool;

    CompressionThreads(String producerName) {
        this.made = JoinableThreads.daemons(producerName, "compress");
        int processors = Runtime.getRuntime().availableProcessors();
        this.pool = new ThreadPoolExecutor(
                processors, processors, IDLE_LIMIT_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), made);
        pool.allowCoreThreadTimeOut(true);
    }

    /** Has it done; by the calling thread if there can be no other. */
    @Override
    public void execute(Runnable compression) {
        try {
            pool.execute(compression);
        } catch (RejectedExecutionException | OutOfMemoryError e) { // closed, or no thread can be made
            compression.run();
        }
    }

    /** Takes nothing new. */
    @Override
    public void close() {
        pool.shutdown();
    }

    /** Waits for the threads to end, once closed. */
    void awaitEnd(Duration limit) throws InterruptedException {
        made.join(limit);
    }
}
