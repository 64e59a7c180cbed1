package io.mqproducer.internal.util;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class JoinableThreadsTest {

    @Test
    void waitsUntilTheThreadsOfAnExecutorAreGone() throws InterruptedException {
        for (int i = 0; i < 100; i++) {
            CountDownLatch ran = new CountDownLatch(1);
            Thread[] made = new Thread[1];
            JoinableThreads threads = new JoinableThreads(task -> made[0] = new Thread(task));
            ExecutorService executor = Executors.newSingleThreadExecutor(threads);
            executor.execute(ran::countDown);
            ran.await();

            executor.shutdown();
            threads.join(Duration.ofSeconds(5));

            assertThat(made[0].isAlive()).isFalse();
        }
    }

    @Test
    void waitsNoLongerThanTheLimit() throws InterruptedException {
        CountDownLatch forGood = new CountDownLatch(1);
        JoinableThreads threads = new JoinableThreads(Thread::new);
        Thread busy = threads.newThread(() -> awaitQuietly(forGood));
        busy.start();

        threads.join(Duration.ofMillis(20));

        assertThat(busy.isAlive()).isTrue();
        forGood.countDown();
        threads.join(Duration.ofSeconds(5));
        assertThat(busy.isAlive()).isFalse();
    }

    @Test
    void doesNotWaitForTheThreadThatAsks() throws InterruptedException {
        JoinableThreads threads = new JoinableThreads(Thread::new);
        CountDownLatch joined = new CountDownLatch(1);
        Thread asking = threads.newThread(() -> {
            try {
                threads.join(Duration.ofMinutes(1));
                joined.countDown();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        asking.start();

        asking.join(Duration.ofSeconds(5).toMillis());
        assertThat(joined.getCount()).isZero();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
