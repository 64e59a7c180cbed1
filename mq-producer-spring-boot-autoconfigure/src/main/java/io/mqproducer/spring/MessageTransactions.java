package io.mqproducer.spring;

import io.mqproducer.MQProducer;
import io.mqproducer.message.Message;
import io.mqproducer.message.SendOptions;
import io.mqproducer.message.SendResult;
import io.mqproducer.message.TransactionSendResult;
import java.util.concurrent.CompletableFuture;

/**
 * Ties messages to the transaction that the calling thread is in. A template without one of these refuses {@link
 * SendSpec#afterCommit} and {@link SendSpec#transactional}. Thread-safe.
 */
public interface MessageTransactions {

    /**
     * Throws unless the calling thread is in a transaction that messages can join.
     *
     * @throws IllegalStateException if it is not, saying what is missing
     */
    void requireTransaction();

    /**
     * Sends a message once the calling thread's transaction has committed, after those that were given before it. Does not
     * block the committing thread. The future fails with kind {@code ROLLED_BACK} if it rolls back.
     *
     * @throws IllegalStateException as {@link #requireTransaction}
     */
    CompletableFuture<SendResult> sendAfterCommit(MQProducer producer, Message message, SendOptions options);

    /**
     * Stores a half message, which is committed or rolled back with the calling thread's transaction.
     *
     * @return the stored half message, of unknown state, unconfirmed
     * @throws IllegalStateException as {@link #requireTransaction}
     * @throws io.mqproducer.exception.MQProducerException as {@link MQProducer#prepare}
     */
    TransactionSendResult sendWithTransaction(MQProducer producer, Message message);
}
