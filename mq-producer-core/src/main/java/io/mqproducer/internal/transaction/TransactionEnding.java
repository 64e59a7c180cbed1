package io.mqproducer.internal.transaction;

import io.mqproducer.internal.config.ProducerConfig;
import io.mqproducer.message.TransactionState;
import io.mqproducer.spi.EndTransactionContext;

/** What hooks see of the end of a transaction. */
record TransactionEnding(
        String producer,
        String group,
        String topic,
        String msgId,
        String transactionId,
        TransactionState state,
        boolean fromCheck,
        String brokerAddress)
        implements EndTransactionContext {

    static TransactionEnding of(
            ProducerConfig.Identity producer, HalfMessage half, TransactionState state, String brokerAddress) {
        return new TransactionEnding(
                producer.name(),
                producer.group(),
                half.topic(),
                half.msgId(),
                half.transactionId(),
                state,
                half.fromCheck(),
                brokerAddress);
    }
}
