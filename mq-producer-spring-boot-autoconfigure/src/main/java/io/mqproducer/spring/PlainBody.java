package io.mqproducer.spring;

import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Bodies that are what they say: bytes and text. */
final class PlainBody {

    private static final String BYTES = "application/octet-stream";
    private static final String TEXT = "text/plain;charset=UTF-8";

    private PlainBody() {}

    /** The body of such a payload, or null if it is none. */
    static byte @Nullable [] write(Object payload) {
        if (payload instanceof byte[] bytes) {
            return bytes;
        }
        if (payload instanceof CharSequence text) {
            return text.toString().getBytes(StandardCharsets.UTF_8);
        }
        if (payload instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes); // the caller's position stays where it is
            return bytes;
        }
        return null;
    }

    /** The content type of such a payload, or null if it is none. */
    static @Nullable String contentType(Object payload) {
        if (payload instanceof CharSequence) {
            return TEXT;
        }
        return payload instanceof byte[] || payload instanceof ByteBuffer ? BYTES : null;
    }

    /** The body as such a type, or null if it is none. */
    static @Nullable Object read(byte[] body, Type type) {
        if (type == byte[].class) {
            return body;
        }
        if (type == ByteBuffer.class) {
            return ByteBuffer.wrap(body);
        }
        return type == String.class || type == CharSequence.class ? text(body) : null;
    }

    private static String text(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MQConversionException("the body is no text in UTF-8: ask for a byte[]", e);
        }
    }
}
