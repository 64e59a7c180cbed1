package io.mqproducer.spring.messaging;

/**
 * Names of headers that mean something to RocketMQ. Those of messages to send describe the send, as the methods of {@link
 * io.mqproducer.spring.SendSpec} of the same names do; those that begin with {@link #RECEIVED} tell of a message that came, and are
 * never sent. No other header may begin with {@link #PREFIX}.
 */
public final class MQHeaders {

    /** What all of these begin with. */
    public static final String PREFIX = "mq_";

    /** The tag, in place of the destination's. */
    public static final String TAG = "mq_tag";

    /** The keys: a collection or array of texts, or a text with blanks between them. */
    public static final String KEYS = "mq_keys";

    /** Messages of one ordering key go to one queue, one after the other. */
    public static final String ORDERING_KEY = "mq_orderingKey";

    /** A {@code MessageQueue} to write to. */
    public static final String QUEUE = "mq_queue";

    /** Time until the message is delivered: a {@code Duration}, its text ({@code PT30M}), or milliseconds. */
    public static final String DELAY = "mq_delay";

    /** When the message is delivered: an {@code Instant}, its text, a {@code Date}, or milliseconds since 1970. */
    public static final String DELIVERY_TIME = "mq_deliveryTime";

    /** Delay level of the broker, 1 to 18. */
    public static final String DELAY_LEVEL = "mq_delayLevel";

    /** The one deadline of the send: a {@code Duration}, its text, or milliseconds. */
    public static final String TIMEOUT = "mq_timeout";

    /** The limit of retries. */
    public static final String MAX_RETRIES = "mq_maxRetries";

    /** Whether the broker answers only when the message is flushed and replicated as it is configured for. */
    public static final String WAIT_FOR_STORE = "mq_waitForStore";

    /** What the headers of messages that came begin with. */
    public static final String RECEIVED = "mq_received";

    /** The topic. */
    public static final String RECEIVED_TOPIC = "mq_receivedTopic";

    /** The tag, if it has one. */
    public static final String RECEIVED_TAG = "mq_receivedTag";

    /** The keys, a {@code List<String>}, if it has some. */
    public static final String RECEIVED_KEYS = "mq_receivedKeys";

    /** The ordering key, if it has one. */
    public static final String RECEIVED_ORDERING_KEY = "mq_receivedOrderingKey";

    /** The id that its producer gave it. */
    public static final String RECEIVED_MESSAGE_ID = "mq_receivedMessageId";

    /** The id that the broker gave it, if it is stored. */
    public static final String RECEIVED_OFFSET_MESSAGE_ID = "mq_receivedOffsetMessageId";

    /** The id of the transaction that it belongs to, if it does. */
    public static final String RECEIVED_TRANSACTION_ID = "mq_receivedTransactionId";

    /** The {@code MessageQueue} that it is stored in, if it is. */
    public static final String RECEIVED_QUEUE = "mq_receivedQueue";

    /** Its position in the queue, a {@code Long}, if it is stored. */
    public static final String RECEIVED_QUEUE_OFFSET = "mq_receivedQueueOffset";

    /** When its producer sent it, an {@code Instant}. */
    public static final String RECEIVED_BORN_TIME = "mq_receivedBornTime";

    /** When the broker stored it, an {@code Instant}. */
    public static final String RECEIVED_STORE_TIME = "mq_receivedStoreTime";

    /** Its flag, an {@code Integer}. */
    public static final String RECEIVED_FLAG = "mq_receivedFlag";

    /** How often it was consumed in vain, an {@code Integer}. */
    public static final String RECEIVED_RECONSUME_TIMES = "mq_receivedReconsumeTimes";

    /** All its properties as they came, RocketMQ's own included: a {@code Map<String, String>}. */
    public static final String RECEIVED_PROPERTIES = "mq_receivedProperties";

    private MQHeaders() {}
}
