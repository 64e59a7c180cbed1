package io.mqproducer.internal.reply;

import io.mqproducer.message.MessageView;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** A request whose caller is parked until it is over, and woken directly. */
final class BlockingRequest extends PendingRequest {

    private final Thread caller = Thread.currentThread();

    BlockingRequest(PendingRequests requests, String correlationId, Duration timeout) {
        super(requests, correlationId, timeout);
    }

    @Override
    void wake() {
        LockSupport.unpark(caller);
    }

    /** The reply, once it is there. An interrupt ends the wait; the thread stays interrupted. */
    MessageView await() {
        boolean interrupted = false;
        while (!isOver()) {
            LockSupport.park(this);
            if (Thread.interrupted()) {
                interrupted = true;
                interrupted();
            }
        }
        try {
            return result();
        } finally {
            if (interrupted) {
                caller.interrupt();
            }
        }
    }
}
