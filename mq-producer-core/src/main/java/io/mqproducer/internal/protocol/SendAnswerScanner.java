package io.mqproducer.internal.protocol;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the one answer that comes with every message: stored, with a JSON header as brokers write it. It gives up at
 * anything else, however slightly odd, which is then for {@link FrameCodec} to read; what it does read, that reads alike.
 *
 * <p>It expects the fields in the order of the answer before, so that each is found by one comparison. Not thread-safe.
 */
public final class SendAnswerScanner {

    /** Of a header; a broker's answer has some 280. */
    private static final int MAX_BYTES = 1024;

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

    private final byte[] header = new byte[MAX_BYTES];
    private final SendMessageResponse.Fields fields = new SendMessageResponse.Fields();
    private final Field[] order = new Field[FIELDS.length];
    private byte[] region = {};
    private String regionText = "";
    private int at;
    private int end;
    private int seen;
    private int count;
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
        in.getBytes(index + Integer.BYTES, header, 0, headerLength);
        at = 0;
        end = headerLength;
        seen = 0;
        count = 0;
        fields.clear();
        return object(false) && at == end && (seen & REQUIRED) == REQUIRED ? fields.toResponse() : null;
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
        if (!skip('"') || count == order.length) {
            return null;
        }
        Field expected = order[count];
        if (expected == null || !comes(expected)) {
            expected = find();
        }
        if (expected == null || (seen & expected.bit) != 0) {
            return null;
        }
        order[count++] = expected;
        seen |= expected.bit;
        at += expected.name.length + 1;
        return expected;
    }

    private @Nullable Field find() {
        for (Field field : FIELDS) {
            if (comes(field)) {
                return field;
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
            case OPAQUE -> opaque();
            case LANGUAGE, SERIALIZE_TYPE -> text() >= 0;
            case EXT_FIELDS -> object(true);
            default -> textValue(field);
        };
    }

    private boolean opaque() {
        boolean read = number();
        fields.opaque = (int) number;
        return read;
    }

    /** A field of a text, which the cursor is moved behind. */
    private boolean textValue(Field field) {
        int from = at + 1;
        int length = text();
        return length > 0
                && switch (field) {
                    case QUEUE_ID -> queueId(from, length);
                    case QUEUE_OFFSET -> queueOffset(from, length);
                    case MSG_ID -> fields.offsetId.setNumber(header, from, length);
                    case TRANSACTION_ID -> fields.transactionId.setNumber(header, from, length);
                    case MSG_REGION -> region(from, length);
                    case TRACE_ON -> traceOn(from, length);
                    case RECALL_HANDLE -> recallHandle(from, length);
                    case BATCH_UNIQ_ID -> batchUniqId(from, length);
                    default -> false;
                };
    }

    private boolean queueId(int from, int length) {
        boolean read = length <= INT_DIGITS && digits(from, length);
        fields.queueId = (int) number;
        return read;
    }

    private boolean queueOffset(int from, int length) {
        boolean read = length <= LONG_DIGITS && digits(from, length);
        fields.queueOffset = number;
        return read;
    }

    private boolean region(int from, int length) {
        if (!Arrays.equals(region, 0, region.length, header, from, from + length)) {
            region = Arrays.copyOfRange(header, from, from + length);
            regionText = textOf(from, length);
        }
        fields.regionId = regionText;
        return true;
    }

    private boolean traceOn(int from, int length) {
        fields.traceOn = !(length == 5 && textOf(from, length).equals("false"));
        return true;
    }

    private boolean recallHandle(int from, int length) {
        fields.recallHandle = textOf(from, length);
        return true;
    }

    private boolean batchUniqId(int from, int length) {
        fields.batchUniqId = textOf(from, length);
        return true;
    }

    private String textOf(int from, int length) {
        return new String(header, from, length, StandardCharsets.US_ASCII);
    }

    /** Moves behind a text in quotes, printable ASCII without escapes; its length, or -1 if it is anything else. */
    private int text() {
        if (!skip('"')) {
            return -1;
        }
        int from = at;
        while (at < end) {
            byte character = header[at++];
            if (character == '"') {
                return at - 1 - from;
            }
            if (character < ' ' || character == '\\') { // bytes above ASCII are negative
                return -1;
            }
        }
        return -1;
    }

    /** Moves behind an int, which is then in {@link #number}. */
    private boolean number() {
        boolean negative = skip('-');
        int from = at;
        while (at < end && isDigit(header[at])) {
            at++;
        }
        int length = at - from;
        boolean plain = length > 0 && length <= LONG_DIGITS && (length == 1 || header[from] != '0');
        if (!plain || !digits(from, length)) {
            return false;
        }
        number = negative ? -number : number;
        return number == (int) number;
    }

    private boolean digits(int from, int length) {
        long value = 0;
        for (int i = from; i < from + length; i++) {
            if (!isDigit(header[i])) {
                return false;
            }
            value = 10 * value + header[i] - '0';
        }
        number = value;
        return true;
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
