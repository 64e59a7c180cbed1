package io.mqproducer.internal.transaction;

import io.mqproducer.internal.send.StoredHalf;
import io.mqproducer.message.TransactionSendResult;
import io.mqproducer.message.TransactionState;
import org.jspecify.annotations.Nullable;

/**
 * A transaction of this process whose half message is stored. Its owner and a checker may both want to tell the broker how it
 * ended; one of them does, because a second commit would be a second message. Thread-safe.
 */
final class OpenTransaction {

    private final StoredHalf stored;
    private final boolean running;

    // guarded by this
    private HalfMessage half;
    private @Nullable TransactionState told;
    private boolean ended; // by its owner
    private boolean confirmed;

    /** @param running whether its local transaction runs right now and will tell its end, so that no checker need be asked */
    OpenTransaction(StoredHalf stored, HalfMessage half, boolean running) {
        this.stored = stored;
        this.half = half;
        this.running = running;
    }

    StoredHalf stored() {
        return stored;
    }

    boolean isRunning() {
        return running;
    }

    /** Where the broker looks for the half message now. */
    synchronized HalfMessage half() {
        return half;
    }

    /** The broker has asked, and moved the half message to do so. */
    synchronized void movedTo(HalfMessage newer) {
        half = newer;
    }

    /**
     * Takes it upon the owner to tell the broker; false if a checker has.
     *
     * @throws IllegalStateException if the owner has done so before
     */
    synchronized boolean claim(TransactionState state) {
        if (ended) {
            throw new IllegalStateException("transaction " + half.printableId() + " is ended already, with " + told);
        }
        ended = true;
        if (told != null) {
            return false;
        }
        told = state;
        return true;
    }

    /** Takes it upon a checker to tell the broker, as often as that asks; false if the owner has. */
    synchronized boolean claimForChecker(TransactionState state) {
        if (ended) {
            return false;
        }
        told = state;
        return true;
    }

    /** The broker has confirmed what it was told. */
    synchronized void confirmed() {
        confirmed = true;
    }

    /** What was told, by whomever. */
    synchronized TransactionSendResult result() {
        return TransactionSendResult.of(stored.result(), told == null ? TransactionState.UNKNOWN : told, confirmed);
    }
}
