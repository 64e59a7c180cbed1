package io.mqproducer.message;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A message to send: immutable, never changed by a send, and free to be sent again, which makes a new message with a
 * new id.
 *
 * <p>The body array is kept, not copied. Each send reads it once, on the calling thread and before the send method
 * returns; after that the array is the caller's again.
 *
 * <p>Rules that hold everywhere are checked here ({@link IllegalArgumentException}); those that depend on the
 * producer's configuration, such as the size limit, are checked by the send.
 */
public final class Message {

    private final String topic;
    private final byte[] body;
    private final MessageExtras extras;

    private Message(String topic, byte[] body, MessageExtras extras) {
        this.topic = topic;
        this.body = body;
        this.extras = extras;
    }

    /** A message with nothing but topic and body. */
    public static Message of(String topic, byte[] body) {
        MessageRules.topic(topic);
        MessageRules.body(body);
        MessageRules.retryTopic(topic, false);
        return new Message(topic, body, MessageExtras.NONE);
    }

    /** A builder for a message to this topic, without namespace. */
    public static Builder builder(String topic) {
        return new Builder(MessageRules.topic(topic), MessageExtras.NONE);
    }

    /** A builder that holds all of this message. */
    public Builder toBuilder() {
        return new Builder(topic, extras).body(body);
    }

    /** This message with another body: cheaper than {@link #toBuilder}, for many messages that differ in nothing else. */
    public Message withBody(byte[] body) {
        return new Message(topic, MessageRules.body(body), extras);
    }

    /** The topic, without namespace. */
    public String topic() {
        return topic;
    }

    /** The array that the message was built with, not a copy. */
    public byte[] body() {
        return body;
    }

    /** The user properties, in the order in which they were set. */
    public Map<String, String> properties() {
        return extras.properties();
    }

    /** The keys by which the message can be looked up in the broker. */
    public List<String> keys() {
        return extras.keys();
    }

    /** The tag by which consumers filter. */
    public Optional<String> tag() {
        return extras.tag();
    }

    /** The key whose messages keep their order; see {@link Builder#orderingKey}. */
    public Optional<String> orderingKey() {
        return extras.orderingKey();
    }

    /** The lite topic below the topic (5.5 brokers). */
    public Optional<String> liteTopic() {
        return extras.liteTopic();
    }

    /** The light message queues ({@code %LMQ%…}) that the broker also dispatches the message to. */
    public List<String> multiDispatch() {
        return extras.multiDispatch();
    }

    /** When the message becomes visible. */
    public DeliveryTime delivery() {
        return extras.delivery();
    }

    /** A number of the application's own, stored with the message. */
    public int flag() {
        return extras.flag();
    }

    /** The priority, from 0 (5.5 brokers), or empty. */
    public OptionalInt priority() {
        return extras.priority();
    }

    /** How often the message was consumed in vain; only for topics of a consumer group ({@code %RETRY%…}). */
    public OptionalInt reconsumeTimes() {
        return extras.reconsumeTimes();
    }

    /** Whether the broker answers only when the message is flushed and replicated as it is configured for. */
    public boolean waitForStore() {
        return extras.waitForStore();
    }

    /** Topic, tag, keys and size; never the body. */
    @Override
    public String toString() {
        return "Message[topic=" + topic + ", tag=" + tag().orElse(null) + ", keys=" + keys() + ", body=" + body.length
                + " bytes]";
    }

    /** Collects a {@link Message}. Not thread-safe. Each method throws what it names at once. */
    public static final class Builder {

        private final String topic;
        private byte @Nullable [] body;
        private Map<String, String> properties;
        private @Nullable Map<String, String> growingProperties;
        private List<String> keys;
        private Optional<String> tag;
        private Optional<String> orderingKey;
        private Optional<String> liteTopic;
        private List<String> multiDispatch;
        private DeliveryTime delivery;
        private int flag;
        private OptionalInt priority;
        private OptionalInt reconsumeTimes;
        private boolean waitForStore;

        private Builder(String topic, MessageExtras extras) {
            this.topic = topic;
            this.properties = extras.properties();
            this.keys = extras.keys();
            this.tag = extras.tag();
            this.orderingKey = extras.orderingKey();
            this.liteTopic = extras.liteTopic();
            this.multiDispatch = extras.multiDispatch();
            this.delivery = extras.delivery();
            this.flag = extras.flag();
            this.priority = extras.priority();
            this.reconsumeTimes = extras.reconsumeTimes();
            this.waitForStore = extras.waitForStore();
        }

