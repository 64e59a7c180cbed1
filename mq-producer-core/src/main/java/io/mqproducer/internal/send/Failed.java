package io.mqproducer.internal.send;

import io.mqproducer.exception.FailureReport;
import io.mqproducer.exception.MQProducerException;
import io.mqproducer.exception.MessageMaybeStoredException;
import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Outcome;

/** A send that failed. */
record Failed(SendFailure why, long end) implements Decision {

    @Override
    public Outcome outcome() {
        return why.mayBeStored() ? Outcome.MAYBE_STORED : Outcome.NOT_STORED;
    }

    @Override
    public FailureKind kind() {
        return why.kind();
    }

    /** The exception for the application; a new one each time. */
    MQProducerException toException(PendingSend send) {
        FailureReport report = FailureReport.of(why.kind(), FailureText.of(send, outcome(), why, end - send.start))
                .withAttempts(send.attempts())
                .withCause(why.cause());
        if (why.isAnswer()) {
            report = report.withResponseCode(why.responseCode());
        }
        if (send.isPrepared()) {
            report = report.withMsgId(send.msgId());
        }
        return why.mayBeStored() ? new MessageMaybeStoredException(report) : new MessageNotStoredException(report);
    }
}
