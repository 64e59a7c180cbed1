package io.mqproducer.spring;

import io.mqproducer.MQProducer;
import io.mqproducer.message.BatchSendResult;
import io.mqproducer.message.Message;
import io.mqproducer.message.SendResult;
import io.mqproducer.message.TransactionSendResult;
import io.mqproducer.spi.LocalTransaction;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import org.springframework.core.ParameterizedTypeReference;

/**
 * Sends payloads to Apache RocketMQ; implemented by {@link MQTemplate}. Thread-safe.
 *
 * <p>A destination is a topic, or a topic and a tag: {@code orders} or {@code orders:created}. How a payload becomes a
 * body is up to the {@link MQMessageConverter}: bytes and strings as they are, all else as JSON, unless the application
 * has its own.
 *
 * <p>What the producer throws arrives unwrapped, in every mode. A destination, or anything else in the arguments, that
 * breaks a rule is an {@link IllegalArgumentException} of the call, in every mode. With {@code
 * mq.producer.template.require-send-ok} a message that is only weakly acknowledged is a failure as well: of kind {@code
 * BROKER_REJECTED}, maybe stored.
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

    /**
     * Sends several payloads, each as a message of its own, in as few requests as may be, and waits until all have their outcome.
     *
     * @return what became of them, in the order in which the collection gives them
     * @throws io.mqproducer.exception.BatchNotFullyStoredException if not all are known to be stored; its result tells of each
     * @throws io.mqproducer.exception.MessageNotStoredException if a message breaks a rule, which the text names by its index;
     *     nothing was sent
     * @throws MQConversionException if a payload cannot be converted, which the text names by its index; nothing was sent
     * @throws IllegalArgumentException if there is no payload, or one is null, likewise
     */
    BatchSendResult sendBatch(String destination, Collection<?> payloads);

    /** Sends a batch without waiting; every exception of {@link #sendBatch} but those of arguments arrives in the future. */
    CompletableFuture<BatchSendResult> sendBatchAsync(String destination, Collection<?> payloads);

    /**
     * Sends a message that becomes visible only if the local transaction, which runs on the calling thread once the message is
     * stored, says {@code COMMIT}; as {@link MQProducer#sendInTransaction}. If the work of the transaction is done by Spring's,
     * {@link SendSpec#transactional} is the simpler way.
     *
     * @throws io.mqproducer.exception.MessageNotStoredException if the message is certainly not stored, in particular if no
     *     {@code TransactionChecker} answers for its topic; the local transaction was not run
     * @throws io.mqproducer.exception.MessageMaybeStoredException if it may be stored; likewise
     * @throws MQConversionException if the payload cannot be converted; likewise
     * @throws RuntimeException what the local transaction throws
     */
    TransactionSendResult sendInTransaction(String destination, Object payload, LocalTransaction localTransaction);

    /**
     * Sends a request, and waits for the reply of the consumer that gets it. The one deadline, reply included, is the producer's
     * {@code send-timeout}; {@link SendSpec#withTimeout} sets another one.
     *
     * @param replyType what the reply's body is read as; {@link io.mqproducer.message.MessageView}{@code .class} for the reply as
     *     it came, with its properties
     * @throws io.mqproducer.exception.MessageNotStoredException if the request is certainly not stored
     * @throws io.mqproducer.exception.MessageMaybeStoredException if it may be stored
     * @throws io.mqproducer.exception.ReplyTimeoutException if it is stored, but no reply came in time
     * @throws MQConversionException if the payload cannot be converted, and nothing was sent; or if the reply cannot
     */
    <T> T request(String destination, Object payload, Class<T> replyType);

    /** As {@link #request(String, Object, Class)}, for generic types such as {@code List<Offer>}. */
    <T> T request(String destination, Object payload, ParameterizedTypeReference<T> replyType);

    /**
     * Sends a request without waiting; every exception of {@link #request(String, Object, Class)} but those of arguments arrives
     * in the future. Cancelling the future ends the waiting.
     */
    <T> CompletableFuture<T> requestAsync(String destination, Object payload, Class<T> replyType);

    /** As {@link #requestAsync(String, Object, Class)}, for generic types such as {@code List<Offer>}. */
    <T> CompletableFuture<T> requestAsync(String destination, Object payload, ParameterizedTypeReference<T> replyType);

    /** A message to this destination, to be described further; worth keeping in a field. */
    SendSpec destination(String destination);

    /** The producer that the template sends with, without anything that the template adds. */
    MQProducer getProducer();
}
