package io.mqproducer.internal.protocol;

import io.netty.buffer.ByteBuf;

/**
 * Turns commands into frames and back.
 *
 * <p>A frame: {@code int32 length, of what follows | int8 serialize type, int24 header length | header | body}.
 *
 * <p>Safe for any thread; best one per connection, since it remembers the keys of JSON headers to read them faster.
 */
public final class FrameCodec {

    private static final int HEADER_WORD = Integer.BYTES;
    private static final byte[] NO_BODY = {};

    private final HeaderSerializer json = new JsonHeaderSerializer();
    private final HeaderSerializer binary = new BinaryHeaderSerializer();

    /**
     * Appends the frame of a command, with this opaque in place of its own.
     *
     * @throws IllegalArgumentException if the header cannot be expressed; {@code out} is then as it was
     */
    public void writeFrame(RemotingCommand command, int opaque, SerializeType type, ByteBuf out) {
        int start = out.writerIndex();
        boolean written = false;
        try {
            out.writeInt(0).writeInt(0);
            serializer(type).write(command, opaque, out);
            int headerLength = out.writerIndex() - start - 2 * Integer.BYTES;
            out.setInt(start, HEADER_WORD + headerLength + command.body().length);
            out.setInt(start + Integer.BYTES, headerWord(type, headerLength));
            out.writeBytes(command.body());
            written = true;
        } finally {
            if (!written) {
                out.writerIndex(start);
            }
        }
    }

    static int headerWord(SerializeType type, int headerLength) {
        if (headerLength > FrameLimits.HEADER_LENGTH_MASK) {
            throw new IllegalArgumentException("header of " + headerLength + " bytes");
        }
        return (type.code() << 24) | headerLength;
    }

    private HeaderSerializer serializer(SerializeType type) {
        return switch (type) {
            case JSON -> json;
            case ROCKETMQ -> binary;
        };
    }

    /**
     * Reads one frame.
     *
     * @param frame a whole frame without its length field; consumed, not released
     * @throws ProtocolException whatever its bytes are, if they are not a usable frame
     */
    public RemotingCommand readFrame(ByteBuf frame) {
        if (frame.readableBytes() < HEADER_WORD) {
            throw new ProtocolException("frame of " + frame.readableBytes() + " bytes");
        }
        int headerWord = frame.readInt();
        int headerLength = headerWord & FrameLimits.HEADER_LENGTH_MASK;
        if (headerLength > frame.readableBytes() || headerLength > FrameLimits.MAX_HEADER) {
            throw new ProtocolException("header length " + headerLength + " with " + frame.readableBytes()
                    + " bytes left, at most " + FrameLimits.MAX_HEADER);
        }
        RemotingCommand.Builder command = serializerOf(headerWord >>> 24).read(frame.readSlice(headerLength));
        return command.build(readBody(frame));
    }

    private HeaderSerializer serializerOf(int code) {
        return switch (code) {
            case 0 -> json;
            case 1 -> binary;
            default -> throw new ProtocolException("serialize type " + code);
        };
    }

    private static byte[] readBody(ByteBuf frame) {
        if (!frame.isReadable()) {
            return NO_BODY;
        }
        byte[] body = new byte[frame.readableBytes()];
        frame.readBytes(body);
        return body;
    }
}