        /** The body, at least one byte: RocketMQ cannot tell an empty body from none. */
        public Builder body(byte[] body) {
            this.body = MessageRules.body(body);
            return this;
        }

        /** The one tag by which consumers filter. */
        public Builder tag(String tag) {
            this.tag = Optional.of(MessageRules.text("tag", tag));
            return this;
        }

        /** Replaces the keys by which the message can be looked up; a key holds no space. */
        public Builder keys(String... keys) {
            this.keys = MessageRules.all("keys", keys, MessageRules::key);
            return this;
        }

        /** Adds or replaces a user property; names of RocketMQ's own are refused. */
        public Builder property(String name, String value) {
            MessageRules.property(name, value);
            Map<String, String> growing = growingProperties;
            if (growing == null) {
                growing = new LinkedHashMap<>(properties);
                growingProperties = growing;
            }
            growing.put(name, value);
            return this;
        }

        /** A number of the application's own, stored with the message; 0 if not set. */
        public Builder flag(int flag) {
            this.flag = flag;
            return this;
        }

        /** When the message becomes visible; at once if not set. */
        public Builder delivery(DeliveryTime delivery) {
            this.delivery = MessageRules.present("delivery", delivery);
            return this;
        }

        /** The priority, from 0 (5.5 brokers, topics of type PRIORITY). */
        public Builder priority(int priority) {
            if (priority < 0) {
                throw MessageRules.broken("priority", "must not be negative", String.valueOf(priority));
            }
            this.priority = OptionalInt.of(priority);
            return this;
        }

        /**
         * Whether the broker answers only when the message is flushed and replicated as it is configured for; true if
         * not set. False trades durability for time.
         */
        public Builder waitForStore(boolean waitForStore) {
            this.waitForStore = waitForStore;
            return this;
        }

        /**
         * Messages of one key go to one queue, chosen as RocketMQ's hash selector does, one after the other: a send
         * starts when the one before it has its outcome. When the number of queues changes a key may move to another, and
         * what was sent before stays where it is.
         */
        public Builder orderingKey(String orderingKey) {
            this.orderingKey = Optional.of(MessageRules.text("ordering key", orderingKey));
            return this;
        }

        /** The lite topic below the topic (5.5 brokers). */
        public Builder liteTopic(String liteTopic) {
            this.liteTopic = Optional.of(MessageRules.lightQueue("lite topic", liteTopic));
            return this;
        }

        /** The light message queues ({@code %LMQ%…}) that the broker also dispatches the message to. */
        public Builder multiDispatch(String... queues) {
            multiDispatch = MessageRules.all(
                    "multi dispatch", queues, queue -> MessageRules.lightQueue("multi dispatch", queue));
            return this;
        }

        /** How often the message was consumed in vain; allows topics of a consumer group ({@code %RETRY%…}). */
        public Builder reconsumeTimes(int reconsumeTimes) {
            if (reconsumeTimes < 0) {
                throw MessageRules.broken("reconsumeTimes", "must not be negative", String.valueOf(reconsumeTimes));
            }
            this.reconsumeTimes = OptionalInt.of(reconsumeTimes);
            return this;
        }

        /**
         * The message.
         *
         * @throws IllegalArgumentException if there is no body, or the topic is one of a consumer group and
         *     {@link #reconsumeTimes} is not set
         */
        public Message build() {
            MessageRules.retryTopic(topic, reconsumeTimes.isPresent());
            byte[] complete = body;
            if (complete == null) {
                throw MessageRules.broken("body", "must be set", "null");
            }
            return new Message(topic, complete, extras());
        }

        private MessageExtras extras() {
            if (growingProperties != null) {
                properties = Collections.unmodifiableMap(growingProperties); // the message's from now on
                growingProperties = null;
            }
            return new MessageExtras(
                    properties,
                    keys,
                    tag,
                    orderingKey,
                    liteTopic,
                    multiDispatch,
                    delivery,
                    flag,
                    priority,
                    reconsumeTimes,
                    waitForStore);
        }
    }
}
