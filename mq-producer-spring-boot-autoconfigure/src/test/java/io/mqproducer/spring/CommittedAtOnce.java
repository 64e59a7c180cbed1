package io.mqproducer.spring;

import io.mqproducer.MQProducer;
import io.mqproducer.message.Message;
import io.mqproducer.message.SendOptions;
import io.mqproducer.message.SendResult;
import io.mqproducer.message.TransactionSendResult;
import io.mqproducer.message.TransactionState;
import java.util.concurrent.CompletableFuture;

/** The transaction of every thread commits as soon as it is asked for. */
public final class CommittedAtOnce implements MessageTransactions {

    @Override
    public void requireTransaction() {}

    @Override
    public CompletableFuture<SendResult> sendAfterCommit(MQProducer producer, Message message, SendOptions options) {
        return producer.sendAsync(message, options);
    }

    @Override
    public TransactionSendResult sendWithTransaction(MQProducer producer, Message message) {
        return producer.sendInTransaction(message, sent -> TransactionState.UNKNOWN);
    }
}
