package io.mqproducer.spring;

import io.mqproducer.message.BatchSendResult;
import io.mqproducer.message.Message;
import io.mqproducer.message.MessageQueue;
import io.mqproducer.message.MessageQueueSelector;
import io.mqproducer.message.SendResult;
import io.mqproducer.message.TransactionSendResult;
import io.mqproducer.spi.LocalTransaction;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;

/**
 * Describes messages to one destination, and sends them. Immutable and thread-safe: each {@code withX} returns a new
 * one and throws {@link IllegalArgumentException} at once if its argument breaks a rule. Of the three delivery times,
 * and of queue and selector, the last one given counts.
 *
 * <p>What is described counts in every way of sending. The exception is half messages, which have the producer's timeout and
 * retries and go to any queue: {@link #sendInTransaction} and {@link #transactional} throw {@link IllegalStateException} if
 * timeout, retries, queue or selector are given.
 */
public interface SendSpec {

    /** The tag by which consumers filter, in place of the destination's. */
    SendSpec withTag(String tag);

    /** The keys by which the message can be looked up in the broker, in place of earlier ones. */
    SendSpec withKeys(String... keys);

    /**
     * Messages of one key go to one queue, one after the other. Cannot be combined with {@link #withQueue} or
     * {@link #withSelector}.
     */
    SendSpec withOrderingKey(String orderingKey);

    /** The queue to write to. */
    SendSpec withQueue(MessageQueue queue);

    /** Lets the selector choose the queue by this argument. */
    SendSpec withSelector(MessageQueueSelector selector, Object arg);

    /** Visible to consumers this long after the broker has received it; needs a 5.x broker. */
    SendSpec withDelay(Duration delay);

    /** Visible to consumers at this time; needs a 5.x broker. */
    SendSpec withDeliveryTime(Instant at);

    /** Visible to consumers after the delay of this level, 1 to 18, of the broker. */
    SendSpec withDelayLevel(int level);

    /**
     * Adds a user property: the value's {@code toString()}, or the text in UTF-8 that an array of bytes holds. A value that is
     * null or blank leaves the property as it was, because RocketMQ has no empty ones; names of RocketMQ's own are refused.
     */
    SendSpec withHeader(String name, @Nullable Object value);

    /** Adds user properties, each as {@link #withHeader} does. */
    SendSpec withHeaders(Map<String, ? extends @Nullable Object> headers);

    /** The one deadline of a send, or of a request and its reply, in place of the producer's. */
    SendSpec withTimeout(Duration timeout);

    /** The limit of retries, in place of the producer's. */
    SendSpec withMaxRetries(int maxRetries);

    /** Whether the broker answers only when the message is flushed and replicated as it is configured for. */
    SendSpec withWaitForStore(boolean waitForStore);

    /**
     * Whatever else a message has: priority, flag, lite topic. Called once, now; a body that it sets does not count.
     */
    SendSpec withMessageCustomizer(Consumer<Message.Builder> customizer);

    /** As {@link MQOperations#send(String, Object)}. */
    SendResult send(Object payload);

    /** As {@link MQOperations#sendAsync(String, Object)}. */
    CompletableFuture<SendResult> sendAsync(Object payload);

    /** As {@link MQOperations#sendOneway(String, Object)}. */
    void sendOneway(Object payload);

    /** As {@link MQOperations#sendBatch}. */
    BatchSendResult sendBatch(Collection<?> payloads);

    /** As {@link MQOperations#sendBatchAsync}. */
    CompletableFuture<BatchSendResult> sendBatchAsync(Collection<?> payloads);

    /**
     * As {@link MQOperations#sendInTransaction}.
     *
     * @throws IllegalStateException if timeout, retries, queue or selector are given
     */
    TransactionSendResult sendInTransaction(Object payload, LocalTransaction localTransaction);

    /** As {@link MQOperations#request(String, Object, Class)}. */
    <T> T request(Object payload, Class<T> replyType);

    /** As {@link MQOperations#request(String, Object, ParameterizedTypeReference)}. */
    <T> T request(Object payload, ParameterizedTypeReference<T> replyType);

    /** As {@link MQOperations#requestAsync(String, Object, Class)}. */
    <T> CompletableFuture<T> requestAsync(Object payload, Class<T> replyType);

    /** As {@link MQOperations#requestAsync(String, Object, ParameterizedTypeReference)}. */
    <T> CompletableFuture<T> requestAsync(Object payload, ParameterizedTypeReference<T> replyType);

    /**
     * The same messages, sent after the calling thread's transaction has committed.
     *
     * @throws IllegalStateException if it is in none that is synchronised with it
     */
    AfterCommitSpec afterCommit();

    /**
     * The same messages, as half messages of the calling thread's transaction.
     *
     * @throws IllegalStateException if it is in none that is synchronised with it, or timeout, retries, queue or selector are
     *     given
     */
    TransactionalSpec transactional();
}
