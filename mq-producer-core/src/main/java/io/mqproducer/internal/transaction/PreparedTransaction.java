package io.mqproducer.internal.transaction;

import io.mqproducer.message.SendResult;
import io.mqproducer.message.TransactionSendResult;
import io.mqproducer.message.TransactionState;

/** A transaction whose owner says himself how it ended. Thread-safe. */
public final class PreparedTransaction {

    private final TransactionSender sender;
    private final OpenTransaction transaction;

    PreparedTransaction(TransactionSender sender, OpenTransaction transaction) {
        this.sender = sender;
        this.transaction = transaction;
    }

    /** The answer to the half message. */
    public SendResult sendResult() {
        return transaction.stored().result();
    }

    public String transactionId() {
        return transaction.half().transactionId();
    }

    /** With its namespace. */
    public String producerGroup() {
        return sender.wireGroup();
    }

    /**
     * Tells the broker.
     *
     * @param state not {@code UNKNOWN}
     * @throws IllegalStateException if the owner has done so before
     */
    public TransactionSendResult end(TransactionState state) {
        return sender.endPrepared(transaction, state);
    }
}
