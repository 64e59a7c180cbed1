package io.mqproducer.message;

import java.util.ArrayList;
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
    private final Map<String, String> properties;
    private final List<String> keys;
    private final @Nullable String tag;
    private final @Nullable String orderingKey;
    private final @Nullable String liteTopic;
    private final List<String> multiDispatch;
    private final DeliveryTime delivery;
    private final int flag;
    private final int priority;
    private final int reconsumeTimes;
    private final boolean waitForStore;

    private Message(Builder builder, byte[] body) {
        this.topic = builder.topic;
        this.body = body;
        this.properties = builder.properties.isEmpty()
                ? Map.of()
                : Collections.unmodifiableMap(new LinkedHashMap<>(builder.properties));
        this.keys = List.copyOf(builder.keys);
        this.tag = builder.tag;
        this.orderingKey = builder.orderingKey;
        this.liteTopic = builder.liteTopic;
        this.multiDispatch = List.copyOf(builder.multiDispatch);
        this.delivery = builder.delivery;
        this.flag = builder.flag;
        this.priority = builder.priority;
        this.reconsumeTimes = builder.reconsumeTimes;
        this.waitForStore = builder.waitForStore;
    }

    /** A message with nothing but topic and body. */
    public static Message of(String topic, byte[] body) {
        return builder(topic).body(body).build();
    }

    /** A builder for a message to this topic, without namespace. */
    public static Builder builder(String topic) {
        return new Builder(topic);
    }

    /** A builder that holds all of this message. */
    public Builder toBuilder() {
        Builder builder = new Builder(topic);
        builder.body = body;
        builder.properties.putAll(properties);
        builder.keys.addAll(keys);
        builder.tag = tag;
        builder.orderingKey = orderingKey;
        builder.liteTopic = liteTopic;
        builder.multiDispatch.addAll(multiDispatch);
        builder.delivery = delivery;
        builder.flag = flag;
        builder.priority = priority;
        builder.reconsumeTimes = reconsumeTimes;
        builder.waitForStore = waitForStore;
        return builder;
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
        return properties;
    }

    /** The keys by which the message can be looked up in the broker. */
    public List<String> keys() {
        return keys;
    }

    /** The tag by which consumers filter. */
    public Optional<String> tag() {
        return Optional.ofNullable(tag);
    }

    /** The key whose messages keep their order; see {@link Builder#orderingKey}. */
    public Optional<String> orderingKey() {
        return Optional.ofNullable(orderingKey);
    }

    /** The lite topic below the topic (5.5 brokers). */
    public Optional<String> liteTopic() {
        return Optional.ofNullable(liteTopic);
    }

    /** The light message queues ({@code %LMQ%…}) that the broker also dispatches the message to. */
    public List<String> multiDispatch() {
        return multiDispatch;
    }

    /** When the message becomes visible. */
    public DeliveryTime delivery() {
        return delivery;
    }

    /** A number of the application's own, stored with the message. */
    public int flag() {
        return flag;
    }

    /** The priority, from 0 (5.5 brokers), or empty. */
    public OptionalInt priority() {
        return priority < 0 ? OptionalInt.empty() : OptionalInt.of(priority);
    }

    /** How often the message was consumed in vain; only for topics of a consumer group ({@code %RETRY%…}). */
    public OptionalInt reconsumeTimes() {
        return reconsumeTimes < 0 ? OptionalInt.empty() : OptionalInt.of(reconsumeTimes);
    }

    /** Whether the broker answers only when the message is flushed and replicated as it is configured for. */
    public boolean waitForStore() {
        return waitForStore;
    }

    /** Topic, tag, keys and size; never the body. */
    @Override
    public String toString() {
        return "Message[topic=" + topic + ", tag=" + tag + ", keys=" + keys + ", body=" + body.length + " bytes]";
    }

    /** Collects a {@link Message}. Not thread-safe. Each method throws what it names at once. */
    public static final class Builder {

        private final String topic;
        private byte @Nullable [] body;
        private final Map<String, String> properties = new LinkedHashMap<>();
        private final List<String> keys = new ArrayList<>(1);
        private @Nullable String tag;
        private @Nullable String orderingKey;
        private @Nullable String liteTopic;
        private final List<String> multiDispatch = new ArrayList<>(0);
        private DeliveryTime delivery = DeliveryTime.now();
        private int flag;
        private int priority = -1;
        private int reconsumeTimes = -1;
        private boolean waitForStore = true;

        private Builder(String topic) {
            this.topic = MessageRules.topic(topic);
        }

        /** The body, at least one byte: RocketMQ cannot tell an empty body from none. */
        public Builder body(byte[] body) {
            this.body = MessageRules.body(body);
            return this;
        }

        /** The one tag by which consumers filter. */
        public Builder tag(String tag) {
            this.tag = MessageRules.text("tag", tag);
            return this;
        }

        /** Replaces the keys by which the message can be looked up; a key holds no space. */
        public Builder keys(String... keys) {
            MessageRules.present("keys", keys);
            this.keys.clear();
            for (String key : keys) {
                this.keys.add(MessageRules.key(key));
            }
            return this;
        }

        /** Adds or replaces a user property; names of RocketMQ's own are refused. */
        public Builder property(String name, String value) {
            MessageRules.property(name, value);
            properties.put(name, value);
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
            this.priority = priority;
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
         * starts when the one before it has its outcome.
         */
        public Builder orderingKey(String orderingKey) {
            this.orderingKey = MessageRules.text("ordering key", orderingKey);
            return this;
        }

        /** The lite topic below the topic (5.5 brokers). */
        public Builder liteTopic(String liteTopic) {
            this.liteTopic = MessageRules.lightQueue("lite topic", liteTopic);
            return this;
        }

        /** The light message queues ({@code %LMQ%…}) that the broker also dispatches the message to. */
        public Builder multiDispatch(String... queues) {
            MessageRules.present("multi dispatch", queues);
            multiDispatch.clear();
            for (String queue : queues) {
                multiDispatch.add(MessageRules.lightQueue("multi dispatch", queue));
            }
            return this;
        }

        /** How often the message was consumed in vain; allows topics of a consumer group ({@code %RETRY%…}). */
        public Builder reconsumeTimes(int reconsumeTimes) {
            if (reconsumeTimes < 0) {
                throw MessageRules.broken("reconsumeTimes", "must not be negative", String.valueOf(reconsumeTimes));
            }
            this.reconsumeTimes = reconsumeTimes;
            return this;
        }

        /**
         * The message.
         *
         * @throws IllegalArgumentException if there is no body, or the topic is one of a consumer group and
         *     {@link #reconsumeTimes} is not set
         */
        public Message build() {
            MessageRules.retryTopic(topic, reconsumeTimes >= 0);
            byte[] complete = body;
            if (complete == null) {
                throw MessageRules.broken("body", "must be set", "null");
            }
            return new Message(this, complete);
        }
    }
}
