package io.mqproducer.samples.orders;

import io.mqproducer.exception.MessageMaybeStoredException;
import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.exception.ReplyTimeoutException;
import io.mqproducer.exception.RequestFailedException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Says over HTTP what each failure means to the customer: above all, whether to order again. */
@RestControllerAdvice
class Failures {

    /** Certain: the customer may simply order again. */
    @ExceptionHandler
    ProblemDetail notStored(MessageNotStoredException failure) {
        return problem(
                HttpStatus.SERVICE_UNAVAILABLE,
                "not stored",
                "Nothing was ordered, you may order again (" + failure.kind() + ")");
    }

    /** Uncertain: ordering again may order twice. */
    @ExceptionHandler
    ProblemDetail maybeStored(MessageMaybeStoredException failure) {
        return problem(
                HttpStatus.GATEWAY_TIMEOUT,
                "maybe stored",
                "Perhaps ordered, ask before you order again (" + failure.kind() + ")");
    }

    /** The transaction took everything with it. */
    @ExceptionHandler
    ProblemDetail soldOut(SoldOutException failure) {
        return problem(HttpStatus.CONFLICT, "rolled back", failure.getMessage() + "; row and message are gone");
    }

    /** The question is stored, but whoever answers such questions did not. */
    @ExceptionHandler
    ProblemDetail noReply(ReplyTimeoutException failure) {
        return problem(
                HttpStatus.GATEWAY_TIMEOUT, "no reply", "Asked, but nobody has answered (" + failure.kind() + ")");
    }

    /** A recall came too late, for instance. */
    @ExceptionHandler
    ProblemDetail refused(RequestFailedException failure) {
        return problem(HttpStatus.CONFLICT, "refused", String.valueOf(failure.getMessage()));
    }

    @ExceptionHandler
    ProblemDetail badRequest(IllegalArgumentException failure) {
        return problem(HttpStatus.BAD_REQUEST, "bad request", String.valueOf(failure.getMessage()));
    }

    private static ProblemDetail problem(HttpStatus status, String title, String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setTitle(title);
        return problem;
    }
}
