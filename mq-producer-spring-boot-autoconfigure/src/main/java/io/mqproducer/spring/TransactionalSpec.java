package io.mqproducer.spring;

import io.mqproducer.message.TransactionSendResult;

/** Sends messages that become visible if the calling thread's transaction commits. Immutable and thread-safe. */
public interface TransactionalSpec {

    /**
     * Stores a half message now; it is committed when the transaction has committed, and rolled back when that rolls back. A
     * broker that hears of neither, because the process has died, asks the {@code TransactionChecker} of the topic.
     *
     * @return the stored half message; its state is {@code UNKNOWN} and unconfirmed, since the transaction is still open
     * @throws IllegalStateException if the calling thread is in no transaction
     * @throws MQConversionException if the payload cannot be converted
     * @throws io.mqproducer.exception.MessageNotStoredException as {@link io.mqproducer.MQProducer#prepare}, in particular if
     *     the message has a delivery time, or no transaction checker answers for its topic
     */
    TransactionSendResult send(Object payload);
}
