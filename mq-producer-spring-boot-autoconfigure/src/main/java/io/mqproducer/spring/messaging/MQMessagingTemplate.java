package io.mqproducer.spring.messaging;

import io.mqproducer.message.MessageView;
import io.mqproducer.spring.JsonMQMessageConverter;
import io.mqproducer.spring.MQMessageConverter;
import io.mqproducer.spring.MQOperations;
import io.mqproducer.spring.SendSpec;
import java.lang.reflect.Type;
import java.util.Objects;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageDeliveryException;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.core.AbstractMessageSendingTemplate;
import org.springframework.messaging.support.MessageBuilder;

/**
 * Sends messages of Spring's messaging by {@link MQOperations}, and waits for the broker's answer. A destination is {@code topic} or
 * {@code topic:tag}; what headers mean is up to the {@link MQHeaderMapper}, and what becomes of payloads to the operations' own
 * converter, after the {@code MessageConverter} of this template, which leaves them as they are unless replaced. Thread-safe once
 * configured.
 *
 * <p>Whatever fails is a {@link MessageDeliveryException} with the message, and with the cause that {@link MQOperations#send(String,
 * Object)} would have thrown.
 */
public class MQMessagingTemplate extends AbstractMessageSendingTemplate<String> {

    private final MQOperations operations;
    private final MQMessageConverter converter;
    private final MQHeaderMapper headerMapper;

    /** A template that reads bodies as bytes and text only, and headers as {@link DefaultMQHeaderMapper} does. */
    public MQMessagingTemplate(MQOperations operations) {
        this(operations, new JsonMQMessageConverter(), new DefaultMQHeaderMapper());
    }

    /**
     * A template.
     *
     * @param operations send the messages
     * @param converter reads the bodies of messages that came
     * @param headerMapper says what headers mean
     */
    public MQMessagingTemplate(MQOperations operations, MQMessageConverter converter, MQHeaderMapper headerMapper) {
        this.operations = Objects.requireNonNull(operations, "operations");
        this.converter = Objects.requireNonNull(converter, "converter");
        this.headerMapper = Objects.requireNonNull(headerMapper, "headerMapper");
    }

    @Override
    protected void doSend(String destination, Message<?> message) {
        try {
            toSpec(destination, message).send(message.getPayload());
        } catch (RuntimeException e) {
            String reason = e.getMessage();
            throw new MessageDeliveryException(message, "message not sent: " + (reason == null ? e : reason), e);
        }
    }

    /**
     * What the message's headers say, for all other ways of sending it, such as {@code toSpec("orders",
     * message).sendAsync(message.getPayload())}.
     *
     * @throws IllegalArgumentException if the destination or a header breaks a rule, naming it
     */
    public SendSpec toSpec(String destination, Message<?> message) {
        return headerMapper.toSpec(message.getHeaders(), operations.destination(destination));
    }

    /**
     * A message that came, such as a reply, as one of Spring's.
     *
     * @param payloadType what the body is read as
     * @throws io.mqproducer.spring.MQConversionException if it cannot be
     */
    public <T> Message<T> toMessage(MessageView view, Class<T> payloadType) {
        return toMessageOf(view, payloadType);
    }

    /** As {@link #toMessage(MessageView, Class)}, for generic types such as {@code List<Offer>}. */
    public <T> Message<T> toMessage(MessageView view, ParameterizedTypeReference<T> payloadType) {
        return toMessageOf(view, payloadType.getType());
    }

    @SuppressWarnings("unchecked") // what a converter reads is of the type that it is asked for
    private <T> Message<T> toMessageOf(MessageView view, Type payloadType) {
        T payload = (T) converter.fromBody(view.body(), payloadType);
        return MessageBuilder.createMessage(payload, new MessageHeaders(headerMapper.toHeaders(view)));
    }
}
