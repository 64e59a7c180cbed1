package io.mqproducer.internal.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The SEND_MESSAGE_V2 requests of one queue, encoded once but for what is each message's own; and the requests of other codes
 * that have the same header.
 *
 * <p>Immutable and shareable between threads. Writing allocates nothing. Fields come in the order of their one-letter names,
 * as the official client writes them; a message without properties has no field {@code i}, as there.
 *
 * <p>Nearly all heads differ only in their properties and in numbers of constant width: such a {@link #isUsual usual} one
 * is a copy of ready bytes, into which its numbers are put. The fields of any other are written one by one.
 */
public final class SendFrameTemplate {

    /** Length field and header word, which come before the header. */
    private static final int PREFIX = 2 * Integer.BYTES;

    private static final int USUAL_CODE = RequestCode.SEND_MESSAGE_V2.code();

    private static final int HEADER_WORD = Integer.BYTES;
    private static final int OPAQUE = PREFIX + Short.BYTES + Byte.BYTES + Short.BYTES; // after code, language, version
    private static final int FLAG = OPAQUE + Integer.BYTES;
    private static final int FIRST_FIELD = PREFIX + BinaryHeaderSerializer.FIXED_LENGTH;
    private static final int FIELDS_LENGTH = FIRST_FIELD - Integer.BYTES;

    /** A field with a one-letter name, without its value: length of the name, name, length of the value. */
    private static final int FIELD = Short.BYTES + 1 + Integer.BYTES;

    /** The field {@code j} of a usual head, with which {@link #afterProperties} begins; then comes {@code k}. */
    private static final int NO_RECONSUME_TIMES = FIELD + 1;

    private static final int TIMESTAMP_DIGITS = 13;
    private static final long FIRST_TIMESTAMP = 1_000_000_000_000L; // in 2001
    private static final long LAST_TIMESTAMP = 9_999_999_999_999L; // in 2286

    private static final int ABSENT = -1;
    private static final int ONEWAY = 2;

    /** A usual head up to its properties, with a zero for each digit and number that is the message's own. */
    private final byte[] beforeProperties;

    /** What follows the properties of a usual head. */
    private final byte[] afterProperties;

    /** How long the field {@code k} is, which comes second in {@link #afterProperties}. */
    private final int unitMode;

    /** Where the field {@code f} begins in {@link #beforeProperties}, the first that is the message's own. */
    private final int sysFlag;

    /** The template of batches to the same queue; made when first needed, twice at worst. */
    private @Nullable SendFrameTemplate batches;

    private SendFrameTemplate(byte[] beforeProperties, byte[] afterProperties, int unitMode, int sysFlag) {
        this.beforeProperties = beforeProperties;
        this.afterProperties = afterProperties;
        this.unitMode = unitMode;
        this.sysFlag = sysFlag;
    }

    public static SendFrameTemplate of(SendHeader header) {
        ByteBuf before = Unpooled.buffer();
        before.writeZero(PREFIX);
        before.writeShort(USUAL_CODE);
        before.writeByte(BinaryHeaderSerializer.LANGUAGE_JAVA);
        before.writeShort(RemotingCommand.VERSION);
        before.writeZero(FIRST_FIELD - OPAQUE); // among it the length of the remark, of which there is none
        BinaryHeaderSerializer.writeField("a", header.producerGroup(), before);
        BinaryHeaderSerializer.writeField("b", header.topic(), before);
        BinaryHeaderSerializer.writeField("c", header.defaultTopic(), before);
        BinaryHeaderSerializer.writeField("d", Integer.toString(header.defaultTopicQueueNums()), before);
        BinaryHeaderSerializer.writeField("e", Integer.toString(header.queueId()), before);
        int sysFlag = before.writerIndex();
        BinaryHeaderSerializer.writeField("f", "0", before);
        BinaryHeaderSerializer.writeField("g", "0".repeat(TIMESTAMP_DIGITS), before);
        BinaryHeaderSerializer.writeField("h", "0", before);
        BinaryHeaderSerializer.writeField("i", "", before);
        int unitMode = FIELD + Boolean.toString(header.unitMode()).length();
        return new SendFrameTemplate(bytesOf(before), afterProperties(header), unitMode, sysFlag);
    }

    /** The template of requests to the same queue that carry several messages, as {@link BatchRecord}s. */
    public SendFrameTemplate forBatches() {
        SendFrameTemplate known = batches;
        if (known == null) {
            known = makeForBatches();
            batches = known;
        }
        return known;
    }

    private SendFrameTemplate makeForBatches() {
        int flag = NO_RECONSUME_TIMES + unitMode;
        int rest = flag + FIELD + "false".length();
        ByteBuf after = Unpooled.buffer();
        after.writeBytes(afterProperties, 0, flag);
        BinaryHeaderSerializer.writeField("m", "true", after);
        after.writeBytes(afterProperties, rest, afterProperties.length - rest);
        return new SendFrameTemplate(beforeProperties, bytesOf(after), unitMode, sysFlag);
    }

    private static byte[] afterProperties(SendHeader header) {
        ByteBuf after = Unpooled.buffer();
        BinaryHeaderSerializer.writeField("j", "0", after);
        BinaryHeaderSerializer.writeField("k", Boolean.toString(header.unitMode()), after);
        BinaryHeaderSerializer.writeField("m", "false", after);
        BinaryHeaderSerializer.writeField("n", header.brokerName(), after);
        for (Map.Entry<String, String> field : new TreeMap<>(header.extraFields()).entrySet()) {
            BinaryHeaderSerializer.writeField(field.getKey(), field.getValue(), after);
        }
        return bytesOf(after);
    }

    private static byte[] bytesOf(ByteBuf buffer) {
        byte[] bytes = new byte[buffer.readableBytes()];
        buffer.readBytes(bytes);
        return bytes;
    }

    /** Bytes of the whole frame, its length field and the body included. */
    public int frameLength(WireMessage message) {
        return headLength(message) + message.wireBodySize();
    }

    /**
     * Appends the frame up to its body, which the caller must let follow.
     *
     * @throws IllegalArgumentException if the header is too long for its length field; {@code out} is then as it was
     */
    public void writeHead(ByteBuf out, int opaque, boolean oneway, WireMessage message) {
        int length = headLength(message);
        int headerWord = FrameCodec.headerWord(SerializeType.ROCKETMQ, length - PREFIX);
        out.ensureWritable(length);
        int start = out.writerIndex();
        if (isUsual(message)) {
            setUsualHead(out, start, message);
            out.writerIndex(start + length);
        } else {
            out.writeBytes(beforeProperties, 0, sysFlag);
            writeOwnFields(out, message);
        }
        out.setInt(start, length - Integer.BYTES + message.wireBodySize());
        out.setInt(start + HEADER_WORD, headerWord);
        int code = message.requestCode();
        if (code != USUAL_CODE) {
            out.setShort(start + PREFIX, code);
        }
        out.setInt(start + OPAQUE, opaque);
        out.setInt(start + FLAG, oneway ? ONEWAY : 0);
        out.setInt(start + FIELDS_LENGTH, length - FIRST_FIELD);
    }

    /** Appends the whole frame. */
    public void write(ByteBuf out, int opaque, boolean oneway, WireMessage message) {
        out.ensureWritable(frameLength(message));
        writeHead(out, opaque, oneway, message);
        out.writeBytes(message.content(), message.contentIndex() + message.propertiesLength(), message.wireBodySize());
    }

    private int headLength(WireMessage message) {
        return isUsual(message)
                ? beforeProperties.length + message.propertiesLength() + afterProperties.length
                : sysFlag + ownFieldsLength(message) + afterProperties.length - NO_RECONSUME_TIMES;
    }

    // ---- the usual head

    /** Whether the ready bytes have room for all that is to be said of the message, and no more. */
    static boolean isUsual(WireMessage message) {
        return message.sysFlag() >= 0
                && message.sysFlag() <= 9
                && message.bornTimestamp() >= FIRST_TIMESTAMP
                && message.bornTimestamp() <= LAST_TIMESTAMP
                && message.flag() == 0
                && message.propertiesLength() > 0
                && message.reconsumeTimes() == 0
                && message.maxReconsumeTimes() == ABSENT;
    }

    private void setUsualHead(ByteBuf out, int start, WireMessage message) {
        int properties = message.propertiesLength();
        int propertiesStart = start + beforeProperties.length;
        int sysFlagDigit = start + sysFlag + FIELD;
        out.setBytes(start, beforeProperties);
        out.setByte(sysFlagDigit, '0' + message.sysFlag());
        DecimalDigits.setThirteen(out, sysFlagDigit + 1 + FIELD, message.bornTimestamp());
        out.setInt(propertiesStart - Integer.BYTES, properties);
        out.setBytes(propertiesStart, message.content(), message.contentIndex(), properties);
        out.setBytes(propertiesStart + properties, afterProperties);
    }

    // ---- any other head

    /** Bytes of the fields that are the message's own. */
    private static int ownFieldsLength(WireMessage message) {
        int length = 4 * FIELD
                + DecimalDigits.length(message.sysFlag())
                + DecimalDigits.length(message.bornTimestamp())
                + DecimalDigits.length(message.flag())
                + DecimalDigits.length(message.reconsumeTimes());
        if (message.propertiesLength() > 0) {
            length += FIELD + message.propertiesLength();
        }
        if (message.maxReconsumeTimes() != ABSENT) {
            length += FIELD + DecimalDigits.length(message.maxReconsumeTimes());
        }
        return length;
    }

    /** Appends the fields that are the message's own, and those of all messages that come between and after them. */
    private void writeOwnFields(ByteBuf out, WireMessage message) {
        writeNumber(out, 'f', message.sysFlag());
        writeNumber(out, 'g', message.bornTimestamp());
        writeNumber(out, 'h', message.flag());
        int properties = message.propertiesLength();
        if (properties > 0) {
            writeKey(out, 'i');
            out.writeInt(properties);
            out.writeBytes(message.content(), message.contentIndex(), properties);
        }
        writeNumber(out, 'j', message.reconsumeTimes());
        out.writeBytes(afterProperties, NO_RECONSUME_TIMES, unitMode);
        if (message.maxReconsumeTimes() != ABSENT) {
            writeNumber(out, 'l', message.maxReconsumeTimes());
        }
        int rest = NO_RECONSUME_TIMES + unitMode;
        out.writeBytes(afterProperties, rest, afterProperties.length - rest);
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
}
