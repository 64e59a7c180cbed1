package io.mqproducer.internal.send;

import io.mqproducer.message.Message;
import io.mqproducer.message.SendMode;
import io.mqproducer.message.SendOptions;
import io.mqproducer.spi.SendOutcome;
import org.jspecify.annotations.Nullable;

/** A send whose outcome is delivered on the callback executor. It is itself the task that does so. */
abstract class AsyncSend extends SendOperation implements Runnable {

    /** The send whose outcome is delivered after this one's, in the chain that {@link Callbacks#deliver} takes. */
    @Nullable
    AsyncSend nextDelivered;

    AsyncSend(MessageSender sender, Message message, SendOptions options, SendMode mode) {
        super(sender, message, options, mode);
    }

    @Override
    void deliver() {
        sender.callbacks().execute(this);
    }

    @Override
    public final void run() {
        try {
            complete(conclude());
        } finally {
            returnRoom();
        }
    }

    /** Hands the outcome to whoever asked for it; must not throw what the application throws. */
    abstract void complete(SendOutcome outcome);
}
