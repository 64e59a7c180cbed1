package io.mqproducer.spring;

import io.mqproducer.MQProducer;
import io.mqproducer.message.Message;
import io.mqproducer.message.SendResult;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Sends payloads with an {@link MQProducer}. Thread-safe and without state of its own; neither starts nor stops the
 * producer.
 */
public class MQTemplate implements MQOperations {

    private final MQProducer producer;
    private final MQMessageConverter converter;
    private final @Nullable Destination defaultDestination;
    private final MessageTransactions transactions;

    /** A template that has all else as it is by default. */
    public MQTemplate(MQProducer producer, MQMessageConverter converter) {
        this(builder(producer).converter(converter));
    }

    private MQTemplate(Builder builder) {
        this.producer = builder.producer;
        this.converter = builder.converter;
        this.defaultDestination =
                builder.defaultDestination == null ? null : Destination.parse(builder.defaultDestination);
        this.transactions = builder.transactions;
    }

    /** A builder for a template that sends with this producer. */
    public static Builder builder(MQProducer producer) {
        return new Builder(producer);
    }

    @Override
    public SendResult send(String destination, Object payload) {
        return producer.send(message(Destination.parse(destination), payload));
    }

    @Override
    public SendResult send(Message message) {
        return producer.send(message);
    }

    @Override
    public SendResult sendDefault(Object payload) {
        if (defaultDestination == null) {
            throw new IllegalStateException(
                    "there is no default destination: set mq.producer.template.default-topic, or name a destination");
        }
        return producer.send(message(defaultDestination, payload));
    }

    @Override
    public CompletableFuture<SendResult> sendAsync(String destination, Object payload) {
        Message message;
        try {
            message = message(Destination.parse(destination), payload);
        } catch (MQConversionException e) {
            return CompletableFuture.failedFuture(e);
        }
        return producer.sendAsync(message);
    }

    @Override
    public CompletableFuture<SendResult> sendAsync(Message message) {
        return producer.sendAsync(message);
    }

    @Override
    public void sendOneway(String destination, Object payload) {
        producer.sendOneway(message(Destination.parse(destination), payload));
    }

    @Override
    public void sendOneway(Message message) {
        producer.sendOneway(message);
    }

    @Override
    public SendSpec destination(String destination) {
        return PreparedSendSpec.of(this, Destination.parse(destination));
    }

    @Override
    public MQProducer getProducer() {
        return producer;
    }

    MQMessageConverter converter() {
        return converter;
    }

    MessageTransactions transactions() {
        return transactions;
    }

    private Message message(Destination destination, Object payload) {
        return destination.newMessage().body(converter.toBody(payload)).build();
    }

    /** Collects what an {@link MQTemplate} works with. Not thread-safe. */
    public static final class Builder {

        private final MQProducer producer;
        private MQMessageConverter converter = new JsonMQMessageConverter();
        private @Nullable String defaultDestination;
        private MessageTransactions transactions = NoTransactions.INSTANCE;

        private Builder(MQProducer producer) {
            this.producer = Objects.requireNonNull(producer, "producer");
        }

        /** Makes bodies of payloads; bytes and text only if not set. */
        public Builder converter(MQMessageConverter converter) {
            this.converter = Objects.requireNonNull(converter, "converter");
            return this;
        }

        /** Where {@link MQTemplate#sendDefault} sends to, {@code topic} or {@code topic:tag}; nowhere if not set. */
        public Builder defaultDestination(@Nullable String defaultDestination) {
            this.defaultDestination = defaultDestination;
            return this;
        }

        /** What ties messages to transactions; nothing if not set. */
        public Builder transactions(MessageTransactions transactions) {
            this.transactions = Objects.requireNonNull(transactions, "transactions");
            return this;
        }

        /** The template. */
        public MQTemplate build() {
            return new MQTemplate(this);
        }
    }
}
