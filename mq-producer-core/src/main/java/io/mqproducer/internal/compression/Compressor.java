package io.mqproducer.internal.compression;

import io.mqproducer.config.CompressionType;
import io.netty.buffer.ByteBuf;

/** Compresses message bodies with one algorithm at one level. Shareable between threads. */
public interface Compressor extends AutoCloseable {

    /**
     * A compressor that the caller must close.
     *
     * @param level zlib 0 to 9, ZSTD up to 22; LZ4 has none and ignores it
     * @throws IllegalArgumentException if the algorithm has no such level
     * @throws IllegalStateException if the library it needs is not on the class path, or does not work here
     */
    static Compressor of(CompressionType type, int level) {
        return switch (type) {
            case ZLIB -> new ZlibCompressor(level);
            // Lambdas, not method references: those would load the library's classes before load can catch anything.
            case LZ4 -> OptionalLibrary.load(type, "at.yawk.lz4:lz4-java", () -> new Lz4Compressor());
            case ZSTD -> OptionalLibrary.load(type, "com.github.luben:zstd-jni", () -> new ZstdCompressor(level));
        };
    }

    CompressionType type();

    /**
     * Appends the compressed body, if that is smaller than the body. A body that {@linkplain Incompressible looks} as if it
     * were not is not tried.
     *
     * @param body not changed, not kept
     * @param out one piece of memory, not a composite; may be grown to take as many bytes as the body has
     * @return whether it was smaller; if not, what {@code out} holds is what it held
     */
    default boolean compress(byte[] body, ByteBuf out) {
        return !Incompressible.looksSo(body) && compress(body, body.length - 1, out);
    }

    /**
     * Appends the compressed body, if that takes so many bytes at most.
     *
     * @param body not changed, not kept
     * @param out one piece of memory, not a composite; may be grown to take as many bytes
     * @return whether it did; if not, what {@code out} holds is what it held
     */
    boolean compress(byte[] body, int limit, ByteBuf out);

    /** Bytes that suffice for a body of this size, even one that becomes larger. */
    static int largest(int bodySize) {
        return Math.addExact(bodySize, bodySize / 128 + 128);
    }

    /** Gives back what is held outside the heap; what is being compressed now still gets done. */
    @Override
    void close();
}
