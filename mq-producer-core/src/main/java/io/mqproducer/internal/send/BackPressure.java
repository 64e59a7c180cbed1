package io.mqproducer.internal.send;

import io.mqproducer.config.BackPressureMode;
import io.mqproducer.internal.config.ProducerConfig;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Room in flight, by messages and bytes, both in one number so that taking and giving back is one compare-and-set.
 * Senders that may wait do so in the order of their coming; nobody overtakes them. Thread-safe.
 */
final class BackPressure {

    /** What came of asking for room. */
    enum Admission {
        GRANTED,
        /** Granted after a wait. */
        GRANTED_LATE,
        FULL,
        INTERRUPTED,
        CLOSED
    }

    private static final int BYTES_BITS = 40;
    private static final long BYTES_MASK = (1L << BYTES_BITS) - 1;
    private static final long ONE_MESSAGE = 1L << BYTES_BITS;

    private final int maxMessages;
    private final long maxBytes;
    private final boolean mayWait;
    private final AtomicLong taken = new AtomicLong();
    private final Queue<Thread> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiters = new AtomicInteger();
    private volatile @Nullable Thread drainer;
    private volatile boolean closed;

    BackPressure(ProducerConfig.BackPressure settings) {
        this.maxMessages = settings.enabled() ? settings.maxInFlightMessages() : Integer.MAX_VALUE >> 8;
        this.maxBytes = settings.enabled() ? Math.min(settings.maxInFlightSize(), BYTES_MASK) : BYTES_MASK;
        this.mayWait = settings.mode() == BackPressureMode.BLOCK;
    }

    /**
     * Asks for room for one message.
     *
     * @param threadMayWait whether the calling thread may be parked
     * @param deadline how long it may be, by {@link System#nanoTime}
     */
    Admission acquire(int bytes, boolean threadMayWait, long deadline) {
        return acquireRoom(ONE_MESSAGE + bytes, threadMayWait, deadline);
    }

    /**
     * The room that several messages take together. What is more than there is takes all of it, and so goes when nothing
     * else is in flight.
     */
    long roomOf(int messages, long bytes) {
        return Math.min(messages, maxMessages) * ONE_MESSAGE + Math.min(bytes, maxBytes);
    }

    /** As {@link #acquire}, for what {@link #roomOf} says. */
    Admission acquireRoom(long room, boolean threadMayWait, long deadline) {
        if (waiters.get() == 0 && tryAcquire(room)) {
            return Admission.GRANTED;
        }
        return mayWait && threadMayWait ? await(room, deadline) : Admission.FULL;
    }

    /** Takes room for one message if there is some and nobody waits for it already; else {@link #acquire} has to be asked. */
    boolean acquireAtOnce(int bytes) {
        return waiters.get() == 0 && tryAcquire(ONE_MESSAGE + bytes);
    }

    private boolean tryAcquire(long room) {
        while (true) {
            long seen = taken.get();
            if (messages(seen) + messages(room) > maxMessages || bytes(seen) + bytes(room) > maxBytes) {
                return false;
            }
            if (taken.compareAndSet(seen, seen + room)) {
                return true;
            }
        }
    }

    private Admission await(long room, long deadline) {
        Thread self = Thread.currentThread();
        waiters.incrementAndGet();
        waiting.add(self);
        try {
            while (true) {
                if (waiting.peek() == self && tryAcquire(room)) {
                    return Admission.GRANTED_LATE;
                }
                long remaining = deadline - System.nanoTime();
                if (closed) {
                    return Admission.CLOSED;
                }
                if (remaining <= 0) {
                    return Admission.FULL;
                }
                LockSupport.parkNanos(this, remaining);
                if (self.isInterrupted()) {
                    return Admission.INTERRUPTED;
                }
            }
        } finally {
            waiting.remove(self);
            waiters.decrementAndGet(); // after the room was taken, so that the drain sees one or the other
            wakeNext();
            LockSupport.unpark(drainer);
        }
    }

    /** Gives back the room of one message. */
    void release(int bytes) {
        releaseRoom(ONE_MESSAGE + bytes);
    }

    /** Gives back what {@link #acquireRoom} has granted. */
    void releaseRoom(long room) {
        taken.addAndGet(-room);
        if (waiters.get() > 0) {
            wakeNext();
        }
        LockSupport.unpark(drainer);
    }

    private void wakeNext() {
        LockSupport.unpark(waiting.peek());
    }

    int messages() {
        return messages(taken.get());
    }

    long bytes() {
        return bytes(taken.get());
    }

    /**
     * Waits until nothing is in flight and nobody waits to be, through interrupts too: what was accepted is not lost for
     * want of patience. One thread at a time.
     *
     * @param deadline how long to wait, by {@link System#nanoTime}
     * @return whether that came to be
     */
    boolean awaitIdle(long deadline) {
        boolean interrupted = false;
        drainer = Thread.currentThread();
        try {
            while (waiters.get() > 0 || taken.get() != 0) {
                long remaining = deadline - System.nanoTime();
                if (remaining <= 0) {
                    return false;
                }
                LockSupport.parkNanos(this, remaining);
                interrupted |= Thread.interrupted();
            }
            return true;
        } finally {
            drainer = null;
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Turns away those who wait. */
    void close() {
        closed = true;
        waiting.forEach(LockSupport::unpark);
    }

    /** The limits and how far they are used, in words. */
    String describe() {
        long now = taken.get();
        return "in-flight limit reached: " + messages(now) + "/" + maxMessages + " messages, " + bytes(now) + "/"
                + maxBytes + " bytes";
    }

    private static int messages(long value) {
        return (int) (value >>> BYTES_BITS);
    }

    private static long bytes(long value) {
        return value & BYTES_MASK;
    }
}
