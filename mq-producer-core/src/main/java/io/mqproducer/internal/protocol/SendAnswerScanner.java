package io.mqproducer.internal.protocol;

import io.mqproducer.internal.util.HexDigits;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the one answer that comes with every message: stored, with a JSON header as brokers write it. It gives up at
 * anything else, however slightly odd, which is then for {@link FrameCodec} to read; what it does read, that reads alike.
 *
 * <p>The answers of one broker are alike but for a few values. So it remembers the last one that it has read field by
 * field, compares what stands between these values with that, and reads only the values. Not thread-safe.
 */
public final class SendAnswerScanner {

    /** Of a header; the answer to a message has some 280, that to a batch 33 or 57 more for each message after the first. */
    private static final int MAX_BYTES = FrameLimits.MAX_FIELD_VALUE + 1024;

    /** Of a header that is remembered; reading a longer one field by field is little beside its ids. */
    private static final int MAX_MODEL_BYTES = 1024;

    private static final int JSON = 0;
    private static final int RESPONSE = 1;

    /** Digits that fit into an int, and into a long, whatever they are. */
    private static final int INT_DIGITS = 9;

    private static final int LONG_DIGITS = 18;

    private static final Field[] FIELDS = Field.values();

    /** What an answer may have; each at most once. */
    private enum Field {
        CODE("code", false),
        EXT_FIELDS("extFields", false),
        QUEUE_ID("queueId", true),
        TRACE_ON("TRACE_ON", true),
        MSG_REGION("MSG_REGION", true),
        MSG_ID("msgId", true),
        QUEUE_OFFSET("queueOffset", true),
        TRANSACTION_ID("transactionId", true),
        RECALL_HANDLE("recallHandle", true),
        BATCH_UNIQ_ID("batchUniqId", true),
        FLAG("flag", false),
        LANGUAGE("language", false),
        OPAQUE("opaque", false),
        SERIALIZE_TYPE("serializeTypeCurrentRPC", false),
        VERSION("version", false);

        @SuppressWarnings("ImmutableEnumChecker") // nobody changes it
        private final byte[] name;

        private final boolean extension;

        @SuppressWarnings("EnumOrdinal") // of a mask that nobody else sees
        private final int bit = 1 << ordinal();

        /** @param extension whether it belongs into the inner object, {@code extFields} */
        Field(String name, boolean extension) {
            this.name = name.getBytes(StandardCharsets.US_ASCII);
            this.extension = extension;
        }
    }

    private static final int REQUIRED = Field.CODE.bit
            | Field.EXT_FIELDS.bit
            | Field.QUEUE_ID.bit
            | Field.MSG_ID.bit
            | Field.QUEUE_OFFSET.bit
            | Field.FLAG.bit
            | Field.OPAQUE.bit;

    private byte[] header = new byte[MAX_MODEL_BYTES]; // grows with what comes
    private final SendMessageResponse.Fields fields = new SendMessageResponse.Fields();
    private final byte[] model = new byte[MAX_MODEL_BYTES]; // the last header that was read field by field
    private final Field[] valueFields = new Field[FIELDS.length]; // its values that differ from answer to answer
    private final int[] valueStarts = new int[FIELDS.length];
    private final int[] valueEnds = new int[FIELDS.length];
    private int values;
    private int modelLength; // 0 if there is none
    private int at;
    private int end;
    private int seen;
    private long number;

    /**
     * Reads a frame.
     *
     * @param index where it begins, behind its length field
     * @return null if it is not plainly an answer that says a message is stored
     */
    public @Nullable SendMessageResponse scan(ByteBuf in, int index, int length) {
        int headerLength = length - Integer.BYTES;
        if (headerLength <= 0 || headerLength > MAX_BYTES || in.getInt(index) != (JSON << 24 | headerLength)) {
            return null;
        }
        if (headerLength > header.length) {
            header = new byte[Math.max(headerLength, Math.min(2 * header.length, MAX_BYTES))];
        }
        in.getBytes(index + Integer.BYTES, header, 0, headerLength);
        at = 0;
        end = headerLength;
        return (modelLength > 0 && isLikeModel()) || isStored() ? fields.toResponse() : null;
    }

    // ---- by the model

    /** Reads the header if it differs from the model in nothing but values. */
    private boolean isLikeModel() {
        int from = 0;
        for (int i = 0; i < values; i++) {
            if (!equalsModel(from, valueStarts[i]) || !changingValue(valueFields[i])) {
                return false;
            }
            from = valueEnds[i];
        }
        return equalsModel(from, modelLength) && at == end;
    }

    private boolean equalsModel(int from, int to) {
        int stop = at + to - from;
        boolean equal = stop <= end && Arrays.equals(header, at, stop, model, from, to);
        at = stop;
        return equal;
    }

    /** Moves behind the value of a field that differs from answer to answer; quotes around it are the model's. */
    private boolean changingValue(Field field) {
        return switch (field) {
            case OPAQUE -> opaque();
            case QUEUE_ID -> queueId();
            case QUEUE_OFFSET -> queueOffset();
            case MSG_ID -> ids(fields.offsetId);
            default -> id(fields.transactionId);
        };
    }

