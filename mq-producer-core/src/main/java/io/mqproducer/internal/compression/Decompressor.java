package io.mqproducer.internal.compression;

import io.mqproducer.config.CompressionType;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Restores message bodies that any client has compressed, within a budget: what would become larger is refused, and takes no
 * more memory than that. Zlib and LZ4 need no library. Immutable and thread-safe.
 */
public final class Decompressor {

    private static final int USUAL_RATIO = 4;

    private final int maxSize;

    /** @param maxSize the most bytes that a restored body may have */
    public Decompressor(int maxSize) {
        this.maxSize = maxSize;
    }

    /**
     * The body as it was before it was compressed.
     *
     * @throws DecompressionException if it is damaged, becomes too large, or its library is missing
     */
    public byte[] decompress(CompressionType type, byte[] body) throws DecompressionException {
        return switch (type) {
            case ZLIB -> inflate(body);
            case LZ4 -> Lz4Frame.read(body, newBody(body));
            case ZSTD -> unpackZstd(body);
        };
    }

    private RestoredBody newBody(byte[] compressed) {
        return new RestoredBody((int) Math.min(maxSize, (long) USUAL_RATIO * compressed.length), maxSize);
    }

    private byte[] inflate(byte[] body) throws DecompressionException {
        RestoredBody restored = newBody(body);
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(body);
            while (!inflater.finished()) {
                boolean full = restored.size() == maxSize; // then only the end may come
                byte[] target = full ? new byte[1] : restored.require(1);
                int count = inflater.inflate(target, full ? 0 : restored.size(), full ? 1 : restored.room());
                if (count > 0 && full) {
                    throw RestoredBody.tooLarge(maxSize);
                }
                restored.wrote(count);
                if (count == 0 && !inflater.finished()) {
                    throw new DecompressionException(
                            inflater.needsDictionary() ? "zlib: needs a dictionary" : "zlib: ends too early");
                }
            }
            return restored.toArray();
        } catch (DataFormatException e) {
            throw new DecompressionException("zlib: " + e.getMessage(), e);
        } finally {
            inflater.end();
        }
    }

    private byte[] unpackZstd(byte[] body) throws DecompressionException {
        try {
            return ZstdFrame.read(body, maxSize);
        } catch (LinkageError e) {
            throw new DecompressionException(
                    "ZSTD: com.github.luben:zstd-jni is not on the class path, or does not work here", e);
        }
    }
}
