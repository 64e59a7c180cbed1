package io.mqproducer.test.proxy;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * What happens to the bytes of all connections of a {@link TcpProxy} in one direction; nothing, at first. Each method
 * takes effect at once and returns this. Thread-safe.
 */
public final class Toxics {

    private static final long NANOS_PER_SECOND = Duration.ofSeconds(1).toNanos();

    /** A slow line passes pieces of a twentieth of a second, so that it is slow rather than jerky. */
    private static final int PIECES_PER_SECOND = 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Random random = new Random(42);

    // Guarded by lock.
    private long latency;
    private long jitter;
    private long bytesPerSecond = Long.MAX_VALUE;
    private int sliceSize = Integer.MAX_VALUE;
    private long slicePause;
    private long bytesLeft = Long.MAX_VALUE;
    private boolean frozen;
    private boolean swallowing;
    private int clears;

    Toxics() {}

    /** Delays all bytes, and keeps their distances. */
    public Toxics latency(Duration delay) {
        return latency(delay, Duration.ZERO);
    }

    /** Delays all bytes by the delay and up to the jitter more; they stay in order. */
    public Toxics latency(Duration delay, Duration maxJitter) {
        return change(() -> {
            latency = delay.toNanos();
            jitter = maxJitter.toNanos();
        });
    }

    /** Limits each connection to this rate. */
    public Toxics bandwidth(long limitInBytesPerSecond) {
        return change(() -> bytesPerSecond = limitInBytesPerSecond);
    }

    /** Passes each connection's bytes in small pieces with a pause behind each. */
    public Toxics slicer(int size, Duration pause) {
        return change(() -> {
            sliceSize = size;
            slicePause = pause.toNanos();
        });
    }

    /** Stops reading and writing, so that the sender's window fills; nothing is lost. */
    public Toxics freeze() {
        return change(() -> frozen = true);
    }

    public Toxics unfreeze() {
        return change(() -> frozen = false);
    }

    /** Reads and drops everything, even the end of connections, as a line does whose other end is gone without a word. */
    public Toxics swallow() {
        return change(() -> swallowing = true);
    }

    /** Passes this many bytes more, of all connections together, then closes the connection that has the next. */
    public Toxics limitData(long bytes) {
        return change(() -> bytesLeft = bytes);
    }

    /** Ends all of this; pauses end at once, but what was swallowed stays lost. */
    public Toxics clear() {
        return change(() -> {
            latency = 0;
            jitter = 0;
            bytesPerSecond = Long.MAX_VALUE;
            sliceSize = Integer.MAX_VALUE;
            slicePause = 0;
            bytesLeft = Long.MAX_VALUE;
            frozen = false;
            swallowing = false;
            clears++;
        });
    }

    private Toxics change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
            return this;
        } finally {
            lock.unlock();
        }
    }

    /** When bytes read now are to be written. */
    Due due() {
        lock.lock();
        try {
            long delay = latency + (jitter == 0 ? 0 : (long) (random.nextDouble() * jitter));
            return new Due(System.nanoTime() + delay, clears);
        } finally {
            lock.unlock();
        }
    }

    boolean swallows() {
        lock.lock();
        try {
            return swallowing;
        } finally {
            lock.unlock();
        }
    }

    /** Takes up to this many bytes from what may still pass. */
    int take(int wanted) {
        lock.lock();
        try {
            int taken = (int) Math.min(wanted, bytesLeft);
            if (bytesLeft != Long.MAX_VALUE) {
                bytesLeft -= taken;
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** How many of these bytes to write at once. */
    int pieceOf(int available) {
        lock.lock();
        try {
            long piece = Math.max(1, bytesPerSecond / PIECES_PER_SECOND);
            return (int) Math.min(available, Math.min(piece, sliceSize));
        } finally {
            lock.unlock();
        }
    }

    /** Waits as long as a slow line takes to carry the piece. */
    void pauseBefore(int piece) throws InterruptedException {
        pause(() -> bytesPerSecond == Long.MAX_VALUE ? 0 : piece * NANOS_PER_SECOND / bytesPerSecond);
    }

    void pauseAfterSlice() throws InterruptedException {
        pause(() -> slicePause);
    }

    private void pause(LongSupplier nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            await(new Due(System.nanoTime() + nanos.getAsLong(), clears));
        } finally {
            lock.unlock();
        }
    }

    void awaitThawed() throws InterruptedException {
        await(() -> !frozen, Long.MAX_VALUE);
    }

    void await(Due due) throws InterruptedException {
        await(() -> clears != due.clears(), due.nanos() - System.nanoTime());
    }

    private void await(BooleanSupplier condition, long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = nanos;
            while (left > 0 && !condition.getAsBoolean()) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** A time, void as soon as the toxics have been cleared once more. */
    record Due(long nanos, int clears) {}
}
