package io.mqproducer.spring;

import java.lang.reflect.Type;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Leaves byte arrays and byte buffers untouched, encodes character sequences in UTF-8, and writes and reads all else as JSON,
 * by whatever mapper it is given. As thread-safe as that is.
 */
public final class JsonMQMessageConverter implements MQMessageConverter {

    private static final String JSON = "application/json";

    /** Writes JSON, as {@code mapper::writeValueAsBytes} of Jackson 3 or 2 does. */
    @FunctionalInterface
    public interface JsonWriter {

        byte[] write(Object payload) throws Exception;
    }

    /** Reads JSON, as {@code (json, type) -> mapper.readValue(json, mapper.constructType(type))} of Jackson 3 or 2 does. */
    @FunctionalInterface
    public interface JsonReader {

        @Nullable
        Object read(byte[] json, Type type) throws Exception;
    }

    private final @Nullable JsonWriter writer;
    private final @Nullable JsonReader reader;

    /** A converter that refuses all but bytes and character sequences. */
    public JsonMQMessageConverter() {
        this.writer = null;
        this.reader = null;
    }

    /** A converter that writes JSON by this writer, and reads none. */
    public JsonMQMessageConverter(JsonWriter writer) {
        this.writer = Objects.requireNonNull(writer, "writer");
        this.reader = null;
    }

    /** A converter that writes JSON by this writer, and reads it by this reader. */
    public JsonMQMessageConverter(JsonWriter writer, JsonReader reader) {
        this.writer = Objects.requireNonNull(writer, "writer");
        this.reader = Objects.requireNonNull(reader, "reader");
    }

    @Override
    public byte[] toBody(Object payload) {
        Objects.requireNonNull(payload, "payload");
        byte[] plain = PlainBody.write(payload);
        return plain != null ? plain : toJson(payload);
    }

    private byte[] toJson(Object payload) {
        String type = payload.getClass().getName();
        if (type.startsWith("org.springframework.messaging.")) {
            throw new MQConversionException(
                    type + " is a message, not a payload: send it by MQMessagingTemplate, or send its payload");
        }
        if (writer == null) {
            throw new MQConversionException("no JSON mapper to convert " + type
                    + " with: add Jackson (spring-boot-starter-json), send a byte[] or a String,"
                    + " or define an MQMessageConverter bean");
        }
        try {
            return writer.write(payload);
        } catch (Exception e) {
            throw new MQConversionException("cannot write " + type + " as JSON", e);
        }
    }

    @Override
    public Object fromBody(byte[] body, Type type) {
        Object plain = PlainBody.read(body, type);
        return plain != null ? plain : fromJson(body, type);
    }

    private Object fromJson(byte[] body, Type type) {
        if (reader == null) {
            throw new MQConversionException("no JSON mapper to read " + type.getTypeName()
                    + " with: add Jackson (spring-boot-starter-json), ask for a byte[] or a String,"
                    + " or define an MQMessageConverter bean");
        }
        Object value;
        try {
            value = reader.read(body, type);
        } catch (Exception e) {
            throw new MQConversionException(
                    "cannot read " + body.length + " bytes as JSON of " + type.getTypeName(), e);
        }
        if (value == null) {
            throw new MQConversionException("the body is JSON's null, and no " + type.getTypeName());
        }
        return value;
    }

    @Override
    public String contentType(Object payload) {
        String plain = PlainBody.contentType(payload);
        return plain != null ? plain : JSON;
    }
}
