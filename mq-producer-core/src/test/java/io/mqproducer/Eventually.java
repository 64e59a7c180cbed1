package io.mqproducer;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what no one tells of: looks again and again, and fails when it has not come in time. */
public final class Eventually {

    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(2);

    private Eventually() {}

    /** Returns how long it took until the condition held. */
    public static Duration await(String what, Duration limit, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > limit.toNanos()) {
                throw new AssertionError("not within " + limit + ": " + what);
            }
            LockSupport.parkNanos(PAUSE);
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
