package io.mqproducer.internal.send;

import io.mqproducer.message.Message;
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
        super(sender, message, options, SendMode.ASYNC);
    }

    @Override
    void deliver() {
        delivered = conclude();
        deliveries.incrementAndGet();
        returnRoom();
        onDelivery.run();
    }

    SendOutcome outcome() {
        SendOutcome outcome = delivered;
        if (outcome == null) {
            throw new AssertionError("no outcome");
        }
        return outcome;
    }
}
