package io.mqproducer.benchmarks.stub;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * What a 5.5.0 broker answers when it has stored the messages of a request, byte for byte but for the values of its ids.
 * Rendered once: an answer costs a copy and some digits. Belongs to one connection.
 */
final class SendAnswer {

    private static final int PREFIX = 2 * Integer.BYTES;
    private static final int MAX_DIGITS = 11;
    private static final String QUEUE_ID = "{\"code\":0,\"extFields\":{\"queueId\":\"";
    private static final String REPEATED_ID = "0\",\"transactionId\":\"7F000001000118B4AAC2000000000000";
    private static final int QUEUE_ID_DIGIT = PREFIX + QUEUE_ID.length();
    private static final byte[] AFTER_OFFSET = ascii("\"},\"flag\":1,\"language\":\"JAVA\",\"opaque\":");
    private static final byte[] AFTER_OPAQUE = ascii(",\"serializeTypeCurrentRPC\":\"JSON\",\"version\":513}");

    private final int messages;
    private final boolean repeatsId;
    private final byte[] frame;
    private final int firstDigit;
    private final byte[] digits = new byte[20];
    private long queueOffset;

    /**
     * @param messages how many a request carries; there is an id for each
     * @param repeatsId whether the request bears an id that the answer repeats
     */
    SendAnswer(int port, int messages, boolean repeatsId) {
        this.messages = messages;
        this.repeatsId = repeatsId;
        byte[] head = ascii(QUEUE_ID + (repeatsId ? REPEATED_ID : "0") + "\",\"msgId\":\"" + ids(port, messages)
                + "\",\"TRACE_ON\":\"true\",\"MSG_REGION\":\"DefaultRegion\",\"queueOffset\":\"");
        frame = new byte[PREFIX + head.length + digits.length + AFTER_OFFSET.length + MAX_DIGITS + AFTER_OPAQUE.length];
        System.arraycopy(head, 0, frame, PREFIX, head.length);
        firstDigit = PREFIX + head.length;
    }

    private static String ids(int port, int messages) {
        return LongStream.range(0, messages)
                .mapToObj(place -> String.format("7F000001%08X%016X", port, place))
                .collect(Collectors.joining(","));
    }

    /** Whether it is the answer to such requests. */
    boolean isFor(int messages, boolean repeatsId) {
        return messages == this.messages && repeatsId == this.repeatsId;
    }

    /** Queue ids are those of the stub's routes, one digit; for any other the answer says 0. */
    void append(ByteBuf out, int queueId, int opaque) {
        frame[QUEUE_ID_DIGIT] = (byte) (queueId >= 0 && queueId <= 9 ? '0' + queueId : '0');
        int at = put(queueOffset, firstDigit);
        queueOffset += messages;
        at = put(AFTER_OFFSET, at);
        at = put(opaque, at);
        at = put(AFTER_OPAQUE, at);
        int start = out.writerIndex();
        out.writeBytes(frame, 0, at);
        out.setInt(start, at - Integer.BYTES);
        out.setInt(start + Integer.BYTES, at - PREFIX);
    }

    private int put(byte[] bytes, int at) {
        System.arraycopy(bytes, 0, frame, at, bytes.length);
        return at + bytes.length;
    }

    private int put(long number, int at) {
        int first = digits.length;
        long rest = Math.abs(number);
        do {
            digits[--first] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest > 0);
        if (number < 0) {
            digits[--first] = '-';
        }
        System.arraycopy(digits, first, frame, at, digits.length - first);
        return at + digits.length - first;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
