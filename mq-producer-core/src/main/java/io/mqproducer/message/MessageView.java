package io.mqproducer.message;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A message as a broker sent it to us: the subject of a transaction check, a reply, or one that was looked up.
 * Immutable; tests make their own with {@link #builder}.
 */
public final class MessageView {

    private final String topic;
    private final byte[] body;
    private final Map<String, String> properties;
    private final String msgId;
    private final @Nullable String offsetMsgId;
    private final @Nullable String transactionId;
    private final @Nullable MessageQueue queue;
    private final long queueOffset;
    private final int flag;
    private final int reconsumeTimes;
    private final Instant bornTime;
    private final Instant storeTime;
    private final String bornHost;
    private final String storeHost;

    private MessageView(Builder builder) {
        this.topic = builder.topic;
        this.body = builder.body;
        this.properties = Map.copyOf(builder.properties);
        this.msgId = builder.msgId;
        this.offsetMsgId = builder.offsetMsgId;
        this.transactionId = builder.transactionId;
        this.queue = builder.queue;
        this.queueOffset = builder.queueOffset;
        this.flag = builder.flag;
        this.reconsumeTimes = builder.reconsumeTimes;
        this.bornTime = builder.bornTime;
        this.storeTime = builder.storeTime;
        this.bornHost = builder.bornHost;
        this.storeHost = builder.storeHost;
    }

    /** A builder for a message of this topic, without namespace, with this body, decompressed. */
    public static Builder builder(String topic, byte[] body) {
        return new Builder(topic, body);
    }

    /** The topic, without namespace. */
    public String topic() {
        return topic;
    }

    /** A copy of the body, decompressed. */
    public byte[] body() {
        return body.clone();
    }

    /** All properties, RocketMQ's own included. */
    public Map<String, String> properties() {
        return properties;
    }

    /** The property of this name. */
    public Optional<String> property(String name) {
        return Optional.ofNullable(properties.get(name));
    }

    public Optional<String> tag() {
        return property(MessageProperties.TAGS);
    }

    public List<String> keys() {
        String joined = properties.getOrDefault(MessageProperties.KEYS, "");
        return joined.isEmpty() ? List.of() : Arrays.asList(joined.split(" ", -1));
    }

    /** The id that its producer gave it. */
    public String msgId() {
        return msgId;
    }

    /** The id that the broker gave it, if it is stored. */
    public Optional<String> offsetMsgId() {
        return Optional.ofNullable(offsetMsgId);
    }

    /** The id of the transaction that it belongs to. */
    public Optional<String> transactionId() {
        return Optional.ofNullable(transactionId);
    }

    /** The queue that it is stored in, if it is. */
    public Optional<MessageQueue> queue() {
        return Optional.ofNullable(queue);
    }

    /** Its position in the queue, or -1 if it is not stored. */
    public long queueOffset() {
        return queueOffset;
    }

    public int flag() {
        return flag;
    }

    public int reconsumeTimes() {
        return reconsumeTimes;
    }

    /** When its producer sent it, by the producer's clock. */
    public Instant bornTime() {
        return bornTime;
    }

    /** When the broker stored it, by the broker's clock. */
    public Instant storeTime() {
        return storeTime;
    }

    /** Address of its producer as the broker saw it, {@code host:port}. */
    public String bornHost() {
        return bornHost;
    }

    /** Address of the broker that stored it, {@code host:port}. */
    public String storeHost() {
        return storeHost;
    }

    /** Topic, id and size; never the body. */
    @Override
    public String toString() {
        return "MessageView[topic=" + topic + ", msgId=" + msgId + ", queue=" + queue + ", queueOffset=" + queueOffset
                + ", body=" + body.length + " bytes]";
    }

    /** Collects a {@link MessageView}. Not thread-safe. */
    public static final class Builder {

        private final String topic;
        private final byte[] body;
        private Map<String, String> properties = Map.of();
        private String msgId = "";
        private @Nullable String offsetMsgId;
        private @Nullable String transactionId;
        private @Nullable MessageQueue queue;
        private long queueOffset = -1;
        private int flag;
        private int reconsumeTimes;
        private Instant bornTime = Instant.EPOCH;
        private Instant storeTime = Instant.EPOCH;
        private String bornHost = "";
        private String storeHost = "";

        private Builder(String topic, byte[] body) {
            this.topic = Objects.requireNonNull(topic, "topic");
            this.body = body.clone();
        }

        public Builder properties(Map<String, String> properties) {
            this.properties = properties;
            return this;
        }

        public Builder msgId(String msgId) {
            this.msgId = Objects.requireNonNull(msgId, "msgId");
            return this;
        }

        public Builder offsetMsgId(@Nullable String offsetMsgId) {
            this.offsetMsgId = offsetMsgId;
            return this;
        }

        public Builder transactionId(@Nullable String transactionId) {
            this.transactionId = transactionId;
            return this;
        }

        /** The queue that it is stored in, and its position there. */
        public Builder stored(MessageQueue queue, long queueOffset) {
            this.queue = Objects.requireNonNull(queue, "queue");
            this.queueOffset = queueOffset;
            return this;
        }

        public Builder flag(int flag) {
            this.flag = flag;
            return this;
        }

        public Builder reconsumeTimes(int reconsumeTimes) {
            this.reconsumeTimes = reconsumeTimes;
            return this;
        }

        /** When and from where its producer sent it. */
        public Builder born(Instant time, String host) {
            this.bornTime = Objects.requireNonNull(time, "time");
            this.bornHost = Objects.requireNonNull(host, "host");
            return this;
        }

        /** When and where the broker stored it. */
        public Builder store(Instant time, String host) {
            this.storeTime = Objects.requireNonNull(time, "time");
            this.storeHost = Objects.requireNonNull(host, "host");
            return this;
        }

        public MessageView build() {
            return new MessageView(this);
        }
    }
}
