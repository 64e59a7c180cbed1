package io.mqproducer.internal.send;

import io.mqproducer.exception.MQProducerException;
import io.mqproducer.internal.encoding.MessageRole;
import io.mqproducer.message.Message;
import io.mqproducer.message.SendMode;
import io.mqproducer.message.SendOptions;
import org.jspecify.annotations.Nullable;

/** A send without an answer. What keeps it from being accepted is thrown; what fails later is told and logged. */
final class OnewaySend extends AsyncSend {

    private @Nullable MQProducerException refusal;

    OnewaySend(MessageSender sender, Message message, SendOptions options) {
        super(sender, message, options, SendMode.ONEWAY, MessageRole.NORMAL);
    }

    @Override
    void deliver() {
        if (!isAccepted()) {
            refusal = conclude(); // still on the calling thread
            returnRoom();
        } else if (isHandedOver() && sender.hooks().isEmpty() && !sender.measures()) {
            returnRoom(); // nobody to tell
        } else {
            super.deliver();
        }
    }

    /**
     * Throws what kept the message from being accepted.
     *
     * @throws MQProducerException if anything did
     */
    void throwIfRefused() {
        if (refusal != null) {
            throw refusal;
        }
    }

    @Override
    void complete() {}

    @Override
    void completeExceptionally(MQProducerException failure) {
        sender.onewayFailures().add(message().topic(), failure);
    }
}
