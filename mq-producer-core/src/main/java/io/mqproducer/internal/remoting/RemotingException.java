package io.mqproducer.internal.remoting;

import io.mqproducer.message.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * An exchange failed. {@link #written()} tells whether any of its bytes may have left this process. Without a stack
 * trace of its own: it is made on an event loop, for thousands of exchanges at a time when a connection dies.
 */
public final class RemotingException extends RuntimeException {

    private final FailureKind kind;
    private final boolean written;

    RemotingException(FailureKind kind, boolean written, String message, @Nullable Throwable cause) {
        super(message, cause, false, false);
        this.kind = kind;
        this.written = written;
    }

    public FailureKind kind() {
        return kind;
    }

    public boolean written() {
        return written;
    }
}