    /** The header has been read field by field: from now on it is the model. */
    private void becomeModel() {
        System.arraycopy(header, 0, model, 0, end);
        modelLength = end;
    }

    // ---- field by field

    private boolean isStored() {
        at = 0;
        seen = 0;
        values = 0;
        modelLength = 0;
        fields.clear();
        boolean stored = object(false) && at == end && (seen & REQUIRED) == REQUIRED;
        if (stored && end <= MAX_MODEL_BYTES) {
            becomeModel();
        }
        return stored;
    }

    private boolean object(boolean inner) {
        if (!skip('{')) {
            return false;
        }
        do {
            Field field = field();
            if (field == null || field.extension != inner || !skip(':') || !value(field)) {
                return false;
            }
        } while (skip(','));
        return skip('}');
    }

    /** The field whose name comes next; null if it is none of them or comes a second time. */
    private @Nullable Field field() {
        if (!skip('"')) {
            return null;
        }
        for (Field field : FIELDS) {
            if (comes(field)) {
                boolean first = (seen & field.bit) == 0;
                seen |= field.bit;
                at += field.name.length + 1;
                return first ? field : null;
            }
        }
        return null;
    }

    private boolean comes(Field field) {
        int stop = at + field.name.length;
        return stop < end && header[stop] == '"' && Arrays.equals(header, at, stop, field.name, 0, field.name.length);
    }

    private boolean value(Field field) {
        return switch (field) {
            case CODE -> number() && number == ResponseCode.SUCCESS.code();
            case FLAG -> number() && number == RESPONSE;
            case VERSION -> number();
            case LANGUAGE, SERIALIZE_TYPE -> text() != null;
            case EXT_FIELDS -> object(true);
            case OPAQUE -> noted(field);
            case QUEUE_ID, QUEUE_OFFSET, MSG_ID, TRANSACTION_ID -> skip('"') && noted(field) && skip('"');
            case MSG_REGION, TRACE_ON, RECALL_HANDLE, BATCH_UNIQ_ID -> keep(field, text());
        };
    }

    /** Reads a value that differs from answer to answer, and notes where it is. */
    private boolean noted(Field field) {
        valueFields[values] = field;
        valueStarts[values] = at;
        boolean read = changingValue(field);
        valueEnds[values++] = at;
        return read;
    }

    private boolean keep(Field field, @Nullable String text) {
        if (text == null || text.isEmpty()) {
            return false;
        }
        switch (field) {
            case MSG_REGION -> fields.regionId = text;
            case TRACE_ON -> fields.traceOn = !text.equals("false");
            case RECALL_HANDLE -> fields.recallHandle = text;
            default -> fields.batchUniqId = text;
        }
        return true;
    }

    // ---- values

    private boolean opaque() {
        boolean read = number();
        fields.opaque = (int) number;
        return read;
    }

    private boolean queueId() {
        boolean read = digits(INT_DIGITS) > 0;
        fields.queueId = (int) number;
        return read;
    }

    private boolean queueOffset() {
        boolean read = digits(LONG_DIGITS) > 0;
        fields.queueOffset = number;
        return read;
    }

    /** An id: 32 digits, 56 if the broker has an IPv6 address; or those of a batch, joined by commas. */
    private boolean ids(SendMessageResponse.Id id) {
        int from = at;
        if (!id(id)) {
            return false;
        }
        if (at < end && isOfIds(header[at])) {
            while (at < end && isOfIds(header[at])) {
                at++;
            }
            id.setText(new String(header, from, at - from, StandardCharsets.US_ASCII));
        }
        return true;
    }

    private static boolean isOfIds(byte character) {
        return character == ',' || HexDigits.isUpperCaseDigit(character);
    }

    private boolean id(SendMessageResponse.Id id) {
        boolean read = end - at >= SendMessageResponse.Id.DIGITS && id.setNumber(header, at);
        at += SendMessageResponse.Id.DIGITS;
        return read;
    }

    /** Moves behind a text in quotes, printable ASCII without escapes; null if it is anything else. */
    private @Nullable String text() {
        if (!skip('"')) {
            return null;
        }
        int from = at;
        while (at < end) {
            byte character = header[at++];
            if (character == '"') {
                return new String(header, from, at - 1 - from, StandardCharsets.US_ASCII);
            }
            if (character < ' ' || character == '\\') { // bytes above ASCII are negative
                return null;
            }
        }
        return null;
    }

    /** Moves behind an int, which is then in {@link #number}. */
    private boolean number() {
        boolean negative = skip('-');
        int first = at;
        int length = digits(LONG_DIGITS);
        if (length == 0 || (length > 1 && header[first] == '0')) {
            return false;
        }
        number = negative ? -number : number;
        return number == (int) number;
    }

    /** Moves behind digits, whose {@link #number} is then known; returns how many there are, 0 if too many. */
    private int digits(int most) {
        int from = at;
        long value = 0;
        while (at < end && isDigit(header[at]) && at - from <= most) {
            value = 10 * value + header[at++] - '0';
        }
        number = value;
        return at - from <= most ? at - from : 0;
    }

    private static boolean isDigit(byte character) {
        return character >= '0' && character <= '9';
    }

    private boolean skip(char character) {
        if (at < end && header[at] == character) {
            at++;
            return true;
        }
        return false;
    }
}
