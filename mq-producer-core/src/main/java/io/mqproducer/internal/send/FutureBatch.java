package io.mqproducer.internal.send;

import io.mqproducer.exception.MQProducerException;
import io.mqproducer.message.BatchSendResult;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Message;
import io.mqproducer.message.SendOptions;
import java.util.List;

/** A batch whose outcome completes a future, on the callback executor. It is itself the task that does so. */
final class FutureBatch extends BatchSend implements Runnable, SendFuture.Cancellable {

    private final SendFuture<BatchSendResult> future = new SendFuture<>(this);

    FutureBatch(MessageSender sender, List<Message> messages, SendOptions options) {
        super(sender, messages, options);
    }

    SendFuture<BatchSendResult> future() {
        return future;
    }

    @Override
    void deliver() {
        sender().callbacks().execute(this);
    }

    @Override
    public void run() {
        try {
            future.deliver(conclude());
        } catch (MQProducerException e) {
            future.deliver(e);
        } finally {
            delivered();
        }
    }

    /** The parts that have no outcome end; hooks and meters are told when all have one. */
    @Override
    public void cancelled() {
        giveUp(FailureKind.CANCELLED, "cancelled");
    }
}
