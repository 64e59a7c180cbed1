package io.mqproducer.spi;

import io.mqproducer.message.TransactionState;

/** The end of a transaction as hooks see it. */
public interface EndTransactionContext {

    /** The producer's name: what its builder was told, else its group. */
    String producer();

    /** The producer group, without namespace. */
    String group();

    /** The topic of the half message, without namespace. */
    String topic();

    /** The half message's id. */
    String msgId();

    String transactionId();

    /** What the broker is told. */
    TransactionState state();

    /** Whether the broker had asked, as it does when commit or rollback did not arrive. */
    boolean fromCheck();

    /** The broker's address, {@code host:port}. */
    String brokerAddress();
}
