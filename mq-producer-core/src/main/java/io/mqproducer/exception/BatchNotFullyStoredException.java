package io.mqproducer.exception;

import io.mqproducer.message.BatchSendResult;
import io.mqproducer.message.FailureKind;
import java.util.List;

/** At least one message of a batch is not known to be stored; {@link #result()} tells of each. */
public final class BatchNotFullyStoredException extends MQProducerException {

    private final transient BatchSendResult result;

    /** The kind is that of the first message that failed. */
    public BatchNotFullyStoredException(BatchSendResult result) {
        this(result, List.of());
    }

    /**
     * The kind is that of the first message that failed.
     *
     * @param failures what was reported of the requests that failed; the first is the cause and lends its text, attempts
     *     and answer code, the others are suppressed
     */
    public BatchNotFullyStoredException(BatchSendResult result, List<MQProducerException> failures) {
        super(reportOf(result, failures));
        this.result = result;
        failures.stream().skip(1).forEach(this::addSuppressed);
    }

    private static FailureReport reportOf(BatchSendResult result, List<MQProducerException> failures) {
        FailureKind kind = result.failures().stream()
                .flatMap(failure -> failure.kind().stream())
                .findFirst()
                .orElse(FailureKind.PROTOCOL);
        String text =
                result.failures().size() + " of " + result.elements().size() + " messages are not known to be stored";
        if (failures.isEmpty()) {
            return FailureReport.of(kind, text);
        }
        MQProducerException first = failures.get(0);
        FailureReport report = FailureReport.of(kind, text + ": " + first.getMessage())
                .withAttempts(first.attempts())
                .withCause(first);
        return first.responseCode().isPresent()
                ? report.withResponseCode(first.responseCode().getAsInt())
                : report;
    }

    /** What became of each message, in the order of the call. */
    public BatchSendResult result() {
        return result;
    }
}
