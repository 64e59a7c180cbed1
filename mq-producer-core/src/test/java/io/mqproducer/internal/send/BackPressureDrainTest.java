package io.mqproducer.internal.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.config.BackPressureMode;
import io.mqproducer.internal.Threads;
import io.mqproducer.internal.config.ProducerConfig;
import io.mqproducer.internal.send.BackPressure.Admission;
import java.time.Duration;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Who ends the wait of the drain when nobody gives back any room. */
class BackPressureDrainTest {

    private static final int ROUNDS = 300;
    private static final int BYTES = 100;
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(5);

    private final BackPressure room =
            new BackPressure(new ProducerConfig.BackPressure(true, 1, BYTES, BackPressureMode.BLOCK));

    @Test
    void f68_theLastWhoGivesUpWaitingWakesTheDrain() {
        for (int round = 0; round < ROUNDS; round++) {
            long patience = TimeUnit.MICROSECONDS.toNanos(10 * round);
            CyclicBarrier begin = new CyclicBarrier(2);
            AtomicReference<Admission> admission = new AtomicReference<>();
            Thread waiter = Threads.start("waiter", () -> {
                Threads.await(begin);
                admission.set(room.acquire(BYTES + 1, true, System.nanoTime() + patience)); // never fits
            });
            Threads.await(begin);

            assertDrained();

            Threads.join(waiter);
            assertThat(admission).hasValue(Admission.FULL);
        }
    }

    @Test
    void f68_theLastWhoIsInterruptedWhileWaitingWakesTheDrain() {
        for (int round = 0; round < ROUNDS; round++) {
            Thread waiter = Threads.start("waiter", () -> room.acquire(BYTES + 1, true, System.nanoTime() + PATIENCE));
            Threads.awaitParked(waiter);
            Thread interrupter = Threads.start("interrupter", waiter::interrupt);

            assertDrained();

            Threads.join(interrupter);
            Threads.join(waiter);
        }
    }

    private void assertDrained() {
        long start = System.nanoTime();
        assertThat(room.awaitIdle(start + PATIENCE)).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .as("well before its patience is over")
                .isLessThan(Duration.ofSeconds(2));
    }
}
