package io.mqproducer.spring;

import io.mqproducer.message.MessageProperties;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Values of headers as the text that RocketMQ keeps. */
final class HeaderText {

    private static final int SHOWN = 200;

    private HeaderText() {}

    /**
     * The text of a header's value; empty for null.
     *
     * @throws IllegalArgumentException if it is an array that has none
     */
    static String of(String name, @Nullable Object value) {
        if (value == null) {
            return "";
        }
        if (value instanceof byte[] bytes) {
            return decoded(name, bytes);
        }
        if (value.getClass().isArray()) {
            throw new IllegalArgumentException("header " + shown(name) + " must be text or have a text, got "
                    + value.getClass().getTypeName());
        }
        return value.toString();
    }

    private static String decoded(String name, byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(
                    "header " + shown(name) + " must be text, got bytes that are none in UTF-8", e);
        }
    }

    /** In quotes, cut, and without what a terminal would obey. */
    static String shown(String text) {
        String cut = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
        return "'" + cut.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]", "?") + "'";
    }

    /** The error of a header that breaks a rule of messages, with its name. */
    static IllegalArgumentException refused(String name, IllegalArgumentException cause) {
        String remedy = MessageProperties.isReserved(name)
                ? ": what it reads itself is set by withTag, withKeys, withDelay and the like"
                : "";
        return new IllegalArgumentException("header " + shown(name) + ": " + cause.getMessage() + remedy, cause);
    }
}
