package io.mqproducer.exception;

import io.mqproducer.message.FailureKind;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a failure; what an {@link MQProducerException} is made of. Immutable; tests make their own with
 * {@link #of}.
 */
public final class FailureReport {

    /** With the kind before it, the text of an exception stays below 1 024 characters. */
    private static final int MAX_TEXT = 1_000;

    private final FailureKind kind;
    private final String text;
    private final List<Attempt> attempts;
    private final @Nullable Integer responseCode;
    private final @Nullable String msgId;
    private final @Nullable Throwable cause;

    private FailureReport(
            FailureReport known,
            List<Attempt> attempts,
            @Nullable Integer responseCode,
            @Nullable String msgId,
            @Nullable Throwable cause) {
        this.kind = known.kind;
        this.text = known.text;
        this.attempts = List.copyOf(attempts);
        this.responseCode = responseCode;
        this.msgId = msgId;
        this.cause = cause;
    }

    private FailureReport(FailureKind kind, String text) {
        this.kind = Objects.requireNonNull(kind, "kind");
        this.text = oneLine(Objects.requireNonNull(text, "text"));
        this.attempts = List.of();
        this.responseCode = null;
        this.msgId = null;
        this.cause = null;
    }

    /**
     * A failure of which nothing more is known than its kind and a text.
     *
     * @param text one line that names the culprit and what was tried, without the kind
     */
    public static FailureReport of(FailureKind kind, String text) {
        return new FailureReport(kind, text);
    }

    /** What was tried, in order. */
    public FailureReport withAttempts(List<Attempt> attempts) {
        return new FailureReport(this, attempts, responseCode, msgId, cause);
    }

    /** The broker's last answer code. */
    public FailureReport withResponseCode(int responseCode) {
        return new FailureReport(this, attempts, responseCode, msgId, cause);
    }

    /** The id that the message had got. */
    public FailureReport withMsgId(String msgId) {
        return new FailureReport(this, attempts, responseCode, msgId, cause);
    }

    /** The error behind the failure. */
    public FailureReport withCause(@Nullable Throwable cause) {
        return new FailureReport(this, attempts, responseCode, msgId, cause);
    }

    /** Why it failed. */
    public FailureKind kind() {
        return kind;
    }

    /** One line, without the kind. */
    public String text() {
        return text;
    }

    /** What was tried, in order. */
    public List<Attempt> attempts() {
        return attempts;
    }

    /** The broker's last answer code, if a broker answered. */
    public OptionalInt responseCode() {
        return responseCode == null ? OptionalInt.empty() : OptionalInt.of(responseCode);
    }

    /** The message's id, if it had got one. */
    public Optional<String> msgId() {
        return Optional.ofNullable(msgId);
    }

    /** The error behind the failure, if there was one. */
    public Optional<Throwable> cause() {
        return Optional.ofNullable(cause);
    }

    /** The last line of defence: whoever writes a text escapes what is foreign in it, and tells what he cuts. */
    private static String oneLine(String text) {
        boolean fits = text.length() < MAX_TEXT;
        if (fits && text.chars().noneMatch(FailureReport::isObeyed)) {
            return text;
        }
        StringBuilder line = new StringBuilder(MAX_TEXT);
        text.chars().limit(MAX_TEXT - 1).forEach(c -> line.append(isObeyed(c) ? '?' : (char) c));
        return fits ? line.toString() : line.append('…').toString();
    }

    /** By a terminal, or by whoever splits a log into lines. */
    private static boolean isObeyed(int c) {
        int type = Character.getType(c);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }
}
