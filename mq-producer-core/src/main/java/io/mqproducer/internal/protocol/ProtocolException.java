package io.mqproducer.internal.protocol;

import io.mqproducer.internal.util.PrintableText;

/** A peer said something that cannot be used. The text says what, in one bounded line; the peer's bytes are escaped. */
public final class ProtocolException extends RuntimeException {

    private static final int MAX_TEXT = 512;
    private static final int MAX_VALUE = 64;

    public ProtocolException(String message) {
        super(PrintableText.of(message, MAX_TEXT));
    }

    public static ProtocolException field(String name, String value, String expected) {
        return new ProtocolException(
                "field " + name + " is \"" + PrintableText.of(value, MAX_VALUE) + "\", not " + expected);
    }
}
