package io.mqproducer.spring.transaction;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * A moment until which is waited for several things in turn.
 *
 * @param nanoTime by {@link System#nanoTime}
 */
record Deadline(long nanoTime) {

    static Deadline in(Duration limit) {
        return new Deadline(System.nanoTime() + limit.toNanos());
    }

    /**
     * Waits on a monitor, which the calling thread holds, until it has come about.
     *
     * @param hasComeAbout asked whenever the monitor is notified
     * @return whether it has
     */
    boolean await(Object monitor, BooleanSupplier hasComeAbout) throws InterruptedException {
        while (!hasComeAbout.getAsBoolean()) {
            long millis = (nanoTime - System.nanoTime() + 999_999) / 1_000_000;
            if (millis <= 0) {
                return false;
            }
            monitor.wait(millis);
        }
        return true;
    }
}
