package io.mqproducer.spring;

import org.jspecify.annotations.Nullable;

/**
 * A payload could not be made a message body, and nothing was sent; or a body that was received, such as a reply, could not be
 * made the type that was asked for.
 */
public class MQConversionException extends RuntimeException {

    public MQConversionException(String message) {
        this(message, null);
    }

    public MQConversionException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
