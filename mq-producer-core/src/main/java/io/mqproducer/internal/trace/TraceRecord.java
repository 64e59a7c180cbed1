package io.mqproducer.internal.trace;

import io.mqproducer.message.TransactionState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of a trace, in the form that RocketMQ's tools read: a type and its fields, separated by U+0001. What is not known
 * is the word {@code null}.
 *
 * @param text the line, without its end
 * @param msgId the message's id, by which tools look a trace up
 * @param keys the message's keys, by which they may as well
 */
record TraceRecord(String text, String msgId, List<String> keys) {

    /** What stands between the fields of a line. */
    static final char FIELD_END = '\u0001';

    /** What follows a line. */
    static final char RECORD_END = '\u0002';

    /** Of a broker that does not say otherwise. */
    static final String DEFAULT_REGION = "DefaultRegion";

    /** The kinds of message, by the numbers that tools know them by. */
    enum Type {
        NORMAL(0),
        HALF(1),
        COMMIT(2),
        DELAYED(3),
        ORDERED(4);

        private final int number;

        Type(int number) {
            this.number = number;
        }
    }

    /**
     * What a line is about.
     *
     * @param timestamp when it began, in milliseconds since the epoch
     * @param topic without namespace, as the group
     * @param tag null for none
     * @param storeHost the broker's address; null if it came to none
     */
    record Subject(
            long timestamp,
            @Nullable String regionId,
            String group,
            String topic,
            String msgId,
            @Nullable String tag,
            List<String> keys,
            @Nullable String storeHost) {}

    /**
     * A message that was sent.
     *
     * @param bodyLength of the body as the application gave it, in bytes
     * @param costMillis from the call to the outcome
     * @param offsetMsgId the broker's id; null if it is not stored for certain
     */
    static TraceRecord sent(
            Subject subject,
            int bodyLength,
            long costMillis,
            Type type,
            @Nullable String offsetMsgId,
            boolean success) {
        return of(
                subject,
                "Pub",
                subject.tag(),
                keys(subject),
                subject.storeHost(),
                bodyLength,
                costMillis,
                type.number,
                offsetMsgId,
                success);
    }

    /** The end of a transaction, as the broker is told. */
    static TraceRecord transactionEnded(
            Subject subject, String transactionId, TransactionState state, boolean fromCheck) {
        return of(
                subject,
                "EndTransaction",
                subject.tag(),
                keys(subject),
                subject.storeHost(),
                Type.COMMIT.number,
                transactionId,
                name(state),
                fromCheck);
    }

    /** A message that was recalled, or should have been. */
    static TraceRecord recalled(Subject subject, boolean success) {
        return of(subject, "Recall", success);
    }

    private static TraceRecord of(Subject subject, String type, @Nullable Object... more) {
        StringBuilder text = new StringBuilder(type);
        for (Object field :
                new Object[] {subject.timestamp(), region(subject), subject.group(), subject.topic(), subject.msgId()
                }) {
            text.append(FIELD_END).append(field);
        }
        for (Object field : more) {
            text.append(FIELD_END).append(field);
        }
        return new TraceRecord(text.toString(), subject.msgId(), subject.keys());
    }

    private static String region(Subject subject) {
        return subject.regionId() == null ? DEFAULT_REGION : subject.regionId();
    }

    private static @Nullable String keys(Subject subject) {
        return subject.keys().isEmpty() ? null : String.join(" ", subject.keys());
    }

    /** The state as RocketMQ writes it, one letter short. */
    private static String name(TransactionState state) {
        return switch (state) {
            case COMMIT -> "COMMIT_MESSAGE";
            case ROLLBACK -> "ROLLBACK_MESSAGE";
            case UNKNOWN -> "UNKNOW";
        };
    }
}
