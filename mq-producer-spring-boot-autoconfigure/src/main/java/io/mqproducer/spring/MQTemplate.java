package io.mqproducer.spring;

import io.mqproducer.MQProducer;
import io.mqproducer.message.BatchSendResult;
import io.mqproducer.message.Message;
import io.mqproducer.message.SendResult;
import io.mqproducer.message.TransactionSendResult;
import io.mqproducer.spi.LocalTransaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;

/**
 * Sends payloads with an {@link MQProducer}. Thread-safe and without state of its own; neither starts nor stops the
 * producer.
 */
public class MQTemplate implements MQOperations {

    private final MQProducer producer;

    /** The producer, and around it what the builder was given. */
    private final MQProducer sender;

    private final Payloads payloads;
    private final @Nullable Message defaultPrototype;
    private final Duration requestTimeout;
    private final MessageTransactions transactions;

    /** A template that has all else as it is by default. */
    public MQTemplate(MQProducer producer, MQMessageConverter converter) {
        this(builder(producer).converter(converter));
    }

    private MQTemplate(Builder builder) {
        this.producer = builder.producer;
        this.sender = builder.sender();
        this.payloads = new Payloads(builder.converter, builder.contentTypeEnabled);
        this.defaultPrototype = builder.defaultPrototype;
        this.requestTimeout = builder.requestTimeout;
        this.transactions = builder.transactions;
    }

    /** A builder for a template that sends with this producer. */
    public static Builder builder(MQProducer producer) {
        return new Builder(producer);
    }

    @Override
    public SendResult send(String destination, Object payload) {
        return sender.send(message(destination, payload));
    }

    @Override
    public SendResult send(Message message) {
        return sender.send(message);
    }

    @Override
    public SendResult sendDefault(Object payload) {
        if (defaultPrototype == null) {
            throw new IllegalStateException(
                    "there is no default destination: set mq.producer.template.default-topic, or name a destination");
        }
        return sender.send(payloads.message(defaultPrototype, payload));
    }

    @Override
    public CompletableFuture<SendResult> sendAsync(String destination, Object payload) {
        Message message;
        try {
            message = message(destination, payload);
        } catch (MQConversionException e) {
            return CompletableFuture.failedFuture(e);
        }
        return sender.sendAsync(message);
    }

    @Override
    public CompletableFuture<SendResult> sendAsync(Message message) {
        return sender.sendAsync(message);
    }

    @Override
    public void sendOneway(String destination, Object payload) {
        sender.sendOneway(message(destination, payload));
    }

    @Override
    public void sendOneway(Message message) {
        sender.sendOneway(message);
    }

    @Override
    public BatchSendResult sendBatch(String destination, Collection<?> payloads) {
        return destination(destination).sendBatch(payloads);
    }

    @Override
    public CompletableFuture<BatchSendResult> sendBatchAsync(String destination, Collection<?> payloads) {
        return destination(destination).sendBatchAsync(payloads);
    }

    @Override
    public TransactionSendResult sendInTransaction(
            String destination, Object payload, LocalTransaction localTransaction) {
        return destination(destination).sendInTransaction(payload, localTransaction);
    }

    @Override
    public <T> T request(String destination, Object payload, Class<T> replyType) {
        return destination(destination).request(payload, replyType);
    }

    @Override
    public <T> T request(String destination, Object payload, ParameterizedTypeReference<T> replyType) {
        return destination(destination).request(payload, replyType);
    }

    @Override
    public <T> CompletableFuture<T> requestAsync(String destination, Object payload, Class<T> replyType) {
        return destination(destination).requestAsync(payload, replyType);
    }

    @Override
    public <T> CompletableFuture<T> requestAsync(
            String destination, Object payload, ParameterizedTypeReference<T> replyType) {
        return destination(destination).requestAsync(payload, replyType);
    }

    @Override
    public SendSpec destination(String destination) {
        return PreparedSendSpec.of(this, Destination.parse(destination));
    }

    @Override
    public MQProducer getProducer() {
        return producer;
    }

    MQProducer sender() {
        return sender;
    }

    Payloads payloads() {
        return payloads;
    }

    Duration requestTimeout() {
        return requestTimeout;
    }

    MessageTransactions transactions() {
        return transactions;
    }

    private Message message(String destination, Object payload) {
        return payloads.message(Destination.parse(destination).prototype(), payload);
    }

    /** Collects what an {@link MQTemplate} works with. Not thread-safe. */
    public static final class Builder {

        private final MQProducer producer;
        private final List<UnaryOperator<MQProducer>> decorators = new ArrayList<>();
        private MQMessageConverter converter = new JsonMQMessageConverter();
        private @Nullable Message defaultPrototype;
        private boolean requireSendOk;
        private boolean contentTypeEnabled;
        private Duration requestTimeout = Duration.ofSeconds(3);
        private MessageTransactions transactions = NoTransactions.INSTANCE;

        private Builder(MQProducer producer) {
            this.producer = Objects.requireNonNull(producer, "producer");
        }

        /** Makes bodies of payloads, and reads those of replies; bytes and text only if not set. */
        public Builder converter(MQMessageConverter converter) {
            this.converter = Objects.requireNonNull(converter, "converter");
            return this;
        }

        /**
         * Where {@link MQTemplate#sendDefault} sends to, {@code topic} or {@code topic:tag}; nowhere if not set.
         *
         * @throws IllegalArgumentException if it is no destination
         */
        public Builder defaultDestination(@Nullable String defaultDestination) {
            this.defaultPrototype = defaultDestination == null
                    ? null
                    : Destination.parse(defaultDestination).prototype();
            return this;
        }

        /**
         * Whether a message that is stored, but not flushed or replicated in time, is a failure of kind {@code BROKER_REJECTED}:
         * maybe stored, since it is gone if that broker is lost. False if not set, and the result's status tells.
         */
        public Builder requireSendOk(boolean requireSendOk) {
            this.requireSendOk = requireSendOk;
            return this;
        }

        /**
         * Whether messages have a user property {@code contentType}, as the converter tells it, unless they have one already;
         * false if not set.
         */
        public Builder contentTypeEnabled(boolean contentTypeEnabled) {
            this.contentTypeEnabled = contentTypeEnabled;
            return this;
        }

        /**
         * The deadline of requests for which {@link SendSpec#withTimeout} names none; 3 s if not set.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder requestTimeout(Duration requestTimeout) {
            if (requestTimeout.isZero() || requestTimeout.isNegative()) {
                throw new IllegalArgumentException("requestTimeout must be positive, got " + requestTimeout);
            }
            this.requestTimeout = requestTimeout;
            return this;
        }

        /** What ties messages to transactions; nothing if not set. */
        public Builder transactions(MessageTransactions transactions) {
            this.transactions = Objects.requireNonNull(transactions, "transactions");
            return this;
        }

        /**
         * Adds something to all ways in which the template sends: it uses the producer that the decorator makes of its own. Of
         * several, the first is nearest to that. {@link ForwardingMQProducer} is a base for them.
         */
        public Builder decorator(UnaryOperator<MQProducer> decorator) {
            decorators.add(Objects.requireNonNull(decorator, "decorator"));
            return this;
        }

        /** The template. */
        public MQTemplate build() {
            return new MQTemplate(this);
        }

        private MQProducer sender() {
            MQProducer sender = requireSendOk ? new SendOkProducer(producer) : producer;
            for (UnaryOperator<MQProducer> decorator : decorators) {
                sender = decorator.apply(sender);
            }
            return sender;
        }
    }
}
