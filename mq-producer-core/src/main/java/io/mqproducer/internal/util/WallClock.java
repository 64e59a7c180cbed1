package io.mqproducer.internal.util;

import java.util.concurrent.TimeUnit;

/**
 * Tells the time of day of a moment that is known by {@link System#nanoTime}, so that a send looks at one clock instead of
 * two. Follows a change of the system's time within 10 ms. Thread-safe.
 */
public final class WallClock {

    private static final long TRUSTED_FOR = TimeUnit.MILLISECONDS.toNanos(10);

    private volatile Reading last = Reading.now();

    /** Both clocks, read together. */
    private record Reading(long nanoTime, long millis) {

        static Reading now() {
            return new Reading(System.nanoTime(), System.currentTimeMillis());
        }
    }

    /** Milliseconds since the epoch, of a moment that is hardly past. */
    public long millisAt(long nanoTime) {
        Reading reading = last;
        if (nanoTime - reading.nanoTime > TRUSTED_FOR) {
            reading = Reading.now();
            last = reading;
        }
        return reading.millis + TimeUnit.NANOSECONDS.toMillis(nanoTime - reading.nanoTime);
    }
}
