package io.mqproducer.exception;

import io.mqproducer.message.FailureKind;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a failure; what an {@link MQProducerException} is made of.
 *
 * @param kind why it failed
 * @param text one line that names the culprit and what was tried, without the kind
 * @param attempts what was tried, in order
 * @param responseCode the broker's last answer code, or null if none answered
 * @param msgId the message's id, or null if it had not got one yet
 * @param cause the error behind the failure, or null
 */
public record FailureReport(
        FailureKind kind,
        String text,
        List<Attempt> attempts,
        @Nullable Integer responseCode,
        @Nullable String msgId,
        @Nullable Throwable cause) {

    /** With the kind before it, the text of an exception stays below 1 024 characters. */
    private static final int MAX_TEXT = 1_000;

    public FailureReport {
        Objects.requireNonNull(kind, "kind");
        text = oneLine(Objects.requireNonNull(text, "text"));
        attempts = List.copyOf(attempts);
    }

    /** A failure of which nothing more is known than its kind and a text. */
    public static FailureReport of(FailureKind kind, String text) {
        return new FailureReport(kind, text, List.of(), null, null, null);
    }

    public FailureReport withCause(@Nullable Throwable cause) {
        return new FailureReport(kind, text, attempts, responseCode, msgId, cause);
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
