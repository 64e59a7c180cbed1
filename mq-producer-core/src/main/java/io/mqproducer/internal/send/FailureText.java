package io.mqproducer.internal.send;

import io.mqproducer.exception.Attempt;
import io.mqproducer.internal.route.PublishQueue;
import io.mqproducer.internal.util.PrintableText;
import io.mqproducer.message.Outcome;
import java.time.Duration;
import java.util.List;

/** The one line that says what became of a failed send. */
final class FailureText {

    /** With the kind, which the exception puts before it, and a little room, 1 024 characters. */
    private static final int LIMIT = 984;

    private FailureText() {}

    /** For example {@code topic=T maybe-stored after 3002 ms (timeout 3000 ms) msgId=…: … attempts=2: […]}. */
    static String of(PendingSend send, Outcome outcome, SendFailure failure, long elapsed) {
        StringBuilder text = new StringBuilder(256)
                .append("topic=")
                .append(send.message().topic())
                .append(outcome == Outcome.NOT_STORED ? " not-stored" : " maybe-stored")
                .append(" after ")
                .append(millis(elapsed))
                .append(" ms (timeout ")
                .append(millis(send.timeout()))
                .append(" ms)");
        if (!send.msgId().isEmpty()) {
            text.append(" msgId=").append(send.msgId());
        }
        text.append(": ").append(headline(send, failure));
        List<Attempt> attempts = send.attempts();
        if (!attempts.isEmpty()) {
            text.append("; attempts=").append(attempts.size()).append(": [");
            for (int i = 0; i < attempts.size() && text.length() < LIMIT; i++) {
                text.append(i == 0 ? "" : "; ").append(attempts.get(i));
            }
            text.append(']');
        }
        return PrintableText.of(text.toString(), LIMIT);
    }

    private static String headline(PendingSend send, SendFailure failure) {
        PublishQueue at = failure.at();
        String broker = at == null ? "the broker" : at.queue().brokerName() + "@" + at.broker();
        String brief = failure.brief();
        return switch (failure.kind()) {
            case CONNECT_FAILED -> "cannot connect to " + broker + ": " + brief;
            case TLS_FAILED -> at == null ? brief : "TLS with " + broker + " refused: " + brief;
            case CONNECTION_LOST -> "connection to " + broker + " " + brief;
            case TIMEOUT -> "no answer within " + millis(send.timeout()) + " ms (" + brief + ")";
            case BROKER_REJECTED -> broker + " " + brief;
            case PROTOCOL -> at == null ? brief : "unusable answer from " + at.broker() + ": " + brief;
            case SELECTOR -> "queue selector failed: " + brief;
            case INVALID_MESSAGE,
                    NO_ROUTE,
                    NAME_SERVER_UNAVAILABLE,
                    BUFFER_FULL,
                    RESOURCE,
                    HOOK,
                    CLOSED,
                    INTERRUPTED,
                    CANCELLED,
                    REPLY_TIMEOUT,
                    TX_UNCONFIRMED,
                    ROLLED_BACK -> brief;
        };
    }

    static long millis(long nanos) {
        return Duration.ofNanos(nanos).toMillis();
    }
}
