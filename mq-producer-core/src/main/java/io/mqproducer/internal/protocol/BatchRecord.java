package io.mqproducer.internal.protocol;

import io.netty.buffer.ByteBuf;

/**
 * One message within the body of a batch request: {@code int32 size of all this | int32 magic | int32 body CRC | int32 flag |
 * int32 body length | body | int16 properties length | properties}. Brokers ignore magic and CRC and make their own. Topic,
 * born timestamp and system flag are the request's, so all messages of a batch have them in common.
 */
public final class BatchRecord {

    /** Bytes that come before the body. */
    public static final int HEAD = 5 * Integer.BYTES;

    /** Bytes of a record besides its body and properties. */
    public static final int OVERHEAD = HEAD + Short.BYTES;

    /**
     * How many messages one request may carry. The broker answers with the ids of all in one header field, 57 characters
     * each if it has an IPv6 address, and no field may be longer than {@link FrameLimits#MAX_FIELD_VALUE}.
     */
    public static final int MAX_RECORDS = 1_000;

    private BatchRecord() {}

    /** Bytes of a record. */
    public static int size(int propertiesLength, int bodySize) {
        return OVERHEAD + propertiesLength + bodySize;
    }

    /** Appends what comes before the body. */
    public static void writeHead(ByteBuf out, int flag, int propertiesLength, int bodySize) {
        out.writeInt(size(propertiesLength, bodySize));
        out.writeLong(0); // magic and CRC
        out.writeInt(flag);
        out.writeInt(bodySize);
    }
}
