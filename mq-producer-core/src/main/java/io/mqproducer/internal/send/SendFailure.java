package io.mqproducer.internal.send;

import io.mqproducer.internal.route.PublishQueue;
import io.mqproducer.message.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong with one attempt, or with the send before its first.
 *
 * @param mayBeStored whether a broker may have stored the message
 * @param at the queue that it went to, or null if it did not come that far
 * @param brief what happened, in a few words that do not repeat kind and queue
 * @param responseCode the broker's answer code, or {@link #NO_ANSWER}
 */
record SendFailure(
        FailureKind kind,
        boolean mayBeStored,
        @Nullable PublishQueue at,
        String brief,
        int responseCode,
        @Nullable Throwable cause) {

    /** No code that a broker may answer with, -1 included. */
    static final int NO_ANSWER = Integer.MIN_VALUE;

    static SendFailure of(FailureKind kind, boolean mayBeStored, String brief, @Nullable Throwable cause) {
        return new SendFailure(kind, mayBeStored, null, brief, NO_ANSWER, cause);
    }

    /** The same as the end of a send, one of whose attempts may have been stored or not. */
    SendFailure asEnd(boolean anyMayBeStored) {
        return new SendFailure(kind, anyMayBeStored, at, brief, responseCode, cause);
    }

    boolean isAnswer() {
        return responseCode != NO_ANSWER;
    }
}
