package io.mqproducer.internal.send;

import io.mqproducer.exception.MQProducerException;
import io.mqproducer.internal.callback.Completion;
import io.mqproducer.internal.encoding.MessageRole;
import io.mqproducer.internal.remoting.Exchange;
import io.mqproducer.internal.remoting.ExchangeQueue;
import io.mqproducer.message.Message;
import io.mqproducer.message.SendMode;
import io.mqproducer.message.SendOptions;
import org.jspecify.annotations.Nullable;

/** A send whose outcome is delivered on the callback executor. It is itself the task that does so. */
abstract class AsyncSend extends SendOperation implements Completion {

    private @Nullable Completion toldAfterwards;

    AsyncSend(MessageSender sender, Message message, SendOptions options, SendMode mode, MessageRole role) {
        super(sender, message, options, mode, role);
    }

    @Override
    void deliver() {
        sender.callbacks().execute(this);
    }

    @Override
    boolean isDeliveredTogether() {
        return true;
    }

    @Override
    protected final void deliver(ExchangeQueue together) {
        AsyncSend first = null;
        AsyncSend last = null;
        for (Exchange each = together.poll(); each != null; each = together.poll()) {
            AsyncSend send = (AsyncSend) each;
            if (last == null) {
                first = send;
            } else {
                last.next(send);
            }
            last = send;
        }
        if (first != null) {
            sender.callbacks().deliver(first);
        }
    }

    @Override
    public final @Nullable Completion next() {
        return toldAfterwards;
    }

    @Override
    public final void next(@Nullable Completion after) {
        toldAfterwards = after;
    }

    @Override
    public final void run() {
        try {
            MQProducerException failure = conclude();
            if (failure == null) {
                complete();
            } else {
                completeExceptionally(failure);
            }
        } finally {
            returnRoom();
        }
    }

    /** Hands the result to whoever asked for it; must not throw what the application throws. */
    abstract void complete();

    /** Likewise the failure. */
    abstract void completeExceptionally(MQProducerException failure);
}
