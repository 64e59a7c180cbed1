package io.mqproducer.internal.util;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WallClockTest {

    /** Two clocks that are read one after the other, each in whole milliseconds. */
    private static final long TOLERANCE_MILLIS = 2;

    private final WallClock clock = new WallClock();

    @Test
    void agreesWithTheSystemsClock() {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(100);
        while (System.nanoTime() - end < 0) {
            long before = System.currentTimeMillis();
            long told = clock.millisAt(System.nanoTime());
            long after = System.currentTimeMillis();

            assertThat(told).isBetween(before - TOLERANCE_MILLIS, after + TOLERANCE_MILLIS);
        }
    }

    @Test
    void tellsMomentsInTheirOrder() {
        long now = System.nanoTime();
        long moment = clock.millisAt(now);

        assertThat(clock.millisAt(now + TimeUnit.MILLISECONDS.toNanos(3))).isEqualTo(moment + 3);
        assertThat(clock.millisAt(now - TimeUnit.MILLISECONDS.toNanos(5))).isBetween(moment - 6, moment - 4);
    }
}
