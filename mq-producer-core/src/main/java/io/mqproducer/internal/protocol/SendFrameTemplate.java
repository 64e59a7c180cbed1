package io.mqproducer.internal.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Map;
import java.util.TreeMap;

/**
 * The SEND_MESSAGE_V2 requests of one queue, encoded once but for what is each message's own.
 *
 * <p>Immutable and shareable between threads. Writing allocates nothing. Fields come in the order of their one-letter names,
 * as the official client writes them; a message without properties has no field {@code i}, as there.
 */
public final class SendFrameTemplate {

    /** Length field and header word, which come before the header. */
    private static final int PREFIX = 2 * Integer.BYTES;

    /** A field with a one-letter name, without its value: length of the name, name, length of the value. */
    private static final int FIELD = Short.BYTES + 1 + Integer.BYTES;

    private static final int ABSENT = -1;
    private static final int ONEWAY = 2;

    private final byte[] beforeSysFlag;
    private final byte[] afterReconsumeTimes;
    private final byte[] afterMaxReconsumeTimes;

    private SendFrameTemplate(byte[] beforeSysFlag, byte[] afterReconsumeTimes, byte[] afterMaxReconsumeTimes) {
        this.beforeSysFlag = beforeSysFlag;
        this.afterReconsumeTimes = afterReconsumeTimes;
        this.afterMaxReconsumeTimes = afterMaxReconsumeTimes;
    }

    public static SendFrameTemplate of(SendHeader header) {
        FieldBytes head = new FieldBytes()
                .add("a", header.producerGroup())
                .add("b", header.topic())
                .add("c", header.defaultTopic())
                .add("d", Integer.toString(header.defaultTopicQueueNums()))
                .add("e", Integer.toString(header.queueId()));
        FieldBytes unitMode = new FieldBytes().add("k", "false");
        FieldBytes tail = new FieldBytes().add("m", "false").add("n", header.brokerName());
        for (Map.Entry<String, String> field : new TreeMap<>(header.extraFields()).entrySet()) {
            tail.add(field.getKey(), field.getValue());
        }
        return new SendFrameTemplate(head.toArray(), unitMode.toArray(), tail.toArray());
    }

    /** Bytes of the whole frame, its length field and the body included. */
    public int frameLength(WireMessage message) {
        return PREFIX
                + BinaryHeaderSerializer.FIXED_LENGTH
                + fieldsLength(message)
                + message.content().readableBytes()
                - message.propertiesLength();
    }

    /**
     * Appends the frame up to its body, which the caller must let follow.
     *
     * @throws IllegalArgumentException if the header is too long for its length field; {@code out} is then as it was
     */
    public void writeHead(ByteBuf out, int opaque, boolean oneway, WireMessage message) {
        int fieldsLength = fieldsLength(message);
        int headerLength = BinaryHeaderSerializer.FIXED_LENGTH + fieldsLength;
        int headerWord = FrameCodec.headerWord(SerializeType.ROCKETMQ, headerLength);
        int bodyLength = message.content().readableBytes() - message.propertiesLength();
        out.ensureWritable(PREFIX + headerLength);
        out.writeInt(Integer.BYTES + headerLength + bodyLength);
        out.writeInt(headerWord);
        out.writeShort(RequestCode.SEND_MESSAGE_V2.code());
        out.writeByte(BinaryHeaderSerializer.LANGUAGE_JAVA);
        out.writeShort(RemotingCommand.VERSION);
        out.writeInt(opaque);
        out.writeInt(oneway ? ONEWAY : 0);
        out.writeInt(0); // no remark
        out.writeInt(fieldsLength);
        writeFields(out, message);
    }

    /** Appends the whole frame. */
    public void write(ByteBuf out, int opaque, boolean oneway, WireMessage message) {
        out.ensureWritable(frameLength(message));
        writeHead(out, opaque, oneway, message);
        ByteBuf content = message.content();
        int properties = message.propertiesLength();
        out.writeBytes(content, content.readerIndex() + properties, content.readableBytes() - properties);
    }

    private int fieldsLength(WireMessage message) {
        int own = 4 * FIELD
                + DecimalDigits.length(message.sysFlag())
                + DecimalDigits.length(message.bornTimestamp())
                + DecimalDigits.length(message.flag())
                + DecimalDigits.length(message.reconsumeTimes());
        if (message.propertiesLength() > 0) {
            own += FIELD + message.propertiesLength();
        }
        if (message.maxReconsumeTimes() != ABSENT) {
            own += FIELD + DecimalDigits.length(message.maxReconsumeTimes());
        }
        return beforeSysFlag.length + afterReconsumeTimes.length + afterMaxReconsumeTimes.length + own;
    }

    private void writeFields(ByteBuf out, WireMessage message) {
        out.writeBytes(beforeSysFlag);
        writeNumber(out, 'f', message.sysFlag());
        writeNumber(out, 'g', message.bornTimestamp());
        writeNumber(out, 'h', message.flag());
        int properties = message.propertiesLength();
        if (properties > 0) {
            writeKey(out, 'i');
            out.writeInt(properties);
            out.writeBytes(message.content(), message.content().readerIndex(), properties);
        }
        writeNumber(out, 'j', message.reconsumeTimes());
        out.writeBytes(afterReconsumeTimes);
        if (message.maxReconsumeTimes() != ABSENT) {
            writeNumber(out, 'l', message.maxReconsumeTimes());
        }
        out.writeBytes(afterMaxReconsumeTimes);
    }

    private static void writeKey(ByteBuf out, char key) {
        out.writeShort(1);
        out.writeByte(key);
    }

    private static void writeNumber(ByteBuf out, char key, long value) {
        int length = DecimalDigits.length(value);
        writeKey(out, key);
        out.writeInt(length);
        DecimalDigits.write(out, value, length);
    }

    /** Fields on their way into a byte array. */
    private static final class FieldBytes {

        private final ByteBuf bytes = Unpooled.buffer();

        FieldBytes add(String key, String value) {
            BinaryHeaderSerializer.writeField(key, value, bytes);
            return this;
        }

        byte[] toArray() {
            byte[] array = new byte[bytes.readableBytes()];
            bytes.readBytes(array);
            return array;
        }
    }
}
