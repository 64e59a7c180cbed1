package io.mqproducer.samples.orders;

import io.mqproducer.message.Message;
import io.mqproducer.message.SendResult;
import io.mqproducer.spi.SendMessageContext;
import io.mqproducer.spi.SendMessageHook;
import io.mqproducer.spi.SendOutcome;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Prints one line per send, of the first few: mode, topic, queue, offset, message id, milliseconds. */
@Component
@Order(2)
class OutcomePrinter implements SendMessageHook {

    private static final String STARTED = "started";

    private final AtomicInteger left;

    OutcomePrinter(@Value("${shop.printed-sends}") int limit) {
        this.left = new AtomicInteger(limit);
    }

    @Override
    public Message beforeSend(SendMessageContext context) {
        context.attributes().put(STARTED, System.nanoTime());
        return context.message();
    }

    @Override
    public void afterSend(SendMessageContext context, SendOutcome outcome) {
        if (left.get() <= 0 || left.getAndDecrement() <= 0) {
            return;
        }
        System.out.printf(
                Locale.ROOT,
                "%-6s  %-13s  %-28s  %s  %5d ms%n",
                context.mode().name().toLowerCase(Locale.ROOT),
                context.message().topic(),
                outcome.result().map(OutcomePrinter::place).orElseGet(() -> withoutResult(outcome)),
                context.msgId(),
                milliseconds(context));
    }

    private static String place(SendResult result) {
        return result.queue().brokerName() + " queue " + result.queue().queueId() + " offset " + result.queueOffset();
    }

    private static String withoutResult(SendOutcome outcome) {
        String text = outcome.outcome().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return outcome.failure()
                .map(failure -> text + " (" + failure.kind() + ")")
                .orElse(text);
    }

    private static long milliseconds(SendMessageContext context) {
        return context.attributes().get(STARTED) instanceof Long started
                ? TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started)
                : 0;
    }
}
