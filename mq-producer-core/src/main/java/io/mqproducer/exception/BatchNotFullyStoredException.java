package io.mqproducer.exception;

import io.mqproducer.message.BatchSendResult;
import io.mqproducer.message.FailureKind;

/** At least one message of a batch is not known to be stored; {@link #result()} tells of each. */
public final class BatchNotFullyStoredException extends MQProducerException {

    private final transient BatchSendResult result;

    /** The kind is that of the first message that failed. */
    public BatchNotFullyStoredException(BatchSendResult result) {
        super(FailureReport.of(
                result.failures().stream()
                        .flatMap(failure -> failure.kind().stream())
                        .findFirst()
                        .orElse(FailureKind.PROTOCOL),
                result.failures().size() + " of " + result.elements().size() + " messages are not known to be stored"));
        this.result = result;
    }

    /** What became of each message, in the order of the call. */
    public BatchSendResult result() {
        return result;
    }
}
