package io.mqproducer.spi;

import io.mqproducer.exception.MQProducerException;
import io.mqproducer.message.SendResult;

/**
 * Takes the outcome of an asynchronous send. Exactly one of its methods is called, exactly once, on the callback
 * executor (on the calling thread if the producer is stopped already); what it throws is logged and counted, and changes
 * nothing.
 */
public interface SendCallback {

    /** The message is stored; {@link SendResult#status()} tells how durably. */
    void onSuccess(SendResult result);

    /** The message is not stored, or maybe is: the exception's type tells. */
    void onException(MQProducerException exception);
}
