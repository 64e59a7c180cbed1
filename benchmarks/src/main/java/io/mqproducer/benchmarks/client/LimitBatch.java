package io.mqproducer.benchmarks.client;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The body of a request that carries several messages. */
final class LimitBatch {

    /** What a record has besides its body and properties. */
    private static final int OVERHEAD = 5 * Integer.BYTES + Short.BYTES;

    private static final byte[] PROPERTIES = LimitTemplate.PROPERTIES.getBytes(StandardCharsets.US_ASCII);

    private LimitBatch() {}

    static byte[] of(byte[][] bodies) {
        int size = 0;
        for (byte[] body : bodies) {
            size += size(body);
        }
        ByteBuffer records = ByteBuffer.allocate(size);
        for (byte[] body : bodies) {
            records.putInt(size(body));
            records.putLong(0); // magic and checksum
            records.putInt(0); // flag
            records.putInt(body.length).put(body);
            records.putShort((short) PROPERTIES.length).put(PROPERTIES);
        }
        return records.array();
    }

    private static int size(byte[] body) {
        return OVERHEAD + body.length + PROPERTIES.length;
    }
}
