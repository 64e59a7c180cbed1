package io.mqproducer.spring;

import io.mqproducer.message.Message;
import io.mqproducer.message.MessageView;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes messages of payloads, and what was asked for of replies; sees to it that every failure is one that says what to do. */
final class Payloads {

    /** The name that Spring's messaging has for it. */
    static final String CONTENT_TYPE = "contentType";

    private final MQMessageConverter converter;
    private final boolean withContentType;

    Payloads(MQMessageConverter converter, boolean withContentType) {
        this.converter = converter;
        this.withContentType = withContentType;
    }

    /**
     * The prototype with this payload.
     *
     * @throws MQConversionException if the payload cannot be converted
     * @throws IllegalArgumentException if it is null, or becomes an empty body
     */
    Message message(Message prototype, @Nullable Object payload) {
        if (payload == null) {
            throw new IllegalArgumentException("payload must be set, got null");
        }
        if (payload instanceof Message) {
            throw new IllegalArgumentException(
                    "payload must not be a complete message: send that without a destination");
        }
        Message message = prototype.withBody(body(payload));
        return withContentType && !message.properties().containsKey(CONTENT_TYPE)
                ? withContentType(message, payload)
                : message;
    }

    private Message withContentType(Message message, Object payload) {
        String contentType = converter.contentType(payload);
        return contentType == null
                ? message
                : message.toBuilder().property(CONTENT_TYPE, contentType).build();
    }

    /** One message per payload; what fails names the payload's index. */
    List<Message> messages(Message prototype, Collection<?> payloads) {
        List<Message> messages = new ArrayList<>(payloads.size());
        for (Object payload : payloads) {
            int index = messages.size();
            try {
                messages.add(message(prototype, payload));
            } catch (MQConversionException e) {
                throw new MQConversionException("payload " + index + " of the batch: " + e.getMessage(), e);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("payload " + index + " of the batch: " + e.getMessage(), e);
            }
        }
        if (messages.isEmpty()) {
            throw new IllegalArgumentException("payloads must hold at least one, got none");
        }
        return messages;
    }

    @SuppressWarnings("NullAway") // a converter of the application's may return what it must not
    private byte[] body(Object payload) {
        byte[] body;
        try {
            body = converter.toBody(payload);
        } catch (MQConversionException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new MQConversionException(
                    "cannot convert " + payload.getClass().getName() + " by " + nameOfConverter(), e);
        }
        if (body == null) {
            throw new MQConversionException(
                    nameOfConverter() + " makes null of " + payload.getClass().getName() + ": it must return a body");
        }
        return body;
    }

    /** What a reply says, as this type; the reply itself if that is what was asked for. */
    @SuppressWarnings("NullAway") // a converter of the application's may return what it must not
    Object reply(MessageView reply, Type type) {
        if (type == MessageView.class) {
            return reply;
        }
        Object value;
        try {
            value = converter.fromBody(reply.body(), type);
        } catch (MQConversionException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new MQConversionException("cannot read " + type.getTypeName() + " by " + nameOfConverter(), e);
        }
        if (value == null) {
            throw new MQConversionException(nameOfConverter() + " reads null, and no " + type.getTypeName());
        }
        return value;
    }

    private String nameOfConverter() {
        return converter.getClass().getName();
    }
}
