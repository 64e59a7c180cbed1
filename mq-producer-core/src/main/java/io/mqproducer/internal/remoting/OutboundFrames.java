package io.mqproducer.internal.remoting;

import io.mqproducer.internal.protocol.FrameCodec;
import io.mqproducer.internal.protocol.RemotingCommand;
import io.mqproducer.internal.protocol.SerializeType;
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
    private static final int COMMAND_SIZE = 512;
    private static final FrameCodec CODEC = new FrameCodec();

    private final Channel channel;
    private final ByteBufAllocator allocator;
    private final @Nullable RequestSigner signer;
    private @Nullable ByteBuf gathered;
    private int frameStart;

    /** @param signer signs requests, or null if they are not signed */
    OutboundFrames(Channel channel, ByteBufAllocator allocator, @Nullable RequestSigner signer) {
        this.channel = channel;
        this.allocator = allocator;
        this.signer = signer;
    }

    /** Where memory for a frame comes from. */
    public ByteBufAllocator allocator() {
        return allocator;
    }

    /**
     * Where the head of a request is written, its header a binary one and its fields in the order of their names, with
     * room for it and for its body if that is to be copied. {@link #body} must follow.
     */
    public ByteBuf head(int headBytes, int bodyBytes) {
        int bytes = bodyBytes <= COPY_LIMIT ? headBytes + bodyBytes : headBytes;
        return room(signer == null ? bytes : bytes + signer.begin());
    }

    /** Adds a request that is written seldom. Its header is JSON, which every server reads, and people do too. */
    void request(RemotingCommand request, int opaque) {
        command(signer == null ? request : signer.signed(request), opaque);
    }

    /** Adds an answer, which is not signed. */
    void answer(RemotingCommand answer) {
        command(answer, answer.opaque());
    }

    private void command(RemotingCommand command, int opaque) {
        CODEC.writeFrame(command, opaque, SerializeType.JSON, room(COMMAND_SIZE));
    }

    private ByteBuf room(int bytes) {
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

    /**
     * Adds the body of the request whose head was written last, which is signed if requests are. The source stays the
     * caller's and is not changed.
     */
    public void body(ByteBuf source, int index, int length) {
        ByteBuf buffer = gathered;
        if (signer != null && buffer != null) {
            signer.sign(buffer, frameStart, source, index, length);
        }
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
