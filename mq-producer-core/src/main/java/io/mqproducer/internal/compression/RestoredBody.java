package io.mqproducer.internal.compression;

import java.util.Arrays;

/** A body while it is being restored: grows with what is written into it, up to a limit. Not thread-safe. */
final class RestoredBody {

    private static final int LEAST = 256;

    private final int limit;
    private byte[] bytes;
    private int size;

    RestoredBody(int expected, int limit) {
        this.limit = limit;
        this.bytes = new byte[Math.min(limit, Math.max(expected, LEAST))];
    }

    int size() {
        return size;
    }

    int room() {
        return bytes.length - size;
    }

    /** So many bytes more have been written behind the others. */
    void wrote(int count) {
        size += count;
    }

    /** Makes room for so many bytes more; returns where to write them, behind those that are there. */
    byte[] require(int count) throws DecompressionException {
        if (count > limit - size) {
            throw tooLarge(limit);
        }
        if (count > room()) {
            long twice = 2L * bytes.length;
            bytes = Arrays.copyOf(bytes, (int) Math.min(limit, Math.max(twice, (long) size + count)));
        }
        return bytes;
    }

    byte[] toArray() {
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }

    static DecompressionException tooLarge(int limit) {
        return new DecompressionException("becomes larger than " + limit + " bytes");
    }
}
