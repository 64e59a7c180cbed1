package io.mqproducer.internal.remoting;

import io.mqproducer.internal.protocol.BatchRecord;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Gathers exchanges of one connection into batches while few of its requests are unanswered: what comes when nothing is under
 * way goes out at once, what comes while the broker is busy goes out together when it has answered. So nobody waits for
 * company, and the busier the broker, the larger the batches. Confined to the event loop.
 */
final class BatchGathering {

    /** So many requests keep a broker busy; with more, batches would be smaller. */
    static final int WINDOW = 4;

    private final BatchLimits limits;
    private final ExchangeQueue undelivered;
    private final Map<Object, GatheredBatch> open = new LinkedHashMap<>(); // the oldest first
    private final ExchangeQueue full = new ExchangeQueue();
    private long bytes;
    private int underWay;

    /** @param undelivered where members go that have their outcome and are to be delivered together */
    BatchGathering(BatchLimits limits, ExchangeQueue undelivered) {
        this.limits = limits;
        this.undelivered = undelivered;
    }

    ExchangeQueue undelivered() {
        return undelivered;
    }

    boolean isEmpty() {
        return open.isEmpty() && full.isEmpty();
    }

    /** Takes the exchange in; false if it is to be written alone. */
    boolean add(Exchange exchange, long now) {
        if (!(exchange instanceof BatchableExchange member)) {
            return false;
        }
        Object key = member.batchKey();
        int size = key == null ? 0 : member.batchSize();
        if (key == null || size > limits.maxSize()) {
            return false;
        }
        GatheredBatch batch = open.get(key);
        if (batch != null && (batch.bytes() + size > limits.maxSize() || batch.size() == BatchRecord.MAX_RECORDS)) {
            open.remove(key);
            full.add(batch);
            batch = null;
        }
        if (batch == null) {
            batch = new GatheredBatch(this, now);
            open.put(key, batch);
        }
        batch.add(member, size);
        bytes += size;
        return true;
    }

    /** Moves to the queue what is to be written now. */
    void release(ExchangeQueue queue, long now) {
        for (Exchange batch = full.poll(); batch != null; batch = full.poll()) {
            release((GatheredBatch) batch, queue);
        }
        Iterator<GatheredBatch> oldest = open.values().iterator();
        while (oldest.hasNext()) {
            GatheredBatch batch = oldest.next();
            boolean overdue = now - batch.since() >= limits.maxDelayNanos();
            if (underWay >= WINDOW && bytes <= limits.maxTotalSize() && !overdue) {
                return;
            }
            oldest.remove();
            release(batch, queue);
        }
    }

    private void release(GatheredBatch batch, ExchangeQueue queue) {
        bytes -= batch.bytes();
        underWay++;
        queue.add(batch);
    }

    /** A batch that was released has its answer, or will have none. */
    void over() {
        underWay--;
    }

    /** Takes out those that match and gives each to the action. */
    void removeIf(Predicate<Exchange> condition, Consumer<Exchange> action) {
        full.removeIf(
                batch -> condition.test(batch) && isEmptied((GatheredBatch) batch, condition, action), batch -> {});
        open.values().removeIf(batch -> condition.test(batch) && isEmptied(batch, condition, action));
    }

    private boolean isEmptied(GatheredBatch batch, Predicate<Exchange> condition, Consumer<Exchange> action) {
        bytes -= batch.bytes();
        boolean others = batch.splitOff(condition, action);
        if (others) {
            bytes += batch.bytes();
        } else {
            batch.drain(action);
        }
        return !others;
    }

    /** Empties it and gives each to the action. */
    void drain(Consumer<Exchange> action) {
        full.drain(batch -> ((GatheredBatch) batch).drain(action));
        List<GatheredBatch> all = List.copyOf(open.values());
        open.clear();
        bytes = 0;
        all.forEach(batch -> batch.drain(action));
    }
}
