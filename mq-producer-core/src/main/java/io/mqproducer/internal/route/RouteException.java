package io.mqproducer.internal.route;

import io.mqproducer.message.FailureKind;
import org.jspecify.annotations.Nullable;

/** No route to a topic was found. Without a stack trace: it is made on an event loop and shared by all who wait. */
public final class RouteException extends RuntimeException {

    private final FailureKind kind;

    RouteException(FailureKind kind, String message, @Nullable Throwable cause) {
        super(message, cause, false, false);
        this.kind = kind;
    }

    /**
     * {@link FailureKind#NO_ROUTE} if the name servers say that there is none, {@link
     * FailureKind#NAME_SERVER_UNAVAILABLE} if none says anything, {@link FailureKind#TLS_FAILED} if that is because there is
     * no TLS with any of them, {@link FailureKind#PROTOCOL} if none says anything
     * that can be read, {@link FailureKind#CLOSED} at the end.
     */
    public FailureKind kind() {
        return kind;
    }

    /** Whether no server has said anything, so that it makes sense to ask again. */
    public boolean isUnanswered() {
        return kind == FailureKind.NAME_SERVER_UNAVAILABLE || kind == FailureKind.TLS_FAILED;
    }
}
