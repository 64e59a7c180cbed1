package io.mqproducer.internal.remoting;

import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be written on one connection, in order; but one-way messages for which the window has no place step
 * aside for what is not one-way. Confined to the event loop.
 */
final class WaitingExchanges {

    private final OnewayWindow window;
    private final ExchangeQueue arrived = new ExchangeQueue();
    private final ExchangeQueue heldBack = new ExchangeQueue(); // one-ways, older than those in the other queue

    WaitingExchanges(OnewayWindow window) {
        this.window = window;
    }

    void take(Inbox inbox) {
        inbox.drainTo(arrived);
    }

    /** As {@link #take}; the inbox is closed. */
    void takeLast(Inbox inbox) {
        inbox.closeAndDrainTo(arrived);
    }

    boolean isEmpty() {
        return arrived.isEmpty() && heldBack.isEmpty();
    }

    /** Whether it may be worth while to {@link #poll}. */
    boolean mayBeWritten() {
        return !arrived.isEmpty() || (!heldBack.isEmpty() && window.isOpen());
    }

    /** Takes out the next that may be written; null if there is none. */
    @Nullable
    Exchange poll() {
        if (!heldBack.isEmpty() && window.isOpen()) {
            return heldBack.poll();
        }
        Exchange next = arrived.poll();
        while (next != null && !window.isOpen() && next.oneway()) {
            heldBack.add(next);
            next = arrived.poll();
        }
        return next;
    }

    /** Takes out those that match and gives each to the action. */
    void removeIf(Predicate<Exchange> condition, Consumer<Exchange> action) {
        heldBack.removeIf(condition, action);
        arrived.removeIf(condition, action);
    }

    /** Empties it and gives each to the action. */
    void drain(Consumer<Exchange> action) {
        heldBack.drain(action);
        arrived.drain(action);
    }
}
