package io.mqproducer.internal.compression;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdException;
import io.mqproducer.config.CompressionType;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;

/** ZSTD frames that say how long the body is, each compressed in one go. */
final class ZstdCompressor implements SlowCompressor {

    private final CodecPool<ZstdCompressCtx> contexts;

    ZstdCompressor(int level) {
        if (level < Zstd.minCompressionLevel() || level > Zstd.maxCompressionLevel()) {
            throw new IllegalArgumentException(
                    "ZSTD has levels up to " + Zstd.maxCompressionLevel() + ", not " + level);
        }
        this.contexts = new CodecPool<>(() -> new ZstdCompressCtx().setLevel(level), ZstdCompressCtx::close);
    }

    @Override
    public CompressionType type() {
        return CompressionType.ZSTD;
    }

    @Override
    public boolean compress(byte[] body, int limit, ByteBuf out) {
        if (out.hasArray()) {
            return compress(
                    limit,
                    out,
                    context -> context.compressByteArray(
                            out.array(), out.arrayOffset() + out.writerIndex(), limit, body, 0, body.length));
        }
        ByteBuf source = out.alloc().directBuffer(body.length); // the library does not go from heap to off-heap
        try {
            source.writeBytes(body);
            return compress(source.nioBuffer(), limit, out);
        } finally {
            source.release();
        }
    }

    @Override
    public boolean compress(ByteBuffer body, ByteBuf out) {
        return compress(body, body.remaining() - 1, out);
    }

    private boolean compress(ByteBuffer body, int limit, ByteBuf out) {
        return compress(
                limit,
                out,
                context -> context.compressDirectByteBuffer(
                        out.nioBuffer(out.writerIndex(), limit), 0, limit, body, body.position(), body.remaining()));
    }

    /** Compresses, and tells how many bytes that took. */
    private interface Frame {
        int write(ZstdCompressCtx context);
    }

    private boolean compress(int limit, ByteBuf out, Frame frame) {
        if (limit <= 0) {
            return false;
        }
        out.ensureWritable(limit);
        ZstdCompressCtx context = contexts.borrow();
        try {
            int written = frame.write(context);
            out.writerIndex(out.writerIndex() + written);
            return true;
        } catch (ZstdException e) { // the only way it has to say that the result does not fit
            return false;
        } finally {
            contexts.giveBack(context);
        }
    }

    @Override
    public void close() {
        contexts.close();
    }
}
