package io.mqproducer.spring;

import org.jspecify.annotations.Nullable;

/** A payload could not be made a message body. Nothing was sent. */
public class MQConversionException extends RuntimeException {

    public MQConversionException(String message) {
        this(message, null);
    }

    public MQConversionException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
