package io.mqproducer.spring;

import io.mqproducer.MQProducer;
import io.mqproducer.message.Message;
import io.mqproducer.message.SendResult;
import java.util.concurrent.CompletableFuture;

/**
 * Sends payloads to Apache RocketMQ; implemented by {@link MQTemplate}. Thread-safe.
 *
 * <p>A destination is a topic, or a topic and a tag: {@code orders} or {@code orders:created}. How a payload becomes a
 * body is up to the {@link MQMessageConverter}: bytes and strings as they are, all else as JSON, unless the application
 * has its own.
 *
 * <p>What the producer throws arrives unwrapped, in every mode. A destination, or anything else in the arguments, that
 * breaks a rule is an {@link IllegalArgumentException} of the call, in every mode.
 */
public interface MQOperations {

    /**
     * Sends and waits for the broker's answer.
     *
     * @throws io.mqproducer.exception.MessageNotStoredException if the message is certainly not stored
     * @throws io.mqproducer.exception.MessageMaybeStoredException if it may be stored
     * @throws MQConversionException if the payload cannot be converted; nothing was sent
     */
    SendResult send(String destination, Object payload);

    /** Sends a complete message and waits for the broker's answer. */
    SendResult send(Message message);

    /**
     * As {@link #send(String, Object)}, to the default destination.
     *
     * @throws IllegalStateException if there is none
     */
    SendResult sendDefault(Object payload);

    /** Sends without waiting; every exception of {@link #send(String, Object)} arrives in the future. */
    CompletableFuture<SendResult> sendAsync(String destination, Object payload);

    /** As {@link #sendAsync(String, Object)}, for a complete message. */
    CompletableFuture<SendResult> sendAsync(Message message);

    /**
     * Sends without asking for an answer.
     *
     * @throws io.mqproducer.exception.MessageNotStoredException if there is no room in flight or the message is invalid
     * @throws MQConversionException if the payload cannot be converted
     */
    void sendOneway(String destination, Object payload);

    /** As {@link #sendOneway(String, Object)}, for a complete message. */
    void sendOneway(Message message);

    /** A message to this destination, to be described further; worth keeping in a field. */
    SendSpec destination(String destination);

    /** The producer that the template sends with. */
    MQProducer getProducer();
}
