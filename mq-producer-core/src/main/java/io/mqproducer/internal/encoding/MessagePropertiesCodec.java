package io.mqproducer.internal.encoding;

import static io.mqproducer.message.MessageProperties.NAME_SEPARATOR;
import static io.mqproducer.message.MessageProperties.PROPERTY_SEPARATOR;

import io.mqproducer.message.DeliveryTime;
import io.mqproducer.message.Message;
import io.mqproducer.message.MessageProperties;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes the properties of a message, the producer's own included: {@code name U+0001 value U+0002} each, in UTF-8.
 *
 * <p>That no name or value contains a separator is seen to by {@link Message.Builder}. Immutable and thread-safe;
 * writes without a string or a map in between.
 */
final class MessagePropertiesCodec {

    private static final byte[] KEYS = name(MessageProperties.KEYS);
    private static final byte[] TAGS = name(MessageProperties.TAGS);
    private static final byte[] DELAY = name(MessageProperties.DELAY);
    private static final byte[] TIMER_DELAY_MS = name(MessageProperties.TIMER_DELAY_MS);
    private static final byte[] TIMER_DELIVER_MS = name(MessageProperties.TIMER_DELIVER_MS);
    private static final byte[] SHARDING_KEY = name(MessageProperties.SHARDING_KEY);
    private static final byte[] PRIORITY = name(MessageProperties.PRIORITY);
    private static final byte[] LITE_TOPIC = name(MessageProperties.LITE_TOPIC);
    private static final byte[] MULTI_DISPATCH = name(MessageProperties.INNER_MULTI_DISPATCH);

    private static final byte[] WAITING = bytes(property(MessageProperties.WAIT, "true"));
    private static final byte[] NOT_WAITING = bytes(property(MessageProperties.WAIT, "false"));

    /** More than all that is neither a user property nor a text of the message's, but for the instance id. */
    private static final int FIXED = 256;

    private final MessageIdGenerator ids;
    private final byte[] beforeOwnDigits;
    private final byte[] afterIdWaiting;
    private final byte[] afterIdNotWaiting;
    private final int instanceIdLength;

    MessagePropertiesCodec(MessageIdGenerator ids, @Nullable String namespace) {
        this.ids = ids;
        this.beforeOwnDigits = bytes(MessageProperties.UNIQ_KEY + NAME_SEPARATOR + ids.commonDigits());
        String instanceId = namespace == null ? "" : property(MessageProperties.INSTANCE_ID, namespace);
        this.instanceIdLength = instanceId.length();
        this.afterIdWaiting = bytes(PROPERTY_SEPARATOR + property(MessageProperties.WAIT, "true") + instanceId);
        this.afterIdNotWaiting = bytes(PROPERTY_SEPARATOR + property(MessageProperties.WAIT, "false") + instanceId);
    }

    /** The number of characters that the application chose: not more than they take in bytes, not less than a third. */
    static long characters(Message message) {
        long characters = characters(message.tag())
                + characters(message.orderingKey())
                + characters(message.liteTopic())
                + characters(message.keys())
                + characters(message.multiDispatch());
        if (!message.properties().isEmpty()) {
            for (Map.Entry<String, String> property : message.properties().entrySet()) {
                characters += property.getKey().length() + property.getValue().length() + 2L;
            }
        }
        return characters;
    }

    private static long characters(Optional<String> text) {
        return text.isPresent() ? text.get().length() : 0;
    }

    private static long characters(List<String> texts) {
        long characters = 0;
        for (int i = 0; i < texts.size(); i++) {
            characters += texts.get(i).length() + 1L;
        }
        return characters;
    }

    /** Bytes that suffice for the properties of a message of so many {@link #characters}. */
    int capacity(int characters) {
        return FIXED + instanceIdLength + ByteBufUtil.utf8MaxBytes(characters);
    }

    /** Appends the properties of a message of this id. */
    void write(Message message, long id, ByteBuf out) {
        out.writeBytes(beforeOwnDigits);
        ids.writeOwnDigits(id, out);
        out.writeBytes(message.waitForStore() ? afterIdWaiting : afterIdNotWaiting);
        writeText(TAGS, message.tag().orElse(null), out);
        writeJoined(KEYS, message.keys(), ' ', out);
        writeText(SHARDING_KEY, message.orderingKey().orElse(null), out);
        writeText(LITE_TOPIC, message.liteTopic().orElse(null), out);
        writeJoined(MULTI_DISPATCH, message.multiDispatch(), ',', out);
        if (message.priority().isPresent()) {
            writeNumber(PRIORITY, message.priority().getAsInt(), out);
        }
        writeDelivery(message.delivery(), out);
        if (!message.properties().isEmpty()) {
            writeUserProperties(message.properties(), out);
        }
    }

    /**
     * Appends the properties of a batch request. A broker asks them whether to wait for the store, and stores those of the
     * messages.
     */
    static void writeOfBatch(boolean waitForStore, ByteBuf out) {
        out.writeBytes(waitForStore ? WAITING : NOT_WAITING);
    }

    private static void writeDelivery(DeliveryTime delivery, ByteBuf out) {
        if (delivery instanceof DeliveryTime.AtLevel level) {
            writeNumber(DELAY, level.level(), out);
        } else if (delivery instanceof DeliveryTime.After after) {
            writeNumber(TIMER_DELAY_MS, after.delay().toMillis(), out);
        } else if (delivery instanceof DeliveryTime.At at) {
            writeNumber(TIMER_DELIVER_MS, at.instant().toEpochMilli(), out);
        }
    }

    private static void writeUserProperties(Map<String, String> properties, ByteBuf out) {
        for (Map.Entry<String, String> property : properties.entrySet()) {
            ByteBufUtil.writeUtf8(out, property.getKey());
            out.writeByte(NAME_SEPARATOR);
            ByteBufUtil.writeUtf8(out, property.getValue());
            out.writeByte(PROPERTY_SEPARATOR);
        }
    }

    private static void writeText(byte[] name, @Nullable String value, ByteBuf out) {
        if (value != null) {
            out.writeBytes(name);
            ByteBufUtil.writeUtf8(out, value);
            out.writeByte(PROPERTY_SEPARATOR);
        }
    }

    private static void writeJoined(byte[] name, List<String> values, char separator, ByteBuf out) {
        if (values.isEmpty()) {
            return;
        }
        out.writeBytes(name);
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                out.writeByte(separator);
            }
            ByteBufUtil.writeUtf8(out, values.get(i));
        }
        out.writeByte(PROPERTY_SEPARATOR);
    }

    private static void writeNumber(byte[] name, long value, ByteBuf out) {
        out.writeBytes(name);
        ByteBufUtil.writeAscii(out, Long.toString(value));
        out.writeByte(PROPERTY_SEPARATOR);
    }

    private static byte[] name(String name) {
        return bytes(name + NAME_SEPARATOR);
    }

    private static String property(String name, String value) {
        return name + NAME_SEPARATOR + value + PROPERTY_SEPARATOR;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
