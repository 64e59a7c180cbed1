package io.mqproducer.internal.compression;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.util.Arrays;

/**
 * Reads ZSTD frames in one go into memory of our own: reading them as a stream would let a frame of a few bytes ask for a
 * window of 128 MiB outside the heap.
 */
final class ZstdFrame {

    private static final long USUAL_RATIO = 16;
    private static final long LEAST = 4096;

    private ZstdFrame() {}

    static byte[] read(byte[] frame, int maxSize) throws DecompressionException {
        if (frame.length == 0) { // to the library, no frames at all that make nothing
            throw new DecompressionException("ZSTD: ends too early");
        }
        int expected = (int) Math.min(maxSize, Math.max(LEAST, USUAL_RATIO * frame.length));
        try (ZstdDecompressCtx context = new ZstdDecompressCtx()) {
            byte[] restored = new byte[expected];
            int size;
            try {
                size = context.decompress(restored, frame);
            } catch (ZstdException e) {
                if (!isTooLarge(e) || expected == maxSize) {
                    throw e;
                }
                restored = new byte[maxSize];
                size = context.decompress(restored, frame);
            }
            return size == restored.length ? restored : Arrays.copyOf(restored, size);
        } catch (ZstdException e) {
            throw isTooLarge(e)
                    ? RestoredBody.tooLarge(maxSize)
                    : new DecompressionException("ZSTD: " + e.getMessage(), e);
        }
    }

    private static boolean isTooLarge(ZstdException e) {
        return e.getErrorCode() == Zstd.errDstSizeTooSmall();
    }
}
