package io.mqproducer.benchmarks.stub;

import io.netty.buffer.ByteBuf;

/** Where things are in a header of the form called ROCKETMQ. */
final class BinaryHeader {

    private static final int OPAQUE = 5;
    private static final int FLAG = 9;
    private static final int REMARK = 13;

    private BinaryHeader() {}

    static int code(ByteBuf in, int header) {
        return in.getShort(header);
    }

    static int opaque(ByteBuf in, int header) {
        return in.getInt(header + OPAQUE);
    }

    static int flag(ByteBuf in, int header) {
        return in.getInt(header + FLAG);
    }

    /** The first digit of the field whose name is this letter, or -1 if there is none. */
    static int digit(ByteBuf in, int header, int headerEnd, char name) {
        int at = header + REMARK + Integer.BYTES + in.getInt(header + REMARK) + Integer.BYTES;
        while (at < headerEnd) {
            int nameLength = in.getUnsignedShort(at);
            int value = at + Short.BYTES + nameLength + Integer.BYTES;
            int valueLength = in.getInt(value - Integer.BYTES);
            if (nameLength == 1 && in.getByte(at + Short.BYTES) == name) {
                return in.getByte(value) - '0';
            }
            at = value + Math.max(0, valueLength);
        }
        return -1;
    }
}
