package io.mqproducer.internal.protocol;

import io.netty.buffer.ByteBuf;

/** The fields of a binary header that has just been written: where they are, and what their values are. Not thread-safe. */
final class BinaryFields {

    private static final int HEADER_WORD = Integer.BYTES;
    private static final int PREFIX = 2 * Integer.BYTES;
    private static final int REMARK_LENGTH = PREFIX + BinaryHeaderSerializer.FIXED_LENGTH - 2 * Integer.BYTES;

    private int first;
    private int end;

    /** Looks at a frame that begins at {@code start} and whose head ends where the buffer does. */
    void read(ByteBuf head, int start) {
        int remark = start + REMARK_LENGTH;
        first = remark + Integer.BYTES + head.getInt(remark) + Integer.BYTES;
        end = head.writerIndex();
    }

    /** Bytes of all of them, names and lengths included. */
    int length() {
        return end - first;
    }

    /**
     * Copies all values, one behind the other.
     *
     * @return where they end in {@code target}, or -1 if they are not in the order of their names, all of which must begin
     *     with a small letter or an underscore
     */
    int copyValues(ByteBuf head, byte[] target, int at) {
        int written = at;
        int before = -1;
        for (int index = first; index < end; ) {
            int nameLength = head.getShort(index);
            if (!isInOrder(head, before, index)) {
                return -1;
            }
            int value = index + Short.BYTES + nameLength;
            int valueLength = head.getInt(value);
            head.getBytes(value + Integer.BYTES, target, written, valueLength);
            written += valueLength;
            before = index;
            index = value + Integer.BYTES + valueLength;
        }
        return written;
    }

    private static boolean isInOrder(ByteBuf head, int before, int index) {
        int letter = head.getByte(index + Short.BYTES);
        if (before < 0) {
            return letter >= '_';
        }
        int difference = head.getByte(before + Short.BYTES) - letter;
        return difference < 0 || (difference == 0 && compareNames(head, before, index) < 0);
    }

    private static int compareNames(ByteBuf head, int one, int other) {
        int oneLength = head.getShort(one);
        int otherLength = head.getShort(other);
        for (int i = 0; i < Math.min(oneLength, otherLength); i++) {
            int difference = head.getByte(one + Short.BYTES + i) - head.getByte(other + Short.BYTES + i);
            if (difference != 0) {
                return difference;
            }
        }
        return oneLength - otherLength;
    }

    /** Counts bytes that were added behind the fields in all lengths of the frame. */
    void lengthen(ByteBuf head, int start, int added) {
        int headerWord = head.getInt(start + HEADER_WORD);
        int headerLength = (headerWord & FrameLimits.HEADER_LENGTH_MASK) + added;
        head.setInt(start, head.getInt(start) + added);
        head.setInt(start + HEADER_WORD, FrameCodec.headerWord(SerializeType.ROCKETMQ, headerLength));
        head.setInt(first - Integer.BYTES, length() + added);
    }
}
