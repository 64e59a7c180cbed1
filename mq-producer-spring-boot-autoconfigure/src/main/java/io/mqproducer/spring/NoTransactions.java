package io.mqproducer.spring;

import io.mqproducer.MQProducer;
import io.mqproducer.message.Message;
import io.mqproducer.message.SendOptions;
import io.mqproducer.message.SendResult;
import io.mqproducer.message.TransactionSendResult;
import java.util.concurrent.CompletableFuture;

/** Stands for the transactions of a template that was given none. */
enum NoTransactions implements MessageTransactions {
    INSTANCE;

    @Override
    public void requireTransaction() {
        throw missing();
    }

    @Override
    public CompletableFuture<SendResult> sendAfterCommit(MQProducer producer, Message message, SendOptions options) {
        throw missing();
    }

    @Override
    public TransactionSendResult sendWithTransaction(MQProducer producer, Message message) {
        throw missing();
    }

    private static IllegalStateException missing() {
        return new IllegalStateException(
                "afterCommit() and transactional() need Spring's transactions: add spring-tx and a"
                        + " transaction manager, for example by spring-boot-starter-jdbc");
    }
}
