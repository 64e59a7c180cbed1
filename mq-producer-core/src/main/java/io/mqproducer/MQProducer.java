package io.mqproducer;

import io.mqproducer.message.BatchSendResult;
import io.mqproducer.message.Message;
import io.mqproducer.message.MessageQueue;
import io.mqproducer.message.MessageView;
import io.mqproducer.message.SendOptions;
import io.mqproducer.message.SendResult;
import io.mqproducer.message.TransactionSendResult;
import io.mqproducer.spi.LocalTransaction;
import io.mqproducer.spi.SendCallback;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Sends messages to Apache RocketMQ. Thread-safe; an application needs one per cluster and group.
 *
 * <p>Every send has one deadline ({@code send-timeout}, 3 s unless set) over all that it waits for: room in flight,
 * route, connection, answer, retries. It ends in one of four ways: acknowledged ({@link
 * io.mqproducer.message.SendStatus#SEND_OK}), weakly acknowledged (another status: stored, but not as durably as the
 * broker is configured for), {@linkplain io.mqproducer.exception.MessageNotStoredException not stored}, or {@linkplain
 * io.mqproducer.exception.MessageMaybeStoredException maybe stored}.
 *
 * <p>Life cycle: new, running, stopped, running again …, closed. The first send starts a new producer; a stopped one
 * is started by {@link #start} only.
 */
public interface MQProducer extends AutoCloseable {

    /**
     * A builder for a producer of this group.
     *
     * @param group the producer group: letters, digits, {@code % | _ -}, at most 120
     */
    static MQProducerBuilder builder(String group) {
        return new MQProducerBuilder(group);
    }

    /**
     * Starts a new or stopped producer; does nothing to one that runs. No server need be up, unless {@code failFast}
     * is set.
     *
     * @throws io.mqproducer.exception.RequestFailedException if {@code failFast} is set and no name server answers
     * @throws IllegalStateException if the producer is closed
     */
    void start();

    /**
     * Stops accepting sends, waits for those accepted to end, then closes all connections. What has no outcome after
     * {@code drain} fails with kind {@code CLOSED}. Called on a callback thread it begins the drain and returns.
     */
    void stop(Duration drain);

    /** Stops with the configured {@code shutdownTimeout}, for good. */
    @Override
    void close();

    /**
     * Sends and waits for the broker's answer.
     *
     * @throws io.mqproducer.exception.MessageNotStoredException if the message is certainly not stored
     * @throws io.mqproducer.exception.MessageMaybeStoredException if it may be stored
     */
    default SendResult send(Message message) {
        return send(message, SendOptions.defaults());
    }

    /** As {@link #send(Message)}, with options. */
    SendResult send(Message message, SendOptions options);

    /**
     * Sends without waiting for anything but room in flight. Every failure arrives in the future, as one of the
     * exceptions of {@link #send(Message)}; it completes on the callback executor. Completing or cancelling the future
     * from outside ends the send as soon as that is noticed: what is not written yet never will be, but a written
     * message is not unsent.
     */
    default CompletableFuture<SendResult> sendAsync(Message message) {
        return sendAsync(message, SendOptions.defaults());
    }

    /** As {@link #sendAsync(Message)}, with options. */
    CompletableFuture<SendResult> sendAsync(Message message, SendOptions options);

    /** As {@link #sendAsync(Message)}, with a callback in place of a future. */
    void sendAsync(Message message, SendOptions options, SendCallback callback);

    /**
     * Sends without asking for an answer. Returns when the message is accepted; what fails later is told to {@code
     * SendMessageHook.afterSend}, to the meters and in the log.
     *
     * @throws io.mqproducer.exception.MessageNotStoredException if the message is invalid or there is no room in flight
     */
    default void sendOneway(Message message) {
        sendOneway(message, SendOptions.defaults());
    }

    /** As {@link #sendOneway(Message)}, with options. */
    void sendOneway(Message message, SendOptions options);

    /** As {@link #sendBatch(Collection, SendOptions)}, with the default options. */
    default BatchSendResult sendBatch(Collection<Message> messages) {
        return sendBatch(messages, SendOptions.defaults());
    }

    /**
     * Sends a message that becomes visible only if the local transaction commits. Stores it as a half message; runs the local
     * transaction on the calling thread once that is fully acknowledged; tells the broker how it ended, and waits for its answer,
     * {@code sendTimeout} at most. If the half message is only weakly acknowledged, the local transaction is not run and the
     * message is rolled back: the result's status and state say so.
     *
     * <p>If the broker does not confirm commit or rollback, or the state is unknown, it asks the {@link
     * io.mqproducer.spi.TransactionChecker} of the topic, not before the local transaction is over. A commit whose answer was lost may
     * so be repeated by the broker's question: consumers then see the message twice, with the same id.
     *
     * <p>{@link #stop} waits for transactions that run.
     *
     * @throws io.mqproducer.exception.MessageNotStoredException if the half message is certainly not stored, in particular if
     *     no transaction checker answers for its topic, or it has a delivery time; the local transaction was not run
     * @throws io.mqproducer.exception.MessageMaybeStoredException if the half message may be stored; likewise
     * @throws RuntimeException what the local transaction throws; the state of its transaction is unknown then
     */
    TransactionSendResult sendInTransaction(Message message, LocalTransaction localTransaction);

    /**
     * Stores a half message for a transaction that the caller runs on his own, and then commits or rolls back.
     *
     * @throws io.mqproducer.exception.MessageNotStoredException if it is certainly not stored, or was rolled back at once because
     *     it was only weakly acknowledged
     * @throws io.mqproducer.exception.MessageMaybeStoredException if it may be stored
     */
    PreparedMessage prepare(Message message);

    /**
     * Sends several messages in as few requests as may be, and waits until all have their outcome. Messages of one topic and
     * ordering key travel together, up to {@code max-message-size} and 1 000 per request; what brokers do for single messages
     * only (delivery time, priority, lite topic, multi-dispatch, retry topics) travels alone, as does each message if a
     * selector chooses queues. A broker stores all messages of a request or none, in their order; requests are sent side by
     * side. Each message has an id and a result of its own, but a broker notes one born time for all that travel together.
     * The bodies of a request are compressed all or none, whichever is smaller.
     *
     * @throws io.mqproducer.exception.MessageNotStoredException if a message breaks a rule, which the text names by its
     *     index, or the batch cannot be accepted; nothing is sent
     * @throws io.mqproducer.exception.BatchNotFullyStoredException if not all messages are known to be stored
     */
    BatchSendResult sendBatch(Collection<Message> messages, SendOptions options);

    /**
     * As {@link #sendBatch(Collection, SendOptions)}, without waiting for anything but room in flight. Every failure arrives
     * in the future, which completes on the callback executor; completing it from outside ends what is not over.
     */
    CompletableFuture<BatchSendResult> sendBatchAsync(Collection<Message> messages, SendOptions options);

    /**
     * Sends a message as a request, and waits for the reply of the consumer that gets it. The first request to a topic takes a
     * moment longer: all brokers of its cluster must have heard of this producer, since any of them may bring the reply. A
     * weakly acknowledged request waits for its reply like any other.
     *
     * @param options as of any send; a timeout of theirs, if it is shorter, limits the send alone
     * @param timeout the one deadline, from now to the reply; more than zero, at most a day
     * @return the reply, decompressed
     * @throws io.mqproducer.exception.MessageNotStoredException if the request is certainly not stored
     * @throws io.mqproducer.exception.MessageMaybeStoredException if it may be stored; a reply to it is not waited for
     * @throws io.mqproducer.exception.ReplyTimeoutException if it is stored, but there is no reply, or none that can be used
     * @throws IllegalArgumentException if the timeout is out of range
     */
    MessageView request(Message message, SendOptions options, Duration timeout);

    /**
     * As {@link #request}, without waiting. The future completes once, on the callback executor. Completing it from outside,
     * for example by cancelling it, ends the waiting; a request that is not written yet never will be.
     */
    CompletableFuture<MessageView> requestAsync(Message message, SendOptions options, Duration timeout);

    /**
     * Replies to a request, for applications that consume RocketMQ's messages by other means. Returns when the broker has
     * brought the reply to the requester, or at least stored it.
     *
     * @param request the request with the properties that it was consumed with ({@link MessageView#builder}); {@code CLUSTER},
     *     {@code CORRELATION_ID}, {@code REPLY_TO_CLIENT} and {@code TTL} are needed
     * @param body of the reply; read before this returns
     * @throws IllegalArgumentException if the message is no request, naming the property that it lacks, or the body is empty
     * @throws io.mqproducer.exception.MessageNotStoredException if the requester has certainly not got the reply
     * @throws io.mqproducer.exception.MessageMaybeStoredException if it may have got it; also when it is gone
     */
    SendResult reply(MessageView request, byte[] body);

    /**
     * Has a message with a delivery time dropped before it is delivered (brokers from 5.3.2 on that have
     * {@code recallMessageEnable=true}). Close to that time it may be too late although this returns: brokers look at what is
     * due a second or so ahead. Recalling it again does no harm.
     *
     * @param recallHandle what {@link SendResult#recallHandle} told when the message was sent
     * @return the message's id
     * @throws io.mqproducer.exception.RequestFailedException if it is not certain that the message is recalled; of kind
     *     {@code INVALID_MESSAGE}, and nothing was sent, if the handle is none or of another topic
     */
    String recall(String topic, String recallHandle);

    /**
     * As {@link #recall}, without waiting. The future completes on the callback executor. Cancelling it keeps the request from
     * being sent, if it is early enough.
     */
    CompletableFuture<String> recallAsync(String topic, String recallHandle);

    /**
     * The queues that messages of this topic can be written to, in RocketMQ's order: broker name, then queue id. Asks the name
     * servers each time. Of a topic that does not exist yet and will be created on demand, the queues that it will have.
     *
     * @throws io.mqproducer.exception.RequestFailedException if no route is known within the send timeout
     */
    List<MessageQueue> publishQueues(String topic);

    /** What the cluster can be asked besides storing messages. Using it starts a new producer, as a send does. */
    MQAdmin admin();

    /** How the producer is at this moment. */
    ProducerStatus status();
}
