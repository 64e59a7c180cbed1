package io.mqproducer.spring.transaction;

import io.mqproducer.message.TransactionState;
import java.time.Instant;

/**
 * Says of each half message what became of the transaction it belongs to, by a record that is part of this very transaction:
 * it is there if and only if that has committed. All processes of a producer group share one. Thread-safe.
 */
public interface TransactionLog {

    /**
     * Throws unless the calling thread is in a transaction that records can be part of; asked before a half message is stored.
     *
     * @throws IllegalStateException if it is not, saying why
     */
    void requireTransaction();

    /**
     * Records in the calling thread's transaction that its commit is the commit of this half message.
     *
     * @param transactionId the id of the half message
     * @param producerGroup of the producer, for people
     * @throws io.mqproducer.exception.MessageNotStoredException of kind {@code ROLLED_BACK} if {@link #check} has answered {@code
     *     ROLLBACK} before; the transaction must not commit
     */
    void record(String transactionId, String producerGroup);

    /**
     * What became of the transaction. That no record is found does not suffice for {@code ROLLBACK}, because the transaction may still be
     * open, in any process: it is answered only once it is certain that {@link #record} will fail. Called on the producers' check threads,
     * and may block for a moment.
     *
     * @param transactionId the id of the half message
     * @param producerGroup of the producer, for people
     * @param sentAt when the half message was sent
     * @return {@code UNKNOWN} if it cannot be told now; so counts an exception
     */
    TransactionState check(String transactionId, String producerGroup, Instant sentAt);
}
