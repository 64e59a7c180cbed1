package io.mqproducer;

import io.mqproducer.internal.transaction.PreparedTransaction;
import io.mqproducer.message.SendResult;
import io.mqproducer.message.TransactionSendResult;
import io.mqproducer.message.TransactionState;

/** What the application sees of a transaction that it ends itself. */
final class DefaultPreparedMessage implements PreparedMessage {

    private final PreparedTransaction transaction;

    DefaultPreparedMessage(PreparedTransaction transaction) {
        this.transaction = transaction;
    }

    @Override
    public SendResult sendResult() {
        return transaction.sendResult();
    }

    @Override
    public String transactionId() {
        return transaction.transactionId();
    }

    @Override
    public String producerGroup() {
        return transaction.producerGroup();
    }

    @Override
    public TransactionSendResult commit() {
        return transaction.end(TransactionState.COMMIT);
    }

    @Override
    public TransactionSendResult rollback() {
        return transaction.end(TransactionState.ROLLBACK);
    }

    @Override
    public String toString() {
        return "PreparedMessage[" + transaction.sendResult() + "]";
    }
}
