package io.mqproducer.internal.compression;

import io.mqproducer.config.CompressionType;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.zip.Deflater;

/** Zlib streams, made by the JDK. */
final class ZlibCompressor implements SlowCompressor {

    private final CodecPool<Deflater> deflaters;

    ZlibCompressor(int level) {
        if (level < Deflater.NO_COMPRESSION || level > Deflater.BEST_COMPRESSION) {
            throw new IllegalArgumentException("zlib has levels 0 to 9, not " + level);
        }
        this.deflaters = new CodecPool<>(() -> new Deflater(level), Deflater::end);
    }

    @Override
    public CompressionType type() {
        return CompressionType.ZLIB;
    }

    @Override
    public boolean compress(byte[] body, int limit, ByteBuf out) {
        return compress(ByteBuffer.wrap(body), limit, out);
    }

    @Override
    public boolean compress(ByteBuffer body, ByteBuf out) {
        return compress(body, body.remaining() - 1, out);
    }

    private boolean compress(ByteBuffer body, int limit, ByteBuf out) {
        if (limit <= 0) {
            return false;
        }
        out.ensureWritable(limit);
        ByteBuffer target = out.nioBuffer(out.writerIndex(), limit);
        Deflater deflater = deflaters.borrow();
        try {
            deflater.setInput(body);
            deflater.finish();
            boolean fits = fill(deflater, target);
            if (fits) {
                out.writerIndex(out.writerIndex() + target.position());
            }
            return fits;
        } finally {
            deflater.reset();
            deflaters.giveBack(deflater);
        }
    }

    private static boolean fill(Deflater deflater, ByteBuffer target) {
        while (!deflater.finished()) {
            if (deflater.deflate(target) == 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        deflaters.close();
    }
}
