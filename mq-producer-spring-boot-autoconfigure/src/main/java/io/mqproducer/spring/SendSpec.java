package io.mqproducer.spring;

import io.mqproducer.message.MessageQueue;
import io.mqproducer.message.MessageQueueSelector;
import io.mqproducer.message.SendResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Describes messages to one destination, and sends them. Immutable and thread-safe: each {@code withX} returns a new
 * one and throws {@link IllegalArgumentException} at once if its argument breaks a rule. Of the three delivery times,
 * and of queue and selector, the last one given counts.
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
     * Adds a user property: the value's {@code toString()}. A value that is null or blank leaves the property as it
     * was, because RocketMQ has no empty ones; names of RocketMQ's own are refused.
     */
    SendSpec withHeader(String name, @Nullable Object value);

    /** Adds user properties, each as {@link #withHeader} does. */
    SendSpec withHeaders(Map<String, ? extends @Nullable Object> headers);

    /** The one deadline of a send, in place of the producer's. */
    SendSpec withTimeout(Duration timeout);

    /** The limit of retries, in place of the producer's. */
    SendSpec withMaxRetries(int maxRetries);

    /** Whether the broker answers only when the message is flushed and replicated as it is configured for. */
    SendSpec withWaitForStore(boolean waitForStore);

    /** As {@link MQOperations#send(String, Object)}. */
    SendResult send(Object payload);

    /** As {@link MQOperations#sendAsync(String, Object)}. */
    CompletableFuture<SendResult> sendAsync(Object payload);

    /** As {@link MQOperations#sendOneway(String, Object)}. */
    void sendOneway(Object payload);

    /**
     * The same messages, sent after the calling thread's transaction has committed.
     *
     * @throws IllegalStateException if it is in none that is synchronised with it
     */
    AfterCommitSpec afterCommit();

    /**
     * The same messages, as half messages of the calling thread's transaction. Of the options only those of the message count:
     * a half message has the producer's timeout and goes to any queue.
     *
     * @throws IllegalStateException if it is in none that is synchronised with it
     */
    TransactionalSpec transactional();
}
