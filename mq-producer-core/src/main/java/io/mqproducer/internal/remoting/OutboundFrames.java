package io.mqproducer.internal.remoting;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the frames that one turn of the event loop writes, so that they leave in as few socket writes as possible:
 * what is small is copied together, a large body goes out by itself, uncopied. Confined to the event loop.
 */
public final class OutboundFrames {

    /** Above this a body is written from where it is. */
    static final int COPY_LIMIT = 16 * 1024;

    private static final int GATHER_SIZE = 64 * 1024;

    private final Channel channel;
    private final ByteBufAllocator allocator;
    private @Nullable ByteBuf gathered;
    private int frameStart;

    OutboundFrames(Channel channel, ByteBufAllocator allocator) {
        this.channel = channel;
        this.allocator = allocator;
    }

    /** Where a frame's head is written, with room for it and for its body if that is to be copied. */
    public ByteBuf head(int headBytes, int bodyBytes) {
        int bytes = bodyBytes <= COPY_LIMIT ? headBytes + bodyBytes : headBytes;
        ByteBuf buffer = gathered;
        if (buffer != null && buffer.writableBytes() < bytes) {
            writeGathered();
            buffer = null;
        }
        if (buffer == null) {
            buffer = allocator.directBuffer(Math.max(GATHER_SIZE, bytes));
            gathered = buffer;
        }
        frameStart = buffer.writerIndex();
        return buffer;
    }

    /** Adds the body of the frame whose head was written last. The source stays the caller's and is not changed. */
    public void body(ByteBuf source, int index, int length) {
        ByteBuf buffer = gathered;
        if (buffer != null && length <= COPY_LIMIT) {
            buffer.writeBytes(source, index, length);
        } else {
            ByteBuf body = source.retainedSlice(index, length); // before the head can no longer be rolled back
            writeGathered();
            channel.write(body);
        }
    }

    /** Forgets the frame whose head was begun last and could not be finished. */
    void rollback() {
        if (gathered != null) {
            gathered.writerIndex(frameStart);
        }
    }

    /** Hands what is gathered to the channel, which counts it against its water marks. */
    void writeGathered() {
        ByteBuf buffer = gathered;
        gathered = null;
        if (buffer != null) {
            if (buffer.isReadable()) {
                channel.write(buffer);
            } else {
                buffer.release();
            }
        }
    }

    /** Whether enough is gathered to be handed to the channel. */
    boolean isFull() {
        return gathered != null && gathered.writerIndex() >= GATHER_SIZE - COPY_LIMIT;
    }

    /** Releases what was gathered and never handed over. */
    void discard() {
        if (gathered != null) {
            gathered.release();
            gathered = null;
        }
    }
}
