package io.mqproducer.internal.compression;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Reads one LZ4 frame of any maker: blocks that refer to those before them, as C's library makes them, as well as independent
 * ones. Checksums are skipped; a message has one of its own. Used once.
 *
 * <p>{@code int32 magic | flags, block size [, int64 content size], header checksum | blocks: int32 length, bytes [, int32
 * checksum] | int32 0 [, int32 checksum]}, all little endian. The highest bit of a length says that the block is not compressed.
 * A block is a row of sequences: {@code token | literals | int16 distance | match}; the token has four bits for the number of
 * literals and four for the length of the match, and 15 says that more of it follows in bytes.
 */
final class Lz4Frame {

    private static final int MAGIC = 0x184D2204;
    private static final int VERSION = 0x40;
    private static final int VERSION_BITS = 0xC0;
    private static final int BLOCK_CHECKSUM = 0x10;
    private static final int CONTENT_SIZE = 0x08;
    private static final int DICTIONARY = 0x01;
    private static final int NOT_COMPRESSED = 0x8000_0000;
    private static final int MIN_MATCH = 4;
    private static final int MORE = 15;
    private static final int BYTE = 0xFF;

    /** No body becomes that large; as a length it is too much, and still far from overflowing. */
    private static final int NEVER = 1 << 30;

    private final ByteBuffer in;
    private final RestoredBody out;

    private Lz4Frame(byte[] frame, RestoredBody out) {
        this.in = ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN);
        this.out = out;
    }

    static byte[] read(byte[] frame, RestoredBody out) throws DecompressionException {
        try {
            new Lz4Frame(frame, out).readFrame();
            return out.toArray();
        } catch (BufferUnderflowException e) {
            throw new DecompressionException("LZ4: ends too early", e);
        }
    }

    private void readFrame() throws DecompressionException {
        if (in.getInt() != MAGIC) {
            throw new DecompressionException("LZ4: no frame");
        }
        int flags = in.get();
        if ((flags & VERSION_BITS) != VERSION || (flags & DICTIONARY) != 0) {
            throw new DecompressionException("LZ4: flags " + (flags & BYTE) + " of the frame");
        }
        skip((flags & CONTENT_SIZE) == 0 ? 2 : 2 + Long.BYTES);
        int block = in.getInt();
        while (block != 0) {
            int length = block & ~NOT_COMPRESSED;
            if (length > in.remaining()) {
                throw new DecompressionException("LZ4: block of " + length + " bytes with " + in.remaining() + " left");
            }
            int end = in.position() + length;
            if ((block & NOT_COMPRESSED) != 0) {
                copyLiterals(length);
            } else {
                readBlock(end);
            }
            skip((flags & BLOCK_CHECKSUM) == 0 ? 0 : Integer.BYTES);
            block = in.getInt();
        }
    }

    private void skip(int count) {
        if (count > in.remaining()) {
            throw new BufferUnderflowException();
        }
        in.position(in.position() + count);
    }

    private void readBlock(int end) throws DecompressionException {
        int afterBlock = in.limit();
        in.limit(end);
        while (in.hasRemaining()) {
            int token = in.get() & BYTE;
            copyLiterals(length(token >>> 4));
            if (in.hasRemaining()) { // the last sequence has no match
                int distance = in.getShort() & 0xFFFF;
                copyMatch(distance, length(token & MORE) + MIN_MATCH);
            }
        }
        in.limit(afterBlock);
    }

    /** A length, the rest of which follows if it is 15. */
    private int length(int firstBits) {
        int length = firstBits;
        int more = firstBits == MORE ? BYTE : 0;
        while (more == BYTE) {
            more = in.get() & BYTE;
            length = Math.min(length + more, NEVER);
        }
        return length;
    }

    private void copyLiterals(int count) throws DecompressionException {
        in.get(out.require(count), out.size(), count);
        out.wrote(count);
    }

    /** Byte by byte where the match reaches into itself, which is how runs are made. */
    private void copyMatch(int distance, int count) throws DecompressionException {
        if (distance == 0 || distance > out.size()) {
            throw new DecompressionException("LZ4: match " + distance + " bytes before the end of " + out.size());
        }
        byte[] bytes = out.require(count);
        int to = out.size();
        int from = to - distance;
        if (distance >= count) {
            System.arraycopy(bytes, from, bytes, to, count);
        } else {
            for (int i = 0; i < count; i++) {
                bytes[to + i] = bytes[from + i];
            }
        }
        out.wrote(count);
    }
}
