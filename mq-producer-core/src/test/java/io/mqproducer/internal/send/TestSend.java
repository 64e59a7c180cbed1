package io.mqproducer.internal.send;

import io.mqproducer.exception.MQProducerException;
import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.internal.encoding.MessageRole;
import io.mqproducer.message.Message;
import io.mqproducer.message.Outcome;
import io.mqproducer.message.SendMode;
import io.mqproducer.message.SendOptions;
import io.mqproducer.spi.SendOutcome;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A send whose outcome is delivered to the test, on the thread that decided it. */
final class TestSend extends SendOperation {

    final AtomicInteger deliveries = new AtomicInteger();
    volatile @Nullable SendOutcome delivered;
    Runnable onDelivery = () -> {};

    TestSend(MessageSender sender, Message message, SendOptions options) {
        super(sender, message, options, SendMode.ASYNC, MessageRole.NORMAL);
    }

    @Override
    void deliver() {
        delivered = concluded();
        deliveries.incrementAndGet();
        returnRoom();
        onDelivery.run();
    }

    /** Concludes, and tells how. */
    SendOutcome concluded() {
        MQProducerException failure = conclude();
        if (failure != null) {
            return SendOutcome.failed(
                    failure instanceof MessageNotStoredException ? Outcome.NOT_STORED : Outcome.MAYBE_STORED, failure);
        }
        return isHandedOver() ? SendOutcome.handedOver() : SendOutcome.stored(result());
    }

    @Override
    boolean isDeliveredTogether() {
        return false;
    }

    SendOutcome outcome() {
        SendOutcome outcome = delivered;
        if (outcome == null) {
            throw new AssertionError("no outcome");
        }
        return outcome;
    }
}
