package io.mqproducer.benchmarks.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what one connection receives into frames, where it lies: only of a frame that came in two parts are the bytes
 * moved. Belongs to the connection's event loop.
 */
public abstract class FrameCutter extends ChannelInboundHandlerAdapter {

    /** Bytes before a frame's header: the frame's length, and the header's type and length. */
    protected static final int PREFIX = 2 * Integer.BYTES;

    private static final int MAX_LENGTH = 1 << 24;

    private @Nullable ByteBuf begun;

    /**
     * A whole frame lies from {@code start}, where its length is, to {@code end}. The buffer is lent for this call.
     */
    protected abstract void frame(ChannelHandlerContext context, ByteBuf in, int start, int end);

    /** Where the header of the frame ends that starts there. */
    protected static int headerEnd(ByteBuf in, int start) {
        return start + PREFIX + (in.getInt(start + Integer.BYTES) & 0xFFFFFF);
    }

    @Override
    public final void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf in = (ByteBuf) message;
        try {
            if (begun == null || complete(context, begun, in)) {
                cut(context, in);
            }
        } finally {
            in.release();
        }
    }

    /** Goes on with the frame of which not all had come; whether it is whole now. */
    private boolean complete(ChannelHandlerContext context, ByteBuf frame, ByteBuf in) {
        move(in, frame, Integer.BYTES);
        if (frame.readableBytes() < Integer.BYTES) {
            return false;
        }
        int size = size(frame, 0);
        move(in, frame, size);
        if (frame.readableBytes() < size) {
            return false;
        }
        begun = null;
        try {
            frame(context, frame, 0, size);
        } finally {
            frame.release();
        }
        return true;
    }

    private static void move(ByteBuf from, ByteBuf to, int upTo) {
        int missing = upTo - to.readableBytes();
        if (missing > 0) {
            to.ensureWritable(missing).writeBytes(from, Math.min(missing, from.readableBytes()));
        }
    }

    private void cut(ChannelHandlerContext context, ByteBuf in) {
        int at = in.readerIndex();
        int limit = in.writerIndex();
        while (limit - at >= Integer.BYTES) {
            int end = at + size(in, at);
            if (end > limit) {
                break;
            }
            frame(context, in, at, end);
            at = end;
        }
        if (at < limit) {
            int expected = limit - at >= Integer.BYTES ? size(in, at) : Integer.BYTES;
            begun = context.alloc().directBuffer(expected).writeBytes(in, at, limit - at);
        }
    }

    private static int size(ByteBuf in, int start) {
        int length = in.getInt(start);
        if (length < Integer.BYTES || length > MAX_LENGTH) {
            throw new IllegalStateException("a frame of length " + length);
        }
        return Integer.BYTES + length;
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        if (begun != null) {
            begun.release();
            begun = null;
        }
    }
}
