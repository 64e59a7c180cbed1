package io.mqproducer.internal.send;

import io.mqproducer.message.BatchSendResult;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Message;
import io.mqproducer.message.SendOptions;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A batch whose caller is parked until all of it has its outcome; hooks run on the caller's thread. */
final class BlockingBatch extends BatchSend {

    private final Thread caller = Thread.currentThread();

    BlockingBatch(MessageSender sender, List<Message> messages, SendOptions options) {
        super(sender, messages, options);
    }

    @Override
    void deliver() {
        LockSupport.unpark(caller);
    }

    /** The result, once it is there. An interrupt ends the wait; the thread stays interrupted. */
    BatchSendResult await() {
        boolean interrupted = false;
        while (!isSettled()) {
            LockSupport.park(this);
            if (Thread.interrupted()) {
                interrupted = true;
                giveUp(FailureKind.INTERRUPTED, "interrupted while waiting for the answer");
            }
        }
        try {
            return conclude();
        } finally {
            delivered();
            if (interrupted) {
                caller.interrupt();
            }
        }
    }
}
