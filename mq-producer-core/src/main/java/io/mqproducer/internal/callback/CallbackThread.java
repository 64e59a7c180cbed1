package io.mqproducer.internal.callback;

import java.util.concurrent.atomic.AtomicLong;

/** A thread that runs callbacks of the application; it never parks for room in flight, which it may have to make. */
final class CallbackThread extends Thread {

    private static final long IDLE = 0;

    private final Object owner;

    /** Which callback runs now, or {@link #IDLE}; written by this thread, and not worth a fence for each callback. */
    private final AtomicLong current = new AtomicLong(IDLE);

    private long begun; // how many callbacks; this thread only

    // what the watch has seen, its thread only
    private long seen = IDLE;
    private long seenSince;

    /** @param owner whose callbacks it runs */
    CallbackThread(Object owner, Runnable work, String name) {
        super(work, name);
        this.owner = owner;
        setDaemon(true);
    }

    boolean belongsTo(Object one) {
        return owner == one;
    }

    /** Another callback begins. */
    void begin() {
        current.setOpaque(++begun);
    }

    /** There is none to run. */
    void end() {
        current.setOpaque(IDLE);
    }

    /** How long it has been running one callback, as seen by looks of which this is one; of the watch only. */
    long busyFor(long now) {
        long callback = current.getOpaque();
        if (callback == IDLE || callback != seen) {
            seen = callback;
            seenSince = now;
        }
        return now - seenSince;
    }
}
