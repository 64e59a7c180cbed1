package io.mqproducer.exception;

import io.mqproducer.message.FailureKind;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Root of everything that a producer throws when something goes wrong outside the caller's code. Its subtypes answer
 * the one question that a caller must decide on: can the message be in the broker? {@link #kind()} tells why it
 * failed, {@link #attempts()} what was tried. The text is one line of at most 1 024 characters without control
 * characters, secrets or bodies. Programming errors stay {@link IllegalArgumentException}.
 */
public abstract sealed class MQProducerException extends RuntimeException
        permits MessageNotStoredException,
                MessageMaybeStoredException,
                BatchNotFullyStoredException,
                ReplyTimeoutException,
                RequestFailedException {

    private final FailureKind kind;

    /** Not for other processes: null once read from a stream. */
    private final transient @Nullable FailureReport report;

    MQProducerException(FailureReport report) {
        super(report.kind() + " " + report.text(), report.cause().orElse(null));
        this.kind = report.kind();
        this.report = report;
        for (Attempt attempt : report.attempts()) {
            attempt.cause().filter(cause -> cause != getCause()).ifPresent(this::addSuppressed);
        }
    }

    /** Why it failed. */
    public FailureKind kind() {
        return kind;
    }

    /** What was tried, in order. */
    public List<Attempt> attempts() {
        return report == null ? List.of() : report.attempts();
    }

    /** The broker's last answer code, if a broker answered. */
    public OptionalInt responseCode() {
        return report == null ? OptionalInt.empty() : report.responseCode();
    }

    /** The message's id, if it had got one. */
    public Optional<String> msgId() {
        return report == null ? Optional.empty() : report.msgId();
    }
}
