package io.mqproducer.test.peer.codec;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of one connection on their way to being frames. What cannot be a frame stays in it for good, and everything
 * behind it. Not thread-safe.
 */
public final class FrameBuffer {

    private static final int LARGEST_FRAME = 16 * 1024 * 1024;

    private byte[] bytes = new byte[8 * 1024];
    private int start;
    private int end;

    public void append(byte[] more, int length) {
        if (end + length > bytes.length) {
            int size = end - start;
            byte[] target = size + length > bytes.length ? new byte[2 * (size + length)] : bytes;
            System.arraycopy(bytes, start, target, 0, size);
            bytes = target;
            start = 0;
            end = size;
        }
        System.arraycopy(more, 0, bytes, end, length);
        end += length;
    }

    /** Takes the next whole frame, or returns {@code null} if there is none yet or never will be. */
    public @Nullable Frame next() {
        if (end - start < Integer.BYTES) {
            return null;
        }
        int length = ByteBuffer.wrap(bytes, start, Integer.BYTES).getInt();
        if (length < Integer.BYTES || length > LARGEST_FRAME || end - start - Integer.BYTES < length) {
            return null;
        }
        int frameEnd = start + Integer.BYTES + length;
        try {
            Frame frame = Frame.decode(Arrays.copyOfRange(bytes, start, frameEnd));
            start = frameEnd;
            return frame;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** The bytes that have not become a frame. */
    public byte[] rest() {
        return Arrays.copyOfRange(bytes, start, end);
    }
}
