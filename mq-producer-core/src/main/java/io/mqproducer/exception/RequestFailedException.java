package io.mqproducer.exception;

import io.mqproducer.message.FailureKind;

/** Something other than a message failed: an administrative request, a recall, or a fail-fast start. */
public final class RequestFailedException extends MQProducerException {

    public RequestFailedException(FailureKind kind, String text) {
        this(FailureReport.of(kind, text));
    }

    public RequestFailedException(FailureReport report) {
        super(report);
    }
}
