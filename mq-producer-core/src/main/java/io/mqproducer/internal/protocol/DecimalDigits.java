package io.mqproducer.internal.protocol;

import io.netty.buffer.ByteBuf;

/** Numbers as decimal text, written without making a string of them. */
final class DecimalDigits {

    private DecimalDigits() {}

    /** Characters of the number's text. */
    static int length(long value) {
        int length = value < 0 ? 2 : 1;
        for (long rest = value / 10; rest != 0; rest /= 10) {
            length++;
        }
        return length;
    }

    /** Appends the number, whose text has that length. */
    static void write(ByteBuf out, long value, int length) {
        int start = out.writerIndex();
        out.ensureWritable(length);
        int index = start + length;
        long rest = value;
        do {
            // Long.MIN_VALUE has no positive counterpart, so it is the digit that is made positive.
            out.setByte(--index, '0' + Math.abs((int) (rest % 10)));
            rest /= 10;
        } while (rest != 0);
        if (value < 0) {
            out.setByte(start, '-');
        }
        out.writerIndex(start + length);
    }
}
