package io.mqproducer.internal.remoting;

import io.mqproducer.internal.protocol.FrameCodec;
import io.mqproducer.internal.protocol.FrameLimits;
import io.mqproducer.internal.protocol.SendAnswerScanner;
import io.mqproducer.internal.protocol.SendMessageResponse;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/**
 * Cuts the byte stream into frames and reads each, as a {@link SendMessageResponse} if it plainly is one, else as a command. A frame's length is checked before anything is
 * allocated for it, and memory grows with what has arrived, not with what is announced. Anything unusable ends the
 * connection: what follows cannot be trusted.
 */
final class FrameDecoder extends ByteToMessageDecoder {

    private static final int LENGTH_FIELD = Integer.BYTES;

    private final FrameCodec codec;
    private final int maxFrame;
    private final SendAnswerScanner sendAnswers = new SendAnswerScanner();
    private boolean broken;

    /** @param maxFrame the most bytes that a frame may have */
    FrameDecoder(FrameCodec codec, int maxFrame) {
        this.codec = codec;
        this.maxFrame = maxFrame;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        try {
            boolean more = !broken;
            while (more) {
                more = readFrame(in, out);
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

    /** Reads the next frame, if it is there. */
    private boolean readFrame(ByteBuf in, List<Object> out) {
        if (in.readableBytes() < LENGTH_FIELD) {
            return false;
        }
        int length = in.getInt(in.readerIndex());
        FrameLimits.checkFrameLength(length, maxFrame);
        if (in.readableBytes() < LENGTH_FIELD + length) {
            return false;
        }
        in.skipBytes(LENGTH_FIELD);
        SendMessageResponse stored = sendAnswers.scan(in, in.readerIndex(), length);
        if (stored == null) {
            out.add(codec.readFrame(in.readSlice(length)));
        } else {
            in.skipBytes(length);
            out.add(stored);
        }
        return true;
    }
}
