package io.mqproducer.internal.compression;

/**
 * Tells bodies that no algorithm will make smaller, such as images, archives or ciphertext, by a sample of them.
 *
 * <p>Random bytes show about 221 different values among 512; text less than 100, and base64 64. Costs 0.3 microseconds, where
 * trying costs zlib 100 on 4 KiB.
 */
public final class Incompressible {

    private static final int RUNS = 16;
    private static final int RUN_LENGTH = 32;
    private static final int MAX_DISTINCT = 190;

    private Incompressible() {}

    /** Whether there is no point in trying. Short bodies are always tried. */
    public static boolean looksSo(byte[] body) {
        if (body.length < RUNS * RUN_LENGTH) {
            return false;
        }
        // Runs rather than single bytes: every eighth byte of an array of longs says nothing about the others.
        int stride = (body.length - RUN_LENGTH) / (RUNS - 1);
        long seen0 = 0;
        long seen1 = 0;
        long seen2 = 0;
        long seen3 = 0;
        for (int run = 0; run < RUNS; run++) {
            int start = run * stride;
            for (int i = start; i < start + RUN_LENGTH; i++) {
                long bit = 1L << body[i]; // the shift takes the low six bits
                switch ((body[i] >> 6) & 3) {
                    case 0 -> seen0 |= bit;
                    case 1 -> seen1 |= bit;
                    case 2 -> seen2 |= bit;
                    default -> seen3 |= bit;
                }
            }
        }
        int distinct = Long.bitCount(seen0) + Long.bitCount(seen1) + Long.bitCount(seen2) + Long.bitCount(seen3);
        return distinct > MAX_DISTINCT;
    }
}
