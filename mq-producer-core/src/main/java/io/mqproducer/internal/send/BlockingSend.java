package io.mqproducer.internal.send;

import io.mqproducer.exception.MQProducerException;
import io.mqproducer.internal.encoding.MessageRole;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Message;
import io.mqproducer.message.SendMode;
import io.mqproducer.message.SendOptions;
import io.mqproducer.message.SendResult;
import java.util.concurrent.locks.LockSupport;

/** A send whose caller is parked until its outcome is there, and woken directly; hooks run on the caller's thread. */
final class BlockingSend extends SendOperation {

    private final Thread caller = Thread.currentThread();

    BlockingSend(MessageSender sender, Message message, SendOptions options, SendMode mode, MessageRole role) {
        super(sender, message, options, mode, role);
    }

    @Override
    void deliver() {
        LockSupport.unpark(caller);
    }

    @Override
    boolean isDeliveredTogether() {
        return false; // each caller waits for its own
    }

    /** The result, once it is there. An interrupt ends the wait; the thread stays interrupted. */
    SendResult await() {
        boolean interrupted = false;
        boolean abandoned = false;
        while (!isSettled()) {
            LockSupport.park(this);
            if (Thread.interrupted()) {
                interrupted = true;
                abandoned = abandon(FailureKind.INTERRUPTED, "interrupted while waiting for the answer");
            }
        }
        try {
            MQProducerException failure = conclude();
            if (failure != null) {
                throw failure;
            }
            return result();
        } finally {
            if (!abandoned) {
                returnRoom();
            }
            if (interrupted) {
                caller.interrupt();
            }
        }
    }
}
