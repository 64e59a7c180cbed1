package io.mqproducer.internal.compression;

import org.jspecify.annotations.Nullable;

/** A body cannot be restored: it is damaged, larger than it may become, or needs a library that is not there. */
public final class DecompressionException extends Exception {

    DecompressionException(String message) {
        this(message, null);
    }

    DecompressionException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
