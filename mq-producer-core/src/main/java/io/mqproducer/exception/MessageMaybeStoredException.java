package io.mqproducer.exception;

import io.mqproducer.message.FailureKind;

/** Bytes left this process and no trustworthy answer came: sending it again may make a duplicate. */
public final class MessageMaybeStoredException extends MQProducerException {

    public MessageMaybeStoredException(FailureKind kind, String text) {
        this(FailureReport.of(kind, text));
    }

    public MessageMaybeStoredException(FailureReport report) {
        super(report);
    }
}
