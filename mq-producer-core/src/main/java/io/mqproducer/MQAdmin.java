package io.mqproducer;

import io.mqproducer.message.MessageQueue;
import io.mqproducer.message.MessageView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a producer can ask of its cluster besides sending: making topics, looking at queues and messages. For tools, tests and
 * the start of an application, not for every message. Thread-safe; got from {@link MQProducer#admin}, and as long of use as the
 * producer runs.
 *
 * <p>Every method waits for its answer, for as long as the send timeout or {@link #withTimeout} says, and throws a {@link
 * io.mqproducer.exception.RequestFailedException} whose kind and text tell which server failed and how. Topics are named
 * without namespace.
 */
public interface MQAdmin {

    /**
     * The same with another deadline for each call.
     *
     * @throws IllegalArgumentException if it is not positive, or longer than a day
     */
    MQAdmin withTimeout(Duration timeout);

    /**
     * Makes a topic on all brokers that make topics on demand, or changes the number of its queues there. As {@link
     * #createTopic(String, String, int, Map)} with the key topic {@code TBW102} and no attributes.
     */
    default void createTopic(String topic, int queues) {
        createTopic("TBW102", topic, queues, Map.of());
    }

    /**
     * Makes a topic on every master of the key topic's route, or changes the number of its queues there.
     *
     * @param keyTopic a topic that exists on the brokers that are to have the new one: {@code TBW102} for those that make
     *     topics on demand, the cluster's name for all of a cluster
     * @param topic letters, digits, {@code % | _ -}, at most 127
     * @param queues per broker, for writing as well as reading, 1 to 16 384
     * @param attributes RocketMQ's topic attributes, such as {@code message.type} with {@code FIFO}; brokers refuse those that
     *     they do not know
     * @throws IllegalArgumentException if topic, queues or an attribute break a rule
     * @throws io.mqproducer.exception.RequestFailedException if not every broker has it now; the text names those that
     *     have. Doing it again is harmless
     */
    void createTopic(String keyTopic, String topic, int queues, Map<String, String> attributes);

    /** The offset of the first message of a queue that was stored at this time or later; if there is none, of the next. */
    long searchOffset(MessageQueue queue, Instant time);

    /** The offset that the next message of a queue will get. */
    long maxOffset(MessageQueue queue);

    /** The offset of the first message of a queue that is still there. */
    long minOffset(MessageQueue queue);

    /** When the first message of a queue that is still there was stored; empty if there is none. */
    Optional<Instant> earliestStoreTime(MessageQueue queue);

    /**
     * The message with this id, or empty if no broker has it (any more).
     *
     * @param id {@code SendResult.msgId} or {@code offsetMsgId}; of several copies with one {@code msgId} this is the first
     */
    Optional<MessageView> viewMessage(String topic, String id);

    /**
     * The messages with a key that were stored in this time, oldest first. Brokers index a message a moment after they have
     * stored it.
     *
     * @param maxMessages the most that are wanted, at most 64; if there are more, the latest. An answer may have 16 MiB:
     *     ask for fewer if the messages are large
     * @throws IllegalArgumentException if the key is empty, {@code maxMessages} not 1 to 64, or begin after end
     * @throws io.mqproducer.exception.RequestFailedException if not every broker of the topic has answered
     */
    List<MessageView> queryMessage(String topic, String key, int maxMessages, Instant begin, Instant end);
}
