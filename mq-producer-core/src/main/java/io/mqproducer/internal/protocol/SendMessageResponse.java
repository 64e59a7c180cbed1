package io.mqproducer.internal.protocol;

import io.mqproducer.internal.util.HexDigits;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a broker says of a message it has stored. Immutable. Ids of 32 hexadecimal digits, which they are as a rule, are kept
 * as numbers and made to text when somebody asks.
 */
public final class SendMessageResponse {

    private static final String DEFAULT_REGION = "DefaultRegion";

    private final int opaque;
    private final int queueId;
    private final long queueOffset;
    private final long offsetIdHigh;
    private final long offsetIdLow;
    private final @Nullable String offsetIdText; // if it is anything but 32 digits
    private final long transactionIdHigh;
    private final long transactionIdLow;
    private final @Nullable String transactionIdText; // likewise; empty if there is none
    private final String regionId;
    private final boolean traceOn;
    private final @Nullable String recallHandle;
    private final @Nullable String batchUniqId;

    private SendMessageResponse(Fields fields) {
        this.opaque = fields.opaque;
        this.queueId = fields.queueId;
        this.queueOffset = fields.queueOffset;
        this.offsetIdHigh = fields.offsetId.high;
        this.offsetIdLow = fields.offsetId.low;
        this.offsetIdText = fields.offsetId.text;
        this.transactionIdHigh = fields.transactionId.high;
        this.transactionIdLow = fields.transactionId.low;
        this.transactionIdText = fields.transactionId.text;
        this.regionId = fields.regionId;
        this.traceOn = fields.traceOn;
        this.recallHandle = fields.recallHandle;
        this.batchUniqId = fields.batchUniqId;
    }

    /**
     * Reads the fields of an answer that says the message is stored.
     *
     * @throws ProtocolException naming the field that is missing or cannot be
     */
    public static SendMessageResponse from(RemotingCommand response) {
        Fields fields = new Fields();
        fields.opaque = response.opaque();
        fields.queueId = response.requiredInt("queueId");
        fields.queueOffset = response.requiredLong("queueOffset");
        requireNotNegative("queueId", fields.queueId);
        requireNotNegative("queueOffset", fields.queueOffset);
        fields.offsetId.set(response.requiredString("msgId"));
        String transactionId = response.string("transactionId");
        fields.transactionId.set(transactionId == null ? "" : transactionId);
        String region = nonEmpty(response, "MSG_REGION");
        fields.regionId = region == null ? DEFAULT_REGION : region;
        fields.traceOn = !"false".equals(response.string("TRACE_ON"));
        fields.recallHandle = nonEmpty(response, "recallHandle");
        fields.batchUniqId = nonEmpty(response, "batchUniqId");
        return fields.toResponse();
    }

    private static void requireNotNegative(String name, long value) {
        if (value < 0) {
            throw ProtocolException.field(name, Long.toString(value), "a number from 0");
        }
    }

    private static @Nullable String nonEmpty(RemotingCommand response, String name) {
        String value = response.string(name);
        return value == null || value.isEmpty() ? null : value;
    }

    /** What pairs it with its request. */
    public int opaque() {
        return opaque;
    }

    public int queueId() {
        return queueId;
    }

    /** The position in the queue; of a half message, in the queue of half messages. */
    public long queueOffset() {
        return queueOffset;
    }

    /** The broker's id, made of its address and the position in its log; a new string each time. */
    public String offsetMsgId() {
        return offsetIdText == null ? HexDigits.text(offsetIdHigh, offsetIdLow) : offsetIdText;
    }

    /**
     * The broker's id of the message at this place, from 0, of a batch: brokers join them, of one length, by commas. One
     * that has stored the batch as one message gives one id for all.
     */
    public String offsetMsgId(int place) {
        String joined = offsetMsgId();
        int length = joined.indexOf(',');
        int start = place * (length + 1);
        return length < 0 || start + length > joined.length() ? joined : joined.substring(start, start + length);
    }

