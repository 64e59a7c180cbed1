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

    /** A template without default destination. */
    public MQTemplate(MQProducer producer, MQMessageConverter converter) {
        this(producer, converter, null);
    }

    /** A template whose {@link #sendDefault} sends to this {@code topic} or {@code topic:tag}. */
    public MQTemplate(MQProducer producer, MQMessageConverter converter, @Nullable String defaultDestination) {
        this.producer = Objects.requireNonNull(producer, "producer");
        this.converter = Objects.requireNonNull(converter, "converter");
        this.defaultDestination = defaultDestination == null ? null : Destination.parse(defaultDestination);
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
        return PreparedSendSpec.of(producer, converter, Destination.parse(destination));
    }

    @Override
    public MQProducer getProducer() {
        return producer;
    }

    private Message message(Destination destination, Object payload) {
        return destination.newMessage().body(converter.toBody(payload)).build();
    }
}
