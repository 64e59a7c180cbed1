package io.mqproducer.exception;

import io.mqproducer.message.FailureKind;

/** Certain: no broker has the message, so sending it again makes no duplicate. */
public final class MessageNotStoredException extends MQProducerException {

    public MessageNotStoredException(FailureKind kind, String text) {
        this(FailureReport.of(kind, text));
    }

    public MessageNotStoredException(FailureReport report) {
        super(report);
    }
}
