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

    /** Sets the digits of a number that has thirteen, as milliseconds since the epoch do for centuries. */
    static void setThirteen(ByteBuf out, int index, long value) {
        // Eight at a time; the three in the middle are set twice, each time the same.
        out.setLong(index, eight((int) (value / 100_000)));
        out.setLong(index + 13 - Long.BYTES, eight((int) (value % 100_000_000)));
    }

    /**
     * The digits of a number below 10^8, with zeros in front, as eight ASCII bytes computed side by side: it is cut into
     * two numbers of four digits, these into four of two, and these into eight of one.
     */
    private static long eight(int value) {
        long fours = (long) (value / 10_000) << 32 | value % 10_000;
        long hundreds = (fours * 5243) >>> 19 & 0x0000_007F_0000_007FL; // each divided by 100
        long twos = hundreds << 16 | fours - 100 * hundreds;
        long tens = (twos * 103) >>> 10 & 0x000F_000F_000F_000FL; // each divided by 10
        long ones = tens << 8 | twos - 10 * tens;
        return ones + 0x3030_3030_3030_3030L;
    }
}
