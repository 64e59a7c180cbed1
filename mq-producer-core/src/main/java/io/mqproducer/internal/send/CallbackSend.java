package io.mqproducer.internal.send;

import io.mqproducer.exception.MQProducerException;
import io.mqproducer.internal.encoding.MessageRole;
import io.mqproducer.message.Message;
import io.mqproducer.message.SendMode;
import io.mqproducer.message.SendOptions;
import io.mqproducer.spi.SendCallback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A send whose outcome goes to a callback, once; what that throws is logged and counted. */
final class CallbackSend extends AsyncSend {

    private static final Logger log = LoggerFactory.getLogger(CallbackSend.class);

    private final SendCallback callback;

    CallbackSend(MessageSender sender, Message message, SendOptions options, SendCallback callback) {
        super(sender, message, options, SendMode.ASYNC, MessageRole.NORMAL);
        this.callback = callback;
    }

    @Override
    void complete() {
        try {
            callback.onSuccess(result());
        } catch (RuntimeException | Error e) {
            callbackFailed(e);
        }
    }

    @Override
    void completeExceptionally(MQProducerException failure) {
        try {
            callback.onException(failure);
        } catch (RuntimeException | Error e) {
            callbackFailed(e);
        }
    }

    private void callbackFailed(Throwable thrown) {
        log.error(
                "callback of message {} of topic {} failed", msgId(), message().topic(), thrown);
        sender.metrics().callbackFailed();
    }
}
