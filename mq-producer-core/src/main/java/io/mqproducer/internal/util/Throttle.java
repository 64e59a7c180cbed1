package io.mqproducer.internal.util;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Lets an event through at most once per period, and counts those that it held back. Thread-safe. */
public final class Throttle {

    private final long period;
    private final AtomicLong notBefore;
    private final AtomicLong heldBack = new AtomicLong();

    public Throttle(Duration period) {
        this.period = period.toNanos();
        this.notBefore = new AtomicLong(System.nanoTime());
    }

    /** Whether the event may pass at this point in time, by {@link System#nanoTime}. */
    public boolean permits(long now) {
        long seen = notBefore.get();
        if (now - seen >= 0 && notBefore.compareAndSet(seen, now + period)) {
            return true;
        }
        heldBack.incrementAndGet();
        return false;
    }

    /** How many events were held back since this was last asked. */
    public long takeHeldBack() {
        return heldBack.getAndSet(0);
    }
}
