package io.mqproducer.internal.send;

import io.mqproducer.exception.MQProducerException;
import io.mqproducer.message.Message;
import io.mqproducer.message.SendMode;
import io.mqproducer.message.SendOptions;
import io.mqproducer.spi.SendCallback;
import io.mqproducer.spi.SendOutcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A send whose outcome goes to a callback, once; what that throws is logged and counted. */
final class CallbackSend extends AsyncSend {

    private static final Logger log = LoggerFactory.getLogger(CallbackSend.class);

    private final SendCallback callback;

    CallbackSend(MessageSender sender, Message message, SendOptions options, SendCallback callback) {
        super(sender, message, options, SendMode.ASYNC);
        this.callback = callback;
    }

    @Override
    void complete(SendOutcome outcome) {
        MQProducerException failure = outcome.failure().orElse(null);
        try {
            if (failure == null) {
                callback.onSuccess(outcome.result().orElseThrow());
            } else {
                callback.onException(failure);
            }
        } catch (RuntimeException | Error e) {
            log.error(
                    "callback of message {} of topic {} failed",
                    msgId(),
                    message().topic(),
                    e);
            sender.metrics().callbackFailed();
        }
    }
}
