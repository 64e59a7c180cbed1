package io.mqproducer;

import io.mqproducer.message.SendResult;
import io.mqproducer.message.TransactionSendResult;

/**
 * A half message that is stored and fully acknowledged, for whoever runs the local transaction on his own. One that is neither
 * committed nor rolled back is left to the {@code TransactionChecker}, which the broker asks after a while; it need not be
 * closed. Thread-safe.
 *
 * <p>Stopping the producer waits for {@link #commit} and {@link #rollback} while they run, not for a message that is still
 * open: after the stop they return at once, unconfirmed, and the checker has the last word.
 */
public interface PreparedMessage {

    /** The answer to the half message. */
    SendResult sendResult();

    /** What the transaction is called: what the broker reported, else the message's id. */
    String transactionId();

    /** The producer group that the broker asks, as it knows it: with the namespace. */
    String producerGroup();

    /**
     * Tells the broker to make the message visible, and waits for its answer, {@code sendTimeout} at most; an interrupt does not
     * shorten that. If the answer fails to come, the result is unconfirmed, and the broker asks the {@code TransactionChecker}.
     *
     * <p>If a checker has answered for the message meanwhile, its answer counts, and nothing is sent: the result has the
     * checker's state.
     *
     * @throws IllegalStateException if this was committed or rolled back before
     */
    TransactionSendResult commit();

    /**
     * Tells the broker to drop the message; all else is as with {@link #commit}.
     *
     * @throws IllegalStateException if this was committed or rolled back before
     */
    TransactionSendResult rollback();
}
