package io.mqproducer.internal.callback;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.mqproducer.internal.LogCapture;
import io.mqproducer.internal.Threads;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CompletionBatchTest {

    private static final int SIZE = CompletionBatch.LIMIT;
    private static final List<Integer> ALL = IntStream.range(0, SIZE).boxed().toList();

    private final List<Runnable> submitted = new ArrayList<>();

    @Test
    void deliversOneSendAfterTheOtherInOrder() {
        CompletionChain chain = new CompletionChain(SIZE);
        CompletionBatch batch = batch(chain);
        assertThat(batch.isTaken()).isFalse();

        batch.run();

        assertThat(chain.delivered()).isEqualTo(ALL);
        assertThat(batch.isTaken()).isTrue();
        batch.run();
        assertThat(chain.delivered()).as("run once more").hasSize(SIZE);
    }

    @Test
    void noDeliveredSendKeepsTheNextOneAlive() {
        CompletionChain chain = new CompletionChain(SIZE);

        batch(chain).run();

        assertThat(ALL).allSatisfy(place -> assertThat(chain.at(place).next()).isNull());
    }

    @Test
    void isCutOffBehindTheLastOfManySends() {
        CompletionChain chain = new CompletionChain(2 * SIZE + 1);

        Completion second = CompletionBatch.cut(chain.first());
        Completion third = CompletionBatch.cut(chain.at(SIZE));

        assertThat(second).isSameAs(chain.at(SIZE));
        assertThat(third).isSameAs(chain.at(2 * SIZE));
        assertThat(CompletionBatch.cut(chain.at(2 * SIZE))).isNull();
        batch(chain).run();
        assertThat(chain.delivered()).isEqualTo(ALL);
    }

    @Test
    void i1_eachSendIsDeliveredExactlyOnceThoughThreadsRunTheBatchAtTheSameTime() {
        Race race = new Race(10_000);

        List<Thread> runners = IntStream.range(0, Race.RUNNERS)
                .mapToObj(i -> Threads.start("runner", race))
                .toList();

        runners.forEach(Threads::join);
        assertThat(race.wrong).isEmpty();
        assertThat(race.shares).as("rounds in which both had a share").hasValueGreaterThan(race.rounds + 100);
    }

    /** Runs batch after batch, each by two threads that begin at the same moment. */
    private final class Race implements Runnable {

        private static final int RUNNERS = 2;

        private final int rounds;
        private final CyclicBarrier together = new CyclicBarrier(RUNNERS, this::prepare);
        private final Map<Thread, Integer> last = new ConcurrentHashMap<>();
        private final AtomicInteger shares = new AtomicInteger();
        private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
        private volatile @Nullable CompletionChain chain;
        private volatile @Nullable CompletionBatch batch;

        Race(int rounds) {
            this.rounds = rounds;
        }

        /** Looks what came of one round and begins the next; nobody runs meanwhile. */
        private void prepare() {
            CompletionChain over = chain;
            if (over != null && !over.delivered().stream().sorted().toList().equals(ALL)) {
                wrong.add("delivered: " + over.delivered());
            }
            CompletionChain next = new CompletionChain(SIZE, this::delivered);
            chain = next;
            batch = batch(next);
        }

        private void delivered(int place) {
            Integer before = last.put(Thread.currentThread(), place);
            if (before == null || before >= place) {
                wrong.add("out of order: " + place + " after " + before);
            }
            if (place % 8 == 0) {
                Thread.yield(); // else one thread is often through before the other one wakes up
            }
        }

        @Override
        public void run() {
            Thread self = Thread.currentThread();
            for (int i = 0; i < rounds; i++) {
                last.put(self, -1);
                Threads.await(together);
                Objects.requireNonNull(batch).run();
                shares.addAndGet(last.get(self) >= 0 ? 1 : 0);
            }
            Threads.await(together); // looks at the last round, too
        }
    }

    @Test
    void f60_whatACallbackThrowsLosesNobodyAndIsLoggedOnce() {
        AssertionError error = new AssertionError("of two callbacks");
        CompletionChain chain = new CompletionChain(SIZE, place -> {
            if (place == 5 || place == 7) {
                throw error;
            }
            if (place == 6) {
                throw CompletionBatchTest.<RuntimeException>sneaky(new Exception("checked, as in Kotlin"));
            }
        });

        try (LogCapture log = new LogCapture(CompletionBatch.class)) {
            batch(chain).run();

            assertThat(log.messages(Level.ERROR)).hasSize(1);
        }
        assertThat(chain.delivered()).isEqualTo(ALL);
        assertThat(error.getSuppressed()).singleElement().asString().contains("checked, as in Kotlin");
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T sneaky(Exception checked) throws T {
        throw (T) checked;
    }

    @Test
    void anInterruptThatACallbackLeavesBehindIsForTheExecutorAndNotForTheNextCallback() {
        List<Integer> foundInterrupted = new ArrayList<>();
        CompletionChain chain = new CompletionChain(SIZE, place -> {
            if (Thread.currentThread().isInterrupted()) {
                foundInterrupted.add(place);
            }
            if (place == 3) {
                Thread.currentThread().interrupt();
            }
        });

        batch(chain).run();

        assertThat(Thread.interrupted()).as("afterwards").isTrue();
        assertThat(foundInterrupted).isEmpty();
    }

    @Test
    void leavesAThreadUninterruptedThatWasNotInterrupted() {
        batch(new CompletionChain(SIZE)).run();

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void f61_isSubmittedAgainWhenSendsHaveWaitedFromOneLookToTheOther() {
        CountDownLatch open = new CountDownLatch(1);
        CompletionChain chain = new CompletionChain(SIZE, place -> {
            if (place == 1 || place == 4) {
                Threads.await(open);
            }
        });
        CompletionBatch batch = batch(chain);
        look(batch, 3);
        assertThat(submitted).as("nobody has begun").isEmpty();

        Thread first = Threads.start("first", batch);
        Threads.awaitParked(first);
        look(batch, 1);
        assertThat(submitted).as("seen once").isEmpty();
        look(batch, 1);
        assertThat(submitted).as("seen twice").containsExactly(batch);
        look(batch, 5);
        assertThat(submitted).as("waits for a thread").hasSize(1);

        Thread second = Threads.start("second", batch);
        Threads.awaitParked(second);
        assertThat(chain.delivered()).as("both are blocked").hasSize(5);
        look(batch, 5);
        assertThat(submitted).as("held up by another one").hasSize(2);

        batch.run();
        look(batch, 5);
        assertThat(submitted).as("all of it is taken").hasSize(2);
        assertThat(chain.delivered()).isEqualTo(ALL);
        open.countDown();
        Threads.join(first);
        Threads.join(second);
        assertThat(chain.delivered()).hasSize(SIZE);
    }

    @Test
    void f61_isSubmittedAgainThoughItMovesIfItIsSlow() {
        CompletionBatch[] batch = new CompletionBatch[1];
        CompletionChain chain = new CompletionChain(SIZE, place -> look(batch[0], place == 3 || place == 6 ? 1 : 0));
        batch[0] = batch(chain);

        batch[0].run();

        assertThat(submitted).hasSize(1);
    }

    @Test
    void isNotSubmittedAgainIfItIsThroughByTheNextLook() {
        CompletionBatch[] batch = new CompletionBatch[1];
        CompletionChain chain = new CompletionChain(SIZE, place -> look(batch[0], place == 3 ? 1 : 0));
        batch[0] = batch(chain);

        batch[0].run();
        look(batch[0], 3);

        assertThat(submitted).isEmpty();
    }

    private CompletionBatch batch(CompletionChain chain) {
        return new CompletionBatch(chain.first(), submitted::add);
    }

    private static void look(CompletionBatch batch, int times) {
        for (int i = 0; i < times; i++) {
            batch.look();
        }
    }
}
