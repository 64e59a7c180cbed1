package io.mqproducer.internal.remoting;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.internal.Threads;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InboxTest {

    private static final int PUSHERS = 3;
    private static final int EACH = 50_000;

    private final Inbox inbox = new Inbox();
    private final ExchangeQueue queue = new ExchangeQueue();

    @Test
    void tellsTheFirstPushOfATakingFromTheOthers() {
        assertThat(inbox.push(new TestExchange("a"))).isEqualTo(Inbox.Push.FIRST);
        assertThat(inbox.push(new TestExchange("b"))).isEqualTo(Inbox.Push.FURTHER);

        inbox.drainTo(queue);

        assertThat(inbox.push(new TestExchange("c"))).isEqualTo(Inbox.Push.FIRST);
    }

    @Test
    void handsOverInTheOrderOfThePushes() {
        IntStream.range(0, 3).forEach(i -> inbox.push(new TestExchange("a" + i)));
        inbox.drainTo(queue);
        inbox.push(new TestExchange("b"));
        inbox.drainTo(queue);
        inbox.drainTo(queue);

        assertThat(drained()).containsExactly("a0", "a1", "a2", "b");
    }

    @Test
    void letsNothingInOnceItIsClosed() {
        inbox.push(new TestExchange("a"));

        inbox.closeAndDrainTo(queue);

        assertThat(inbox.push(new TestExchange("b"))).isEqualTo(Inbox.Push.CLOSED);
        assertThat(drained()).containsExactly("a");
    }

    @Test
    void i1_losesNothingAndHandsOverNothingTwiceUnderRacesOfPushesTakingsAndTheClose() {
        AtomicInteger pushed = new AtomicInteger();
        AtomicInteger owedTakings = new AtomicInteger(); // as the event loop is woken: by first pushes only
        Queue<String> refused = new ConcurrentLinkedQueue<>();
        List<Thread> pushers = startPushers(pushed, owedTakings, refused);

        int takings = 0;
        while (pushed.get() < PUSHERS * EACH * 3 / 4) {
            if (owedTakings.get() > takings) {
                takings++;
                inbox.drainTo(queue);
            } else {
                Thread.onSpinWait();
            }
        }
        inbox.closeAndDrainTo(queue);
        pushers.forEach(Threads::join);

        List<String> taken = drained();
        Set<String> seen = new HashSet<>(taken);
        assertThat(seen).as("handed over, each once").hasSameSizeAs(taken);
        assertThat(refused).as("refused and yet handed over").noneMatch(seen::contains);
        assertThat(taken.size() + refused.size()).isEqualTo(PUSHERS * EACH);
        assertInOrderPerPusher(taken);
        assertThat(owedTakings.get()).as("wake-ups").isLessThanOrEqualTo(takings + 1);
    }

    private List<Thread> startPushers(AtomicInteger pushed, AtomicInteger owedTakings, Queue<String> refused) {
        CyclicBarrier start = new CyclicBarrier(PUSHERS);
        List<Thread> pushers = new ArrayList<>();
        for (int p = 0; p < PUSHERS; p++) {
            int pusher = p;
            pushers.add(Threads.start("pusher", () -> {
                Threads.await(start);
                for (int i = 0; i < EACH; i++) {
                    TestExchange exchange = new TestExchange(pusher + "-" + i);
                    Inbox.Push push = inbox.push(exchange);
                    if (push == Inbox.Push.FIRST) {
                        owedTakings.incrementAndGet();
                    } else if (push == Inbox.Push.CLOSED) {
                        refused.add(exchange.name);
                    }
                    pushed.incrementAndGet();
                }
            }));
        }
        return pushers;
    }

    private static void assertInOrderPerPusher(List<String> names) {
        Map<String, Integer> last = new HashMap<>();
        for (String name : names) {
            String[] parts = name.split("-", -1);
            int number = Integer.parseInt(parts[1]);
            Integer before = last.put(parts[0], number);
            if (before != null && before >= number) {
                throw new AssertionError(name + " came after number " + before);
            }
        }
    }

    private List<String> drained() {
        List<Exchange> all = new ArrayList<>();
        queue.drain(all::add);
        return TestExchange.names(all);
    }
}
