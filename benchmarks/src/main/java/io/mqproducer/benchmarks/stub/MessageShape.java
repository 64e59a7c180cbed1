package io.mqproducer.benchmarks.stub;

import io.mqproducer.test.peer.codec.BatchRecord;
import io.mqproducer.test.peer.codec.Frame;
import io.mqproducer.test.peer.codec.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.InflaterInputStream;
import net.jpountz.lz4.LZ4FrameInputStream;
import org.jspecify.annotations.Nullable;

/**
 * What a message is, as one line that any two clients which send the same message agree on: without times, group name,
 * queue and the digits of the unique id, and with the body as it was before compression.
 *
 * @param topic where it goes
 * @param bodyLength of the body, uncompressed
 * @param bodyCrc of the body, uncompressed
 * @param rest all else that counts, by name
 */
record MessageShape(String topic, int bodyLength, long bodyCrc, Map<String, @Nullable Object> rest) {

    /** Names {@link ExtraFields} in {@link #rest}. */
    static final String EXTRAS = "extras";

    private static final int SEND_BATCH_MESSAGE = 320;
    private static final int COMPRESSED = 0x1;
    private static final int COMPRESSION_TYPE = 0x700;
    private static final int LZ4 = 0x100;
    private static final int ZLIB = 0x300;
    private static final int ZLIB_LEGACY = 0;

    /**
     * Takes a request to send apart.
     *
     * @return one, or those of all messages of a batch
     * @throws IllegalArgumentException if it is no such request
     */
    static List<MessageShape> of(Frame request) {
        Map<String, String> fields = request.fields();
        if (request.code() != SEND_BATCH_MESSAGE) {
            String properties = field(fields, "i", "properties");
            return List.of(of(request, field(fields, "h", "flag"), properties, request.body(), 1));
        }
        if (!"true".equals(field(fields, "m", "batch"))) {
            throw new IllegalArgumentException("a batch that does not say so: " + fields);
        }
        List<BatchRecord> records = BatchRecord.of(request.body());
        return records.stream()
                .map(record -> of(
                        request, Integer.toString(record.flag()), record.properties(), record.body(), records.size()))
                .toList();
    }

    private static MessageShape of(Frame request, String flag, String properties, byte[] wireBody, int together) {
        Map<String, String> fields = request.fields();
        int sysFlag = Integer.parseInt(field(fields, "f", "sysFlag"));
        byte[] body = uncompressed(wireBody, sysFlag);
        Map<String, @Nullable Object> rest = new TreeMap<>();
        rest.put("group", !group(request).isEmpty());
        rest.put("flag", flag);
        rest.put("sysFlag", sysFlag & ~(COMPRESSED | COMPRESSION_TYPE));
        rest.put("properties", properties(properties));
        rest.put("together", Integer.toString(together));
        rest.put(EXTRAS, ExtraFields.of(request));
        return new MessageShape(field(fields, "b", "topic"), body.length, crc(body), rest);
    }

    /** The producer group that a request to send names, empty if it names none. */
    static String group(Frame request) {
        Map<String, String> fields = request.fields();
        return fields.getOrDefault("a", fields.getOrDefault("producerGroup", ""));
    }

    /** Reads a {@link #line}. */
    static MessageShape parse(String line) {
        Map<String, @Nullable Object> all = new TreeMap<>(Json.parseObject(line));
        if (all.remove("topic") instanceof String topic
                && all.remove("bodyLength") instanceof Number length
                && all.remove("bodyCrc") instanceof Number crc) {
            return new MessageShape(topic, length.intValue(), crc.longValue(), all);
        }
        throw new IllegalArgumentException("not a message's shape: " + line);
    }

    String line() {
        Map<String, @Nullable Object> all = new TreeMap<>(rest);
        all.put("topic", topic);
        all.put("bodyLength", bodyLength);
        all.put("bodyCrc", bodyCrc);
        return Json.write(all);
    }

    static long crc(byte[] body) {
        CRC32 crc = new CRC32();
        crc.update(body);
        return crc.getValue();
    }

    private static String field(Map<String, String> fields, String shortName, String longName) {
        String value = fields.getOrDefault(shortName, fields.get(longName));
        if (value == null) {
            throw new IllegalArgumentException("no field " + shortName + " or " + longName + " in " + fields);
        }
        return value;
    }

    private static Map<String, Object> properties(String text) {
        Map<String, Object> properties = new TreeMap<>();
        for (String pair : text.split("\u0002", -1)) {
            int middle = pair.indexOf('\u0001');
            if (middle > 0) {
                String name = pair.substring(0, middle);
                String value = pair.substring(middle + 1);
                properties.put(name, name.equals("UNIQ_KEY") ? idShape(value) : value);
            } else if (!pair.isEmpty()) {
                throw new IllegalArgumentException("a property without a value: " + text);
            }
        }
        return properties;
    }

    /** RocketMQ's own client makes longer ids on a host that has but IPv6. */
    private static String idShape(String id) {
        return id.matches("[0-9A-F]{32}|[0-9A-F]{56}") ? "hex id" : id;
    }

    private static byte[] uncompressed(byte[] body, int sysFlag) {
        if ((sysFlag & COMPRESSED) == 0) {
            return body;
        }
        int type = sysFlag & COMPRESSION_TYPE;
        try (InputStream in = switch (type) {
            case ZLIB, ZLIB_LEGACY -> new InflaterInputStream(new ByteArrayInputStream(body));
            case LZ4 -> new LZ4FrameInputStream(new ByteArrayInputStream(body));
            default -> throw new IllegalArgumentException("compression type " + type);
        }) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalArgumentException("a body that is not compressed as it says: " + sysFlag, e);
        }
    }
}
