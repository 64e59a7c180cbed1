package io.mqproducer.internal.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** RocketMQ's own binary header: 21 bytes, the remark, and fields with their lengths before them. */
final class BinaryHeaderSerializer implements HeaderSerializer {

    /** Code, language, version, opaque, flag, and the lengths of remark and fields. */
    static final int FIXED_LENGTH = 21;

    static final int LANGUAGE_JAVA = 0;

    /** In UTF-8 at most three bytes make one character, so this holds more characters than are kept. */
    private static final int MAX_REMARK_BYTES = 4 * FrameLimits.MAX_REMARK;

    @Override
    public void write(RemotingCommand command, int opaque, ByteBuf out) {
        out.writeShort(command.code());
        out.writeByte(LANGUAGE_JAVA);
        out.writeShort(command.version());
        out.writeInt(opaque);
        out.writeInt(command.flag());
        writeRemark(command.remark(), out);
        int lengthIndex = out.writerIndex();
        out.writeInt(0);
        for (Map.Entry<String, String> field : command.fields().entrySet()) {
            writeField(field.getKey(), field.getValue(), out);
        }
        out.setInt(lengthIndex, out.writerIndex() - lengthIndex - Integer.BYTES);
    }

    private static void writeRemark(@Nullable String remark, ByteBuf out) {
        if (remark == null) {
            out.writeInt(0);
        } else {
            writeValue(remark, out);
        }
    }

    /** Appends one field. A key whose length does not fit its signed short would shift all that follows: refused. */
    static void writeField(String key, String value, ByteBuf out) {
        int length = ByteBufUtil.utf8Bytes(key);
        if (length == 0 || length > Short.MAX_VALUE) {
            throw new IllegalArgumentException("header field key of " + length + " bytes");
        }
        out.writeShort(length);
        ByteBufUtil.writeUtf8(out, key);
        writeValue(value, out);
    }

    private static void writeValue(String value, ByteBuf out) {
        out.writeInt(ByteBufUtil.utf8Bytes(value));
        ByteBufUtil.writeUtf8(out, value);
    }

    @Override
    public RemotingCommand.Builder read(ByteBuf header) {
        if (header.readableBytes() < FIXED_LENGTH) {
            throw new ProtocolException("binary header of " + header.readableBytes() + " bytes");
        }
        RemotingCommand.Builder command = new RemotingCommand.Builder();
        command.code = header.readShort();
        header.skipBytes(1); // language
        command.version = header.readShort();
        command.opaque = header.readInt();
        command.flag = header.readInt();
        readRemark(header, command);
        int fieldsLength = readLength(header, "fields");
        if (fieldsLength != header.readableBytes()) {
            throw new ProtocolException(
                    "header has " + header.readableBytes() + " bytes left for fields of " + fieldsLength + " bytes");
        }
        while (header.isReadable()) {
            command.receivedField(readKey(header), readValue(header));
        }
        return command;
    }

    private static void readRemark(ByteBuf header, RemotingCommand.Builder command) {
        int length = readLength(header, "remark");
        if (length > 0) {
            int kept = Math.min(length, MAX_REMARK_BYTES);
            command.receivedRemark(header.toString(header.readerIndex(), kept, UTF_8));
            header.skipBytes(length);
        }
    }

    private static String readKey(ByteBuf header) {
        if (header.readableBytes() < Short.BYTES) {
            throw new ProtocolException("header ends inside the length of a key");
        }
        int length = header.readShort();
        if (length <= 0 || length > FrameLimits.MAX_FIELD_KEY || length > header.readableBytes()) {
            throw new ProtocolException("length " + length + " of a key");
        }
        return readString(header, length);
    }

    private static String readValue(ByteBuf header) {
        int length = readLength(header, "a value");
        if (length > FrameLimits.MAX_FIELD_VALUE) {
            throw new ProtocolException("length " + length + " of a value");
        }
        return readString(header, length);
    }

    private static int readLength(ByteBuf header, String what) {
        if (header.readableBytes() < Integer.BYTES) {
            throw new ProtocolException("header ends inside the length of " + what);
        }
        int length = header.readInt();
        if (length < 0 || length > header.readableBytes()) {
            throw new ProtocolException(
                    "length " + length + " of " + what + " with " + header.readableBytes() + " bytes left");
        }
        return length;
    }

    private static String readString(ByteBuf header, int length) {
        String text = header.toString(header.readerIndex(), length, UTF_8);
        header.skipBytes(length);
        return text;
    }
}
