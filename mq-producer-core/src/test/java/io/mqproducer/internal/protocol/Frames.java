package io.mqproducer.internal.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Frames of tests, in bytes and in hex. */
final class Frames {

    private Frames() {}

    /** What the writer appends, as hex. */
    static String hexOf(Consumer<ByteBuf> writer) {
        ByteBuf out = Unpooled.buffer();
        try {
            writer.accept(out);
            return ByteBufUtil.hexDump(out);
        } finally {
            out.release();
        }
    }

    /** Reads a frame given with its length field. */
    static RemotingCommand read(String hexWithLength) {
        return readFrame(ByteBufUtil.decodeHexDump(hexWithLength.substring(8)));
    }

    /** Reads a frame given without its length field. */
    static RemotingCommand readFrame(byte[] frame) {
        ByteBuf buffer = Unpooled.directBuffer(frame.length + 1).writeBytes(frame);
        try {
            return new FrameCodec().readFrame(buffer);
        } finally {
            buffer.release();
        }
    }

    /** Reads a frame of this JSON header and body. */
    static RemotingCommand readJson(String header, String body) {
        return readFrame(frame(0, header.getBytes(UTF_8), body.getBytes(UTF_8)));
    }

    /** Reads a frame of this binary header. */
    static RemotingCommand readBinary(Consumer<ByteBuf> header) {
        return readFrame(frame(1, ByteBufUtil.decodeHexDump(hexOf(header)), new byte[0]));
    }

    static byte[] frame(int serializeType, byte[] header, byte[] body) {
        return ByteBufUtil.decodeHexDump(hexOf(out -> out.writeInt((serializeType << 24) | header.length)
                .writeBytes(header)
                .writeBytes(body)));
    }

    /** A map that keeps the order given. */
    static Map<String, String> fields(String... keysAndValues) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            fields.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return fields;
    }
}
