package io.mqproducer.internal.util;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.internal.Threads;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ThrottleTest {

    private static final long PERIOD = Duration.ofSeconds(30).toNanos();

    private final Throttle throttle = new Throttle(Duration.ofSeconds(30));
    private final long now = System.nanoTime();

    @Test
    void s21_letsTheFirstThroughAndThenOnePerPeriod() {
        assertThat(throttle.permits(now)).isTrue();
        assertThat(throttle.permits(now)).isFalse();
        assertThat(throttle.permits(now + PERIOD - 1)).isFalse();
        assertThat(throttle.permits(now + PERIOD)).isTrue();
        assertThat(throttle.permits(now + PERIOD + 1)).isFalse();
    }

    @Test
    void countsWhatItHeldBackSinceItWasLastAsked() {
        throttle.permits(now);
        IntStream.range(0, 5).forEach(i -> throttle.permits(now));

        assertThat(throttle.takeHeldBack()).isEqualTo(5);
        assertThat(throttle.takeHeldBack()).isZero();
    }

    @Test
    void letsOneOfManyThreadsThrough() {
        AtomicInteger permitted = new AtomicInteger();
        CyclicBarrier start = new CyclicBarrier(4);
        List<Thread> threads = IntStream.range(0, 4)
                .mapToObj(i -> Threads.start("throttled", () -> {
                    for (int round = 0; round < 1000; round++) {
                        Threads.await(start);
                        if (throttle.permits(now + round * PERIOD)) {
                            permitted.incrementAndGet();
                        }
                    }
                }))
                .toList();

        threads.forEach(Threads::join);

        assertThat(permitted).hasValue(1000);
        assertThat(throttle.takeHeldBack()).isEqualTo(3000);
    }
}
