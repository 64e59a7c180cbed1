package io.mqproducer.internal.send;

/** A thread that runs callbacks of the application; it never parks for room in flight, which it may have to make. */
final class CallbackThread extends Thread {

    /** When the callback that runs now began, by {@link System#nanoTime}; {@link #IDLE} if none does. */
    static final long IDLE = 0;

    private volatile long busySince = IDLE;

    private final Object owner;

    /** @param owner whose callbacks it runs */
    CallbackThread(Object owner, Runnable work, String name) {
        super(work, name);
        this.owner = owner;
        setDaemon(true);
    }

    boolean belongsTo(Object one) {
        return owner == one;
    }

    void begin(long now) {
        busySince = now == IDLE ? 1 : now;
    }

    void end() {
        busySince = IDLE;
    }

    long busySince() {
        return busySince;
    }
}
