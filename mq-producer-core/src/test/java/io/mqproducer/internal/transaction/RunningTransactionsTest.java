package io.mqproducer.internal.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.internal.Threads;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RunningTransactionsTest {

    private final RunningTransactions running = new RunningTransactions();

    @Test
    void nobodyWaitsForNothing() {
        assertThat(running.awaitNone(System.nanoTime() - 1)).isTrue();
    }

    @Test
    void theWaitEndsWithTheLastThroughInterrupts() {
        running.begin();
        running.begin();
        boolean[] seen = new boolean[2];
        Thread waiting = Threads.start("waits", () -> {
            Thread.currentThread().interrupt();
            seen[0] = running.awaitNone(System.nanoTime() + TimeUnit.MINUTES.toNanos(1));
            seen[1] = Thread.interrupted();
        });
        running.end();
        assertThat(waiting.isAlive()).isTrue();
        running.end();
        Threads.join(waiting);

        assertThat(seen[0]).as("none left").isTrue();
        assertThat(seen[1]).as("still interrupted").isTrue();
    }

    @Test
    void theWaitEndsInTime() {
        running.begin();

        assertThat(running.awaitNone(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(20)))
                .isFalse();
        assertThat(running.count()).isOne();
    }
}
