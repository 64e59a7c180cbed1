package io.mqproducer.internal.remoting;

import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one connection that wait for an answer: a ring indexed by opaque, which grows with what is in
 * flight. Confined to the connection's event loop; {@link #remove} is the one place where a request is paired, so each
 * is completed once. Opaques start anywhere and count up, so none comes again before 2^32 requests.
 */
final class InFlightTable {

    private static final int INITIAL_SLOTS = 256;

    private @Nullable Exchange[] slots = new @Nullable Exchange[INITIAL_SLOTS];
    private int size;
    private int nextOpaque;

    InFlightTable(int firstOpaque) {
        this.nextOpaque = firstOpaque;
    }

    int size() {
        return size;
    }

    /** The least opaque that the next request can get. */
    int nextOpaque() {
        return nextOpaque;
    }

    /** Gives the exchange an opaque that is free, and keeps it until it is removed. */
    int add(Exchange exchange) {
        if (size >= slots.length / 2) {
            grow();
        }
        while (slots[index(nextOpaque)] != null) {
            nextOpaque++;
        }
        int opaque = nextOpaque++;
        exchange.opaque = opaque;
        slots[index(opaque)] = exchange;
        size++;
        return opaque;
    }

    /** Undoes a {@link #remove}, nothing having been added since. */
    void putBack(Exchange exchange) {
        slots[index(exchange.opaque)] = exchange;
        size++;
    }

    /** Takes out the exchange that waits for this answer; null if none does (any more). */
    @Nullable
    Exchange remove(int opaque) {
        Exchange exchange = slots[index(opaque)];
        if (exchange == null || exchange.opaque != opaque) {
            return null;
        }
        slots[index(opaque)] = null;
        size--;
        return exchange;
    }

    /** Takes out those that have expired and gives them to the action. */
    void removeExpired(long now, Consumer<Exchange> action) {
        Predicate<Exchange> late = exchange -> exchange.expiry() - now <= 0;
        @Nullable Exchange[] seen = slots;
        for (int i = 0, left = size; left > 0 && i < seen.length; i++) {
            Exchange exchange = seen[i];
            if (exchange != null) {
                left--;
                if (late.test(exchange) && !exchange.splitOff(late, action) && remove(exchange.opaque) != null) {
                    action.accept(exchange);
                }
            }
        }
    }

    /** Takes out all and gives them to the action, the table being empty already when the first is given. */
    void drain(Consumer<Exchange> action) {
        @Nullable Exchange[] all = slots;
        slots = new @Nullable Exchange[INITIAL_SLOTS];
        size = 0;
        for (Exchange exchange : all) {
            if (exchange != null) {
                action.accept(exchange);
            }
        }
    }

    private void grow() {
        @Nullable Exchange[] old = slots;
        slots = new @Nullable Exchange[old.length * 2];
        for (Exchange exchange : old) {
            if (exchange != null) {
                slots[index(exchange.opaque)] = exchange;
            }
        }
    }

    private int index(int opaque) {
        return opaque & (slots.length - 1);
    }
}
