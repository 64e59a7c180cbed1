package io.mqproducer.spring.transaction;

import io.mqproducer.PreparedMessage;
import io.mqproducer.message.TransactionState;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells brokers how transactions ended, up to 16 at a time, while the threads that ended them go on. What is not told, the checker is
 * asked about. Thread-safe.
 */
final class HalfMessageEnds {

    private static final Logger log = LoggerFactory.getLogger(HalfMessageEnds.class);

    /** So many may wait; further ones are left to the checker. */
    static final int MOST_WAITING = 10_000;

    private final TransactionThreads threads;

    // guarded by this
    private int unsettled;
    private boolean full; // and told so, since there was room

    HalfMessageEnds(TransactionThreads threads) {
        this.threads = threads;
    }

    /**
     * The broker of this half message is to be told. Waits for nothing.
     *
     * @param state not {@code UNKNOWN}
     */
    void submit(PreparedMessage prepared, TransactionState state) {
        if (!begin()) {
            return;
        }
        try {
            threads.forEnds().execute(() -> end(prepared, state));
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            done();
            log.warn("{} of {} is left to the transaction checker", state, prepared.transactionId(), e);
        }
    }

    private void end(PreparedMessage prepared, TransactionState state) {
        try {
            if (state == TransactionState.COMMIT) {
                prepared.commit();
            } else {
                prepared.rollback();
            }
        } catch (RuntimeException e) {
            log.warn("{} of {} is left to the transaction checker", state, prepared.transactionId(), e);
        } finally {
            done();
        }
    }

    private synchronized boolean begin() {
        if (unsettled >= MOST_WAITING) {
            if (!full) {
                full = true;
                log.warn("{} ends of transactions wait already; others are left to the transaction checker", unsettled);
            }
            return false;
        }
        unsettled++;
        full = false;
        return true;
    }

    private synchronized void done() {
        unsettled--;
        notifyAll();
    }

    /**
     * Waits until none is left.
     *
     * @return whether that came to be
     */
    synchronized boolean awaitNone(Deadline deadline) throws InterruptedException {
        return deadline.await(this, () -> unsettled == 0);
    }
}
