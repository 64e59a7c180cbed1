package io.mqproducer.internal.compression;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdException;
import io.mqproducer.config.CompressionType;
import io.netty.buffer.ByteBuf;

/** ZSTD frames that say how long the body is, each compressed in one go. */
final class ZstdCompressor implements Compressor {

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
    public boolean compress(byte[] body, ByteBuf out) {
        int limit = body.length - 1;
        if (limit <= 0 || Incompressible.looksSo(body)) {
            return false;
        }
        out.ensureWritable(limit);
        ZstdCompressCtx context = contexts.borrow();
        try {
            int written = out.hasArray() ? toArray(context, body, out, limit) : toMemory(context, body, out, limit);
            out.writerIndex(out.writerIndex() + written);
            return true;
        } catch (ZstdException e) { // the only way it has to say that the result does not fit
            return false;
        } finally {
            contexts.giveBack(context);
        }
    }

    private static int toArray(ZstdCompressCtx context, byte[] body, ByteBuf out, int limit) {
        int start = out.arrayOffset() + out.writerIndex();
        return context.compressByteArray(out.array(), start, limit, body, 0, body.length);
    }

    /** The library goes from heap to heap or from off-heap to off-heap only. */
    private static int toMemory(ZstdCompressCtx context, byte[] body, ByteBuf out, int limit) {
        ByteBuf source = out.alloc().directBuffer(body.length);
        try {
            source.writeBytes(body);
            return context.compressDirectByteBuffer(
                    out.nioBuffer(out.writerIndex(), limit), 0, limit, source.nioBuffer(), 0, body.length);
        } finally {
            source.release();
        }
    }

    @Override
    public void close() {
        contexts.close();
    }
}
