package io.mqproducer.spring;

import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * Turns payloads into message bodies, and bodies of replies into what was asked for. One instance serves all threads.
 *
 * <p>A lambda is enough for an application that only sends.
 */
@FunctionalInterface
public interface MQMessageConverter {

    /**
     * The body of a message with this payload.
     *
     * @throws MQConversionException if the payload cannot be converted
     */
    byte[] toBody(Object payload);

    /**
     * What a body says, as this type. Unless overridden, bodies are read as {@code byte[]}, {@code String} (UTF-8) and {@link
     * java.nio.ByteBuffer} only.
     *
     * @param type a class, or a generic type such as {@code List<Order>}
     * @return an instance of the type
     * @throws MQConversionException if the body cannot be converted
     */
    default Object fromBody(byte[] body, Type type) {
        Object plain = PlainBody.read(body, type);
        if (plain == null) {
            throw new MQConversionException(getClass().getName() + " does not read " + type.getTypeName()
                    + ": override MQMessageConverter.fromBody, or ask for a byte[] or a String");
        }
        return plain;
    }

    /**
     * The content type of the body that {@link #toBody} makes of this payload, for applications that send it along ({@code
     * mq.producer.template.content-type-enabled}).
     *
     * @return a MIME type, or null, as unless overridden, if none is to be sent
     */
    default @Nullable String contentType(Object payload) {
        return null;
    }
}