    /** The id that the client gave the message, if the broker repeats it; a new string each time. */
    public @Nullable String transactionId() {
        if (transactionIdText == null) {
            return HexDigits.text(transactionIdHigh, transactionIdLow);
        }
        return transactionIdText.isEmpty() ? null : transactionIdText;
    }

    public String regionId() {
        return regionId;
    }

    /** Whether the broker wants the send traced. */
    public boolean traceOn() {
        return traceOn;
    }

    /** What a delayed message can be recalled by, from brokers of 5.3.2 on. */
    public @Nullable String recallHandle() {
        return recallHandle;
    }

    /** The id of an inner batch. */
    public @Nullable String batchUniqId() {
        return batchUniqId;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SendMessageResponse that
                && opaque == that.opaque
                && queueId == that.queueId
                && queueOffset == that.queueOffset
                && offsetMsgId().equals(that.offsetMsgId())
                && Objects.equals(transactionId(), that.transactionId())
                && regionId.equals(that.regionId)
                && traceOn == that.traceOn
                && Objects.equals(recallHandle, that.recallHandle)
                && Objects.equals(batchUniqId, that.batchUniqId);
    }

    @Override
    public int hashCode() {
        return Objects.hash(opaque, queueId, queueOffset);
    }

    @Override
    public String toString() {
        return "stored: opaque " + opaque + ", queueId " + queueId + ", queueOffset " + queueOffset + ", msgId "
                + offsetMsgId() + ", transactionId " + transactionId();
    }

    /** The fields on their way into a response. Whoever reads answers keeps one and fills it anew each time. */
    static final class Fields {

        int opaque;
        int queueId;
        long queueOffset;
        final Id offsetId = new Id();
        final Id transactionId = new Id();
        String regionId = DEFAULT_REGION;
        boolean traceOn = true;

        @Nullable
        String recallHandle;

        @Nullable
        String batchUniqId;

        /** Back to what is true of an answer that does not say otherwise. */
        void clear() {
            transactionId.set("");
            regionId = DEFAULT_REGION;
            traceOn = true;
            recallHandle = null;
            batchUniqId = null;
        }

        SendMessageResponse toResponse() {
            return new SendMessageResponse(this);
        }
    }

    /** An id on its way into a response: a number if it is 32 digits, else text. */
    static final class Id {

        static final int DIGITS = 32;

        private long high;
        private long low;
        private @Nullable String text;

        void set(String id) {
            if (id.length() != DIGITS || !setNumber(id.getBytes(StandardCharsets.ISO_8859_1), 0)) {
                text = id;
            }
        }

        void setText(String ids) {
            text = ids;
        }

        /** Takes the id from 32 bytes if they are hexadecimal digits in upper case; else it is as it was. */
        boolean setNumber(byte[] source, int from) {
            long first = AsciiBytes.eight(source, from);
            long second = AsciiBytes.eight(source, from + Long.BYTES);
            long third = AsciiBytes.eight(source, from + 2 * Long.BYTES);
            long fourth = AsciiBytes.eight(source, from + 3 * Long.BYTES);
            long parsedHigh = join(HexDigits.parse(first), HexDigits.parse(second));
            long parsedLow = join(HexDigits.parse(third), HexDigits.parse(fourth));
            boolean digits = areDigits(first, second, parsedHigh) && areDigits(third, fourth, parsedLow);
            if (digits) {
                high = parsedHigh;
                low = parsedLow;
                text = null;
            }
            return digits;
        }

        private static long join(int first, int second) {
            return (long) first << Integer.SIZE | Integer.toUnsignedLong(second);
        }

        private static boolean areDigits(long first, long second, long number) {
            return HexDigits.of((int) (number >>> Integer.SIZE)) == first && HexDigits.of((int) number) == second;
        }
    }
}
