package io.mqproducer.internal.send;

import io.mqproducer.exception.MQProducerException;
import io.mqproducer.internal.encoding.MessageRole;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Message;
import io.mqproducer.message.SendMode;
import io.mqproducer.message.SendOptions;
import io.mqproducer.message.SendResult;

/** A send whose outcome completes a future. */
final class FutureSend extends AsyncSend implements SendFuture.Cancellable {

    private final SendFuture<SendResult> future = new SendFuture<>(this);

    FutureSend(MessageSender sender, Message message, SendOptions options) {
        super(sender, message, options, SendMode.ASYNC, MessageRole.NORMAL);
    }

    SendFuture<SendResult> future() {
        return future;
    }

    @Override
    void complete() {
        future.deliver(result());
    }

    @Override
    void completeExceptionally(MQProducerException failure) {
        future.deliver(failure);
    }

    /** Hooks and meters are told, and the owner lets go when it notices. */
    @Override
    public void cancelled() {
        if (abandon(FailureKind.CANCELLED, "cancelled")) {
            sender.callbacks().execute(this::conclude);
        }
    }
}
