package io.mqproducer.internal.transaction;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What this process knows of its transactions, by the ids of their half messages: those that have not ended, and when those
 * were ended whose end a broker has lately confirmed. One that its owner has lost, without ending it, is forgotten. Thread-safe.
 */
public final class KnownTransactions {

    private final Map<String, Entry> open = new ConcurrentHashMap<>();
    private final ReferenceQueue<OpenTransaction> lost = new ReferenceQueue<>();
    private final Map<String, Settled> settled = new LinkedHashMap<>(); // guarded by itself

    /** So many are remembered: more than end while a broker takes note of them. */
    static final int MOST_SETTLED = 10_000;

    /** Keeps the id for when the transaction is gone. */
    private static final class Entry extends WeakReference<OpenTransaction> {

        private final String msgId;

        Entry(String msgId, OpenTransaction transaction, ReferenceQueue<OpenTransaction> lost) {
            super(transaction, lost);
            this.msgId = msgId;
        }
    }

    void add(OpenTransaction transaction) {
        forgetLost();
        String msgId = transaction.half().msgId();
        open.put(msgId, new Entry(msgId, transaction, lost));
    }

    void remove(OpenTransaction transaction) {
        open.remove(transaction.half().msgId());
    }

    @Nullable
    OpenTransaction get(String msgId) {
        Entry entry = open.get(msgId);
        return entry == null ? null : entry.get();
    }

    /** Which broker was told of an end, if that is known, and when. */
    private record Settled(@Nullable String brokerName, long toldAt) {

        boolean by(@Nullable String other) {
            return brokerName == null || other == null || brokerName.equals(other);
        }
    }

    /**
     * The broker of a half message has confirmed how its transaction ended.
     *
     * @param toldAt when it was told, or before that, by {@link System#nanoTime}
     */
    void settle(HalfMessage half, long toldAt) {
        synchronized (settled) {
            settled.put(half.msgId(), new Settled(half.brokerName(), toldAt));
            if (settled.size() > MOST_SETTLED) {
                Iterator<String> oldest = settled.keySet().iterator();
                oldest.next();
                oldest.remove();
            }
        }
    }

    /**
     * Whether a broker was told the end of a transaction after this moment, by {@link System#nanoTime}, and has confirmed it.
     *
     * @param brokerName null if it is not known
     */
    boolean isSettledSince(long moment, String msgId, @Nullable String brokerName) {
        synchronized (settled) {
            Settled end = settled.get(msgId);
            return end != null && end.toldAt() - moment > 0 && end.by(brokerName);
        }
    }

    int size() {
        forgetLost();
        return open.size();
    }

    private void forgetLost() {
        for (Reference<?> gone = lost.poll(); gone != null; gone = lost.poll()) {
            if (gone instanceof Entry entry) {
                open.remove(entry.msgId, entry);
            }
        }
    }
}
