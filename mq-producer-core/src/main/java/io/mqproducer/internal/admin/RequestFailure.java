package io.mqproducer.internal.admin;

import io.mqproducer.exception.FailureReport;
import io.mqproducer.exception.RequestFailedException;
import io.mqproducer.message.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * A request failed. Without a stack trace: it is made on an event loop, and whoever tells the application of it makes the
 * exception for that.
 */
public final class RequestFailure extends RuntimeException {

    private final transient FailureReport report;

    RequestFailure(FailureKind kind, String text, @Nullable Throwable cause) {
        this(FailureReport.of(kind, text).withCause(cause));
    }

    RequestFailure(FailureReport report) {
        super(report.text(), report.cause().orElse(null), false, false);
        this.report = report;
    }

    FailureReport report() {
        return report;
    }

    /** The exception for the application; a new one each time. */
    public RequestFailedException toException() {
        return new RequestFailedException(report);
    }
}
