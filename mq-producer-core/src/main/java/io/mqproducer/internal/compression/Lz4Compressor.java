package io.mqproducer.internal.compression;

import io.mqproducer.config.CompressionType;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;

/**
 * LZ4 frames: independent blocks of up to 4 MiB without checksums, as RocketMQ's client makes them.
 *
 * <p>{@code int32 magic | flags, block size, header checksum | blocks: int32 length, bytes | int32 0}, all little endian. The
 * highest bit of a length says that the block is not compressed.
 */
final class Lz4Compressor implements Compressor {

    private static final int MAGIC = 0x184D2204;
    private static final byte[] DESCRIPTOR = {0x60, 0x70, 0x73};
    private static final int BLOCK_SIZE = 4 * 1024 * 1024;
    private static final int NOT_COMPRESSED = 0x8000_0000;
    private static final int END_MARK = 0;

    private final LZ4Compressor blocks = LZ4Factory.fastestInstance().fastCompressor();

    @Override
    public CompressionType type() {
        return CompressionType.LZ4;
    }

    @Override
    public boolean compress(byte[] body, int limit, ByteBuf out) {
        if (limit <= 0) {
            return false;
        }
        out.ensureWritable(limit);
        ByteBuffer target = out.nioBuffer(out.writerIndex(), limit).order(ByteOrder.LITTLE_ENDIAN);
        boolean fits = writeFrame(body, target);
        if (fits) {
            out.writerIndex(out.writerIndex() + target.position());
        }
        return fits;
    }

    private boolean writeFrame(byte[] body, ByteBuffer target) {
        if (target.remaining() < Integer.BYTES + DESCRIPTOR.length) {
            return false;
        }
        target.putInt(MAGIC).put(DESCRIPTOR);
        for (int start = 0; start < body.length; start += BLOCK_SIZE) {
            if (!writeBlock(body, start, target)) {
                return false;
            }
        }
        if (target.remaining() < Integer.BYTES) {
            return false;
        }
        target.putInt(END_MARK);
        return true;
    }

    private boolean writeBlock(byte[] body, int start, ByteBuffer target) {
        int length = Math.min(body.length - start, BLOCK_SIZE);
        int room = Math.min(target.remaining() - Integer.BYTES, length - 1);
        if (room > 0) {
            int index = target.position() + Integer.BYTES;
            try {
                int compressed = blocks.compress(ByteBuffer.wrap(body), start, length, target, index, room);
                target.putInt(compressed).position(index + compressed);
                return true;
            } catch (LZ4Exception e) { // the only way it has to say that the result does not fit
                return store(body, start, length, target);
            }
        }
        return store(body, start, length, target);
    }

    private static boolean store(byte[] body, int start, int length, ByteBuffer target) {
        if (target.remaining() < Integer.BYTES + length) {
            return false;
        }
        target.putInt(length | NOT_COMPRESSED).put(body, start, length);
        return true;
    }

    @Override
    public void close() {
        // holds nothing
    }
}
