package io.mqproducer.internal.remoting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExchangeQueueTest {

    private final ExchangeQueue queue = new ExchangeQueue();

    @Test
    void keepsTheOrderAndClearsTheLinks() {
        TestExchange a = add("a");
        TestExchange b = add("b");

        assertThat(queue.poll()).isSameAs(a);
        assertThat(a.next).isNull();
        assertThat(queue.poll()).isSameAs(b);
        assertThat(queue.poll()).isNull();
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void canBeFilledAgainAfterItWasEmptied() {
        add("a");
        queue.poll();
        add("b");
        add("c");

        assertThat(drained()).containsExactly("b", "c");
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void addsAReversedChainInOrderBehindTheOthers() {
        add("a");
        TestExchange b = new TestExchange("b");
        TestExchange c = new TestExchange("c");
        c.next = b;

        queue.addReversed(c);
        queue.addReversed(null);
        add("d");

        assertThat(drained()).containsExactly("a", "b", "c", "d");
    }

    @Test
    void addsAReversedChainToAnEmptyQueue() {
        queue.addReversed(new TestExchange("a"));
        add("b");

        assertThat(drained()).containsExactly("a", "b");
    }

    @Test
    void takesOutThoseThatMatchWhereverTheyAre() {
        for (String name : List.of("x1", "a", "x2", "x3", "b", "x4")) {
            add(name);
        }
        List<Exchange> removed = new ArrayList<>();

        queue.removeIf(exchange -> ((TestExchange) exchange).name.startsWith("x"), removed::add);
        add("c");

        assertThat(TestExchange.names(removed)).containsExactly("x1", "x2", "x3", "x4");
        assertThat(drained()).containsExactly("a", "b", "c");
    }

    @Test
    void whatTheActionAddsComesBehindWhatWasKept() {
        add("x");
        add("a");

        queue.removeIf(exchange -> ((TestExchange) exchange).name.equals("x"), queue::add);

        assertThat(drained()).containsExactly("a", "x");
    }

    private TestExchange add(String name) {
        TestExchange exchange = new TestExchange(name);
        queue.add(exchange);
        return exchange;
    }

    private List<String> drained() {
        List<Exchange> all = new ArrayList<>();
        queue.drain(all::add);
        return TestExchange.names(all);
    }
}
