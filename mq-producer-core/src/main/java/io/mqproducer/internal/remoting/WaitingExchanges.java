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
    private final @Nullable BatchGathering gathering; // null if nothing is written together
    private final ExchangeQueue arrived = new ExchangeQueue();
    private final ExchangeQueue fresh = new ExchangeQueue(); // empty between two calls
    private final ExchangeQueue heldBack = new ExchangeQueue(); // one-ways, older than those in the other queue

    WaitingExchanges(OnewayWindow window, @Nullable BatchGathering gathering) {
        this.window = window;
        this.gathering = gathering;
    }

    void take(Inbox inbox) {
        if (gathering == null) {
            inbox.drainTo(arrived);
        } else {
            inbox.drainTo(fresh);
            gatherFresh(gathering);
        }
    }

    private void gatherFresh(BatchGathering batches) {
        Exchange next = fresh.poll();
        long now = next == null ? 0 : System.nanoTime();
        while (next != null) {
            if (!batches.add(next, now)) {
                arrived.add(next);
            }
            next = fresh.poll();
        }
    }

    /** Lets go what has been gathered for long enough. */
    void releaseBatches() {
        if (gathering != null && !gathering.isEmpty()) {
            gathering.release(arrived, System.nanoTime());
        }
    }

    /** As {@link #take}; the inbox is closed. */
    void takeLast(Inbox inbox) {
        inbox.closeAndDrainTo(arrived);
    }

    boolean isEmpty() {
        return arrived.isEmpty() && heldBack.isEmpty() && (gathering == null || gathering.isEmpty());
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
        arrived.removeIf(exchange -> condition.test(exchange) && !exchange.splitOff(condition, action), action);
        if (gathering != null) {
            gathering.removeIf(condition, action);
        }
    }

    /** Empties it and gives each to the action. */
    void drain(Consumer<Exchange> action) {
        heldBack.drain(action);
        arrived.drain(action);
        if (gathering != null) {
            gathering.drain(action);
        }
    }
}
