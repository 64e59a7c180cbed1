package io.mqproducer.internal.transaction;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The transactions of this process that have not ended, by the id of their half message. One that its owner has lost, without
 * ending it, is forgotten. Thread-safe.
 */
public final class OpenTransactions {

    private final Map<String, Entry> open = new ConcurrentHashMap<>();
    private final ReferenceQueue<OpenTransaction> lost = new ReferenceQueue<>();

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
