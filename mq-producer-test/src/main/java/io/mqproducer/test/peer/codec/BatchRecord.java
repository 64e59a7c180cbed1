package io.mqproducer.test.peer.codec;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One message of the body of a request that carries several. Immutable. */
public final class BatchRecord {

    /** Its size, magic, checksum, flag, and the lengths of body and properties. */
    private static final int OVERHEAD = 5 * Integer.BYTES + Short.BYTES;

    private final int flag;
    private final byte[] body;
    private final String properties;

    private BatchRecord(int flag, byte[] body, String properties) {
        this.flag = flag;
        this.body = body;
        this.properties = properties;
    }

    /**
     * Takes the body of such a request apart.
     *
     * @throws IllegalArgumentException if it is not exactly some well-formed records
     */
    public static List<BatchRecord> of(byte[] requestBody) {
        ByteBuffer in = ByteBuffer.wrap(requestBody);
        List<BatchRecord> records = new ArrayList<>();
        while (in.hasRemaining()) {
            records.add(next(in));
        }
        return records;
    }

    private static BatchRecord next(ByteBuffer in) {
        int start = in.position();
        int size = in.remaining() < OVERHEAD ? 0 : in.getInt();
        if (size < OVERHEAD || size > in.limit() - start) {
            throw new IllegalArgumentException("no record of a batch at " + start + " of " + in.limit() + " bytes");
        }
        in.position(start + 3 * Integer.BYTES); // magic and checksum tell nothing that the body does not
        int flag = in.getInt();
        byte[] body = bytes(in, in.getInt(), start + size - Short.BYTES);
        byte[] properties = bytes(in, in.getShort(), start + size);
        if (in.position() != start + size) {
            throw new IllegalArgumentException(
                    "a record of a batch of " + (in.position() - start) + " bytes that says " + size);
        }
        return new BatchRecord(flag, body, new String(properties, StandardCharsets.UTF_8));
    }

    private static byte[] bytes(ByteBuffer in, int length, int limit) {
        if (length < 0 || length > limit - in.position()) {
            throw new IllegalArgumentException("a part of " + length + " bytes in a record of a batch");
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    public int flag() {
        return flag;
    }

    /** The body as it came over the wire, compressed or not. */
    public byte[] body() {
        return body.clone();
    }

    /** In their text form: name U+0001 value U+0002. */
    public String properties() {
        return properties;
    }
}
