package io.mqproducer.internal.callback;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.mqproducer.Eventually;
import io.mqproducer.internal.LogCapture;
import io.mqproducer.internal.ManualScheduler;
import io.mqproducer.internal.Threads;
import io.mqproducer.internal.config.ProducerConfig;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Batches with callbacks that block, on the producer's own threads. Each look of the scheduler stands for 20 ms. */
class HeldUpBatchTest {

    private static final int FEW = 2;
    private static final int MAX = 5;
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final ManualScheduler scheduler = new ManualScheduler();
    private final CallbackThreads threads =
            new CallbackThreads("test", new ProducerConfig.Callback(FEW, MAX), scheduler);
    private final Callbacks callbacks = new Callbacks(threads, null);
    private final CountDownLatch blocked = new CountDownLatch(1);

    @AfterEach
    void i9_noThreadIsLeft() throws Exception {
        blocked.countDown();
        threads.close();
        assertThat(threads.awaitEnd(LIMIT)).isTrue();
        assertThat(threads.size()).isZero();
        scheduler.shutdownNow();
    }

    @Test
    void f61_aCallbackThatBlocksHoldsUpNoneOfItsBatch() {
        CompletionChain chain = new CompletionChain(64, CompletionChain.blockingAt(3, blocked));
        callbacks.deliver(chain.first());
        Eventually.await("the one that blocks", LIMIT, () -> chain.delivered().size() == 4);

        look(1);
        assertThat(chain.delivered()).as("seen once").hasSize(4);
        look(1);

        Eventually.await("all others", LIMIT, () -> chain.delivered().size() == 64);
        assertThat(chain.delivered()).isSorted();
        assertThat(blocked.getCount()).as("still blocked").isOne();
        assertThat(threads.size()).isLessThanOrEqualTo(FEW);
    }

    @Test
    void f61_callbacksOfOneBatchThatBlockGetAThreadEachUpToTheLimit() {
        CompletionChain chain = new CompletionChain(MAX + 10, place -> Threads.await(blocked));
        callbacks.deliver(chain.first());

        Eventually.await("the limit", LIMIT, () -> {
            look(1);
            return chain.delivered().size() == MAX;
        });
        look(50);
        assertThat(threads.size()).isEqualTo(MAX);
        assertThat(chain.delivered()).as("at the limit the others wait").hasSize(MAX);

        blocked.countDown();
        Eventually.await("the others", LIMIT, () -> chain.delivered().size() == MAX + 10);
        Eventually.await("the end of the looks", LIMIT, () -> scheduler.runWaiting() == 0);
        assertThat(chain.delivered()).doesNotHaveDuplicates();
    }

    @Test
    void f61_aBatchWhoseCallbackBlocksIsHandedOnAfterTheCloseToo() throws Exception {
        CompletionChain chain = new CompletionChain(64, CompletionChain.blockingAt(0, blocked));
        callbacks.deliver(chain.first());
        Eventually.await("the one that blocks", LIMIT, () -> chain.delivered().size() == 1);

        threads.close();
        look(2);

        Eventually.await("all others", LIMIT, () -> chain.delivered().size() == 64);
        assertThat(blocked.getCount()).as("still blocked").isOne();
        assertThat(threads.awaitEnd(Duration.ofMillis(1))).isFalse();
    }

    @Test
    void i1_whatWaitsBehindBlockedCallbacksOfItsBatchIsRunInTheEnd() {
        try (LogCapture log = new LogCapture(CallbackThreads.class)) {
            AtomicInteger begun = new AtomicInteger();
            for (int batch = 0; batch <= FEW; batch++) {
                boolean blocks = batch < FEW;
                CompletionChain chain = new CompletionChain(64, place -> {
                    begun.incrementAndGet();
                    if (blocks && place == 0) {
                        CompletionChain.awaitUninterrupted(blocked);
                    }
                });
                callbacks.deliver(chain.first());
            }
            Eventually.await("the ones that block", LIMIT, () -> begun.get() == FEW);

            threads.close();
            threads.abandon();

            Eventually.await("all others", LIMIT, () -> begun.get() == (FEW + 1) * 64);
            assertThat(blocked.getCount()).as("still blocked").isOne();
            assertThat(log.messages(Level.WARN)).singleElement().asString().startsWith((FEW + 1) + " callbacks");
        }
    }

    @Test
    void f61_showsWhereACallbackOfABatchHasBeenStuckForASecond() {
        try (LogCapture log = new LogCapture(CallbackThreads.class)) {
            CompletionChain chain = new CompletionChain(64, CompletionChain.blockingAt(3, blocked));
            callbacks.deliver(chain.first());

            Eventually.await("the warning", LIMIT, () -> {
                scheduler.runWaiting();
                return !log.messages(Level.WARN).isEmpty();
            });

            assertThat(log.messages(Level.WARN)).singleElement().asString().contains("CompletionChain");
        }
    }

    @Test
    void nobodyLooksWhenABatchIsThrough() {
        CompletionChain chain = new CompletionChain(64);
        callbacks.deliver(chain.first());
        assertThat(scheduler.waiting()).isOne();

        Eventually.await("the last look", LIMIT, () -> {
            scheduler.runWaiting();
            return scheduler.waiting() == 0;
        });

        assertThat(chain.delivered()).hasSize(64);
    }

    @Test
    void f61_threadsAreNotAddedForABatchThatFindsOneAtOnce() {
        CountDownLatch second = new CountDownLatch(1);
        CompletionChain chain = new CompletionChain(64, place -> {
            if (place == 0) {
                CompletionChain.awaitUninterrupted(blocked);
            } else if (place == 1) {
                Threads.await(second);
            }
        });
        callbacks.deliver(chain.first());
        Eventually.await("the one that blocks", LIMIT, () -> chain.delivered().size() == 1);
        look(2);
        Eventually.await("the second one", LIMIT, () -> chain.delivered().size() == 2);

        look(1);
        assertThat(threads.size()).as("its rest has not waited yet").isEqualTo(FEW);
        second.countDown();

        Eventually.await("all others", LIMIT, () -> chain.delivered().size() == 64);
    }

    private void look(int times) {
        for (int i = 0; i < times; i++) {
            scheduler.runWaiting();
        }
    }
}
