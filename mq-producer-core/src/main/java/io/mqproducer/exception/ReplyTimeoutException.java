package io.mqproducer.exception;

import io.mqproducer.message.FailureKind;

/** The request of a request/reply pair is stored, but no reply came in time. */
public final class ReplyTimeoutException extends MQProducerException {

    public ReplyTimeoutException(FailureKind kind, String text) {
        this(FailureReport.of(kind, text));
    }

    public ReplyTimeoutException(FailureReport report) {
        super(report);
    }
}
