package io.mqproducer.exception;

import io.mqproducer.message.FailureKind;

/**
 * The request of a request/reply pair is stored, but there is no reply: none came in time ({@code REPLY_TIMEOUT}), the waiting
 * was interrupted ({@code INTERRUPTED}), the producer was closed ({@code CLOSED}), or what came cannot be used ({@code
 * PROTOCOL}).
 */
public final class ReplyTimeoutException extends MQProducerException {

    public ReplyTimeoutException(FailureKind kind, String text) {
        this(FailureReport.of(kind, text));
    }

    public ReplyTimeoutException(FailureReport report) {
        super(report);
    }
}
