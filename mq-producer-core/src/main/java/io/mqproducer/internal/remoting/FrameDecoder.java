package io.mqproducer.internal.remoting;

import io.mqproducer.internal.protocol.FrameCodec;
import io.mqproducer.internal.protocol.FrameLimits;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/**
 * Cuts the byte stream into frames and reads each as a command. A frame's length is checked before anything is
 * allocated for it, and memory grows with what has arrived, not with what is announced. Anything unusable ends the
 * connection: what follows cannot be trusted.
 */
final class FrameDecoder extends ByteToMessageDecoder {

    private static final int LENGTH_FIELD = Integer.BYTES;

    private final FrameCodec codec;
    private boolean broken;

    FrameDecoder(FrameCodec codec) {
        this.codec = codec;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        try {
            if (!broken) {
                readFrame(in, out);
            }
        } catch (RuntimeException e) {
            broken = true;
            throw e;
        } finally {
            if (broken) {
                in.skipBytes(in.readableBytes()); // else the close would have it decoded after all
            }
        }
    }

    private void readFrame(ByteBuf in, List<Object> out) {
        if (in.readableBytes() < LENGTH_FIELD) {
            return;
        }
        int length = in.getInt(in.readerIndex());
        FrameLimits.checkFrameLength(length, FrameLimits.MAX_INBOUND_FRAME);
        if (in.readableBytes() < LENGTH_FIELD + length) {
            return;
        }
        in.skipBytes(LENGTH_FIELD);
        out.add(codec.readFrame(in.readSlice(length)));
    }
}
