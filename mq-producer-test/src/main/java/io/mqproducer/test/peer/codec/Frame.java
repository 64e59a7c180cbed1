package io.mqproducer.test.peer.codec;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One frame of RocketMQ's remoting protocol, a request or a response, with the exact bytes it has on the wire. Immutable.
 */
public final class Frame {

    /** The version a 5.5.0 server puts into its headers. */
    public static final int VERSION_5_5_0 = 513;

    private static final int RESPONSE = 1;
    private static final int ONEWAY = 2;
    private static final int PREFIX = 8;

    private final Serialization serialization;
    private final Header header;
    private final byte[] bytes;

    private Frame(Serialization serialization, Header header, byte[] bytes) {
        this.serialization = serialization;
        this.header = header;
        this.bytes = bytes;
    }

    /** A JSON request without fields and body. */
    public static Frame request(int code, int opaque) {
        Header header = new Header(code, "JAVA", VERSION_5_5_0, opaque, 0, null, Map.of());
        return encode(Serialization.JSON, header, new byte[0]);
    }

    /** A JSON response without fields and body. */
    public static Frame response(int code, int opaque) {
        Header header = new Header(code, "JAVA", VERSION_5_5_0, opaque, RESPONSE, null, Map.of());
        return encode(Serialization.JSON, header, new byte[0]);
    }

    public static Frame encode(Serialization serialization, Header header, byte[] body) {
        byte[] headerBytes = switch (serialization) {
            case JSON -> JsonHeader.write(header);
            case ROCKETMQ -> BinaryHeader.write(header);
        };
        ByteBuffer bytes = ByteBuffer.allocate(PREFIX + headerBytes.length + body.length)
                .putInt(Integer.BYTES + headerBytes.length + body.length)
                .putInt(serialization.typeByte() << 24 | headerBytes.length)
                .put(headerBytes)
                .put(body);
        return new Frame(serialization, header, bytes.array());
    }

    /**
     * Reads one whole frame, its length included.
     *
     * @throws IllegalArgumentException if the bytes are not exactly one well-formed frame
     */
    public static Frame decode(byte[] bytes) {
        if (bytes.length < PREFIX) {
            throw new IllegalArgumentException("a frame of " + bytes.length + " bytes");
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        int length = buffer.getInt();
        int headerWord = buffer.getInt();
        int headerLength = headerWord & 0xFFFFFF;
        if (length != bytes.length - Integer.BYTES || headerLength > bytes.length - PREFIX) {
            throw new IllegalArgumentException(
                    "frame length " + length + ", header length " + headerLength + ", but " + bytes.length + " bytes");
        }
        Serialization serialization = Serialization.of(headerWord >>> 24);
        ByteBuffer headerBytes = buffer.slice().limit(headerLength);
        Header header = switch (serialization) {
            case JSON -> JsonHeader.read(headerBytes);
            case ROCKETMQ -> BinaryHeader.read(headerBytes);
        };
        return new Frame(serialization, header, bytes.clone());
    }

    public Serialization serialization() {
        return serialization;
    }

    public Header header() {
        return header;
    }

    public int code() {
        return header.code();
    }

    public int opaque() {
        return header.opaque();
    }

    public Map<String, String> fields() {
        return header.fields();
    }

    public boolean isResponse() {
        return (header.flag() & RESPONSE) != 0;
    }

    public boolean isOneway() {
        return (header.flag() & ONEWAY) != 0;
    }

    /** The body, empty if there is none: the protocol does not tell the two apart. */
    public byte[] body() {
        return Arrays.copyOfRange(bytes, bodyStart(), bytes.length);
    }

    private int bodyStart() {
        return PREFIX + (ByteBuffer.wrap(bytes).getInt(Integer.BYTES) & 0xFFFFFF);
    }

    /** The whole frame as it is on the wire, its length included. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Writes the frame behind what {@code out} has already. */
    public void appendTo(ByteArrayOutputStream out) {
        out.write(bytes, 0, bytes.length);
    }

    public Frame withCode(int code) {
        return with(new Header(
                code,
                header.language(),
                header.version(),
                header.opaque(),
                header.flag(),
                header.remark(),
                header.fields()));
    }

    public Frame withVersion(int version) {
        return with(new Header(
                header.code(),
                header.language(),
                version,
                header.opaque(),
                header.flag(),
                header.remark(),
                header.fields()));
    }

    public Frame withOpaque(int opaque) {
        return with(new Header(
                header.code(),
                header.language(),
                header.version(),
                opaque,
                header.flag(),
                header.remark(),
                header.fields()));
    }

    public Frame withFlag(int flag) {
        return with(new Header(
                header.code(),
                header.language(),
                header.version(),
                header.opaque(),
                flag,
                header.remark(),
                header.fields()));
    }

    public Frame withRemark(@Nullable String remark) {
        return with(new Header(
                header.code(),
                header.language(),
                header.version(),
                header.opaque(),
                header.flag(),
                remark,
                header.fields()));
    }

    public Frame withFields(Map<String, String> fields) {
        return with(new Header(
                header.code(),
                header.language(),
                header.version(),
                header.opaque(),
                header.flag(),
                header.remark(),
                fields));
    }

    public Frame withField(String name, String value) {
        Map<String, String> fields = new LinkedHashMap<>(header.fields());
        fields.put(name, value);
        return withFields(fields);
    }

    public Frame withoutField(String name) {
        Map<String, String> fields = new LinkedHashMap<>(header.fields());
        fields.remove(name);
        return withFields(fields);
    }

    /** Keeps the header's bytes as they are, even if this codec would have written others. */
    public Frame withBody(byte[] body) {
        ByteBuffer changed = ByteBuffer.allocate(bodyStart() + body.length);
        changed.put(bytes, 0, bodyStart()).put(body).putInt(0, changed.capacity() - Integer.BYTES);
        return new Frame(serialization, header, changed.array());
    }

    public Frame withBody(String body) {
        return withBody(body.getBytes(StandardCharsets.UTF_8));
    }

    public Frame as(Serialization other) {
        return encode(other, header, body());
    }

    private Frame with(Header changed) {
        return encode(serialization, changed, body());
    }

    @Override
    public String toString() {
        return serialization + " " + header + " + " + body().length + " bytes";
    }
}
