package io.mqproducer.internal.remoting;

import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Exchanges in order, linked through themselves. Confined to one event loop. */
public final class ExchangeQueue {

    private @Nullable Exchange first;
    private @Nullable Exchange last;

    boolean isEmpty() {
        return first == null;
    }

    @Nullable
    Exchange peek() {
        return first;
    }

    void add(Exchange exchange) {
        exchange.next = null;
        if (last == null) {
            first = exchange;
        } else {
            last.next = exchange;
        }
        last = exchange;
    }

    /** Adds a chain that is linked from its last to its first. */
    void addReversed(@Nullable Exchange newest) {
        Exchange head = null;
        Exchange node = newest;
        while (node != null) {
            Exchange older = node.next;
            node.next = head;
            head = node;
            node = older;
        }
        if (head != null && newest != null) {
            if (last == null) {
                first = head;
            } else {
                last.next = head;
            }
            last = newest;
        }
    }

    /** Takes out the first; null if there is none. */
    public @Nullable Exchange poll() {
        Exchange taken = first;
        if (taken != null) {
            first = taken.next;
            if (first == null) {
                last = null;
            }
            taken.next = null;
        }
        return taken;
    }

    /** Takes out those that match and gives each to the action, once the queue is in order again. */
    void removeIf(Predicate<Exchange> condition, Consumer<Exchange> action) {
        ExchangeQueue removed = new ExchangeQueue();
        ExchangeQueue kept = new ExchangeQueue();
        for (Exchange exchange = poll(); exchange != null; exchange = poll()) {
            (condition.test(exchange) ? removed : kept).add(exchange);
        }
        first = kept.first;
        last = kept.last;
        removed.drain(action);
    }

    /** Empties the queue and gives each to the action. */
    void drain(Consumer<Exchange> action) {
        for (Exchange exchange = poll(); exchange != null; exchange = poll()) {
            action.accept(exchange);
        }
    }
}
