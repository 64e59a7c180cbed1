package io.mqproducer.spring;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Leaves byte arrays untouched, encodes character sequences in UTF-8, and writes all else as JSON, by whatever mapper
 * it is given. As thread-safe as that is.
 */
public final class JsonMQMessageConverter implements MQMessageConverter {

    /** Writes JSON, as {@code mapper::writeValueAsBytes} of Jackson 3 or 2 does. */
    @FunctionalInterface
    public interface JsonWriter {

        byte[] write(Object payload) throws Exception;
    }

    private final @Nullable JsonWriter json;

    /** A converter that refuses all but byte arrays and character sequences. */
    public JsonMQMessageConverter() {
        this.json = null;
    }

    /** A converter that writes JSON by this writer. */
    public JsonMQMessageConverter(JsonWriter json) {
        this.json = Objects.requireNonNull(json, "json");
    }

    @Override
    public byte[] toBody(Object payload) {
        Objects.requireNonNull(payload, "payload");
        if (payload instanceof byte[] bytes) {
            return bytes;
        }
        if (payload instanceof CharSequence text) {
            return text.toString().getBytes(StandardCharsets.UTF_8);
        }
        return toJson(payload);
    }

    private byte[] toJson(Object payload) {
        String type = payload.getClass().getName();
        if (json == null) {
            throw new MQConversionException("no JSON mapper to convert " + type
                    + " with: add Jackson (spring-boot-starter-json), send a byte[] or a String,"
                    + " or define an MQMessageConverter bean");
        }
        try {
            return json.write(payload);
        } catch (Exception e) {
            throw new MQConversionException("cannot write " + type + " as JSON", e);
        }
    }
}
