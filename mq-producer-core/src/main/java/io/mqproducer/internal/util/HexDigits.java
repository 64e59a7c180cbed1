package io.mqproducer.internal.util;

import java.nio.charset.StandardCharsets;

/**
 * Numbers as hexadecimal digits in upper case, eight digits at a time: as eight ASCII bytes in one {@code long}, the
 * first in the highest byte.
 */
public final class HexDigits {

    private static final int DIGITS_OF_LONG = 16;

    private HexDigits() {}

    /** The eight digits of a number, computed side by side. */
    public static long of(int number) {
        long nibbles = Integer.toUnsignedLong(number);
        nibbles = (nibbles << 16 | nibbles) & 0x0000_FFFF_0000_FFFFL;
        nibbles = (nibbles << 8 | nibbles) & 0x00FF_00FF_00FF_00FFL;
        nibbles = (nibbles << 4 | nibbles) & 0x0F0F_0F0F_0F0F_0F0FL;
        long letters = (nibbles + 0x0606_0606_0606_0606L) >>> 4 & 0x0101_0101_0101_0101L; // 1 where above 9
        return nibbles + 0x3030_3030_3030_3030L + letters * ('A' - '9' - 1);
    }

    /** The number of eight digits; of anything else some number, of which {@link #of} gives something else. */
    public static int parse(long digits) {
        long letters = digits >>> 6 & 0x0101_0101_0101_0101L;
        long nibbles = (digits & 0x0F0F_0F0F_0F0F_0F0FL) + letters * 9;
        nibbles = (nibbles | nibbles >>> 4) & 0x00FF_00FF_00FF_00FFL;
        nibbles = (nibbles | nibbles >>> 8) & 0x0000_FFFF_0000_FFFFL;
        return (int) (nibbles | nibbles >>> 16);
    }

    /** The 32 digits of a number of 128 bits. */
    public static String text(long high, long low) {
        byte[] digits = new byte[2 * DIGITS_OF_LONG];
        store(high, digits, 0);
        store(low, digits, DIGITS_OF_LONG);
        return new String(digits, StandardCharsets.ISO_8859_1);
    }

    private static void store(long number, byte[] text, int index) {
        long first = of((int) (number >>> Integer.SIZE));
        long last = of((int) number);
        for (int i = 0; i < Long.BYTES; i++) {
            int shift = Long.SIZE - Byte.SIZE * (i + 1);
            text[index + i] = (byte) (first >>> shift);
            text[index + Long.BYTES + i] = (byte) (last >>> shift);
        }
    }

    /** Whether it is a digit as brokers write them: 0 to 9, A to F. */
    public static boolean isUpperCaseDigit(byte character) {
        return (character >= '0' && character <= '9') || (character >= 'A' && character <= 'F');
    }
}
