package io.mqproducer.internal.trace;

import io.mqproducer.exception.Attempt;
import io.mqproducer.internal.send.TracedAnswer;
import io.mqproducer.message.DeliveryTime;
import io.mqproducer.message.Message;
import io.mqproducer.message.Outcome;
import io.mqproducer.message.SendMode;
import io.mqproducer.message.SendResult;
import io.mqproducer.spi.EndTransactionContext;
import io.mqproducer.spi.SendMessageContext;
import io.mqproducer.spi.SendMessageHook;
import io.mqproducer.spi.SendOutcome;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Makes trace records of what becomes of messages. Messages that fail are traced too; one-way messages that were written are
 * not, because nobody knows what became of them, nor are messages that were refused before they had an id, nor what the
 * broker does not want traced. Thread-safe.
 */
public final class TraceHook implements SendMessageHook {

    private static final String BEGUN = "io.mqproducer.trace.begun";

    private final TraceDispatcher dispatcher;
    private final String group;
    private final String traceTopic;
    private final LongUnaryOperator clock;

    /**
     * @param group the producer group, without namespace
     * @param clock milliseconds since the epoch, of a moment by {@link System#nanoTime}
     */
    public TraceHook(TraceDispatcher dispatcher, String group, String traceTopic, LongUnaryOperator clock) {
        this.dispatcher = dispatcher;
        this.group = group;
        this.traceTopic = traceTopic;
        this.clock = clock;
    }

    @Override
    public Message beforeSend(SendMessageContext context) {
        context.attributes().put(BEGUN, System.nanoTime());
        return context.message();
    }

    @Override
    public void afterSend(SendMessageContext context, SendOutcome outcome) {
        boolean unwanted = context.msgId().isEmpty()
                || outcome.outcome() == Outcome.HANDED_OVER
                || context.message().topic().equals(traceTopic)
                || (outcome.result().orElse(null) instanceof TracedAnswer answer && !answer.traceOn());
        if (!unwanted && context.attributes().get(BEGUN) instanceof Long begun) {
            dispatcher.add(sent(context, outcome, begun));
        }
    }

    private TraceRecord sent(SendMessageContext context, SendOutcome outcome, long begun) {
        Message message = context.message();
        SendResult result = outcome.result().orElse(null);
        return TraceRecord.sent(
                new TraceRecord.Subject(
                        clock.applyAsLong(begun),
                        result == null ? null : result.regionId().orElse(null),
                        context.group(),
                        message.topic(),
                        context.msgId(),
                        message.tag().orElse(null),
                        message.keys(),
                        lastBroker(context.attempts())),
                message.body().length,
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun),
                type(context.mode(), message),
                result == null ? null : result.offsetMsgId().orElse(null),
                result != null);
    }

    private static @Nullable String lastBroker(List<Attempt> attempts) {
        return attempts.isEmpty()
                ? null
                : attempts.get(attempts.size() - 1).brokerAddress().orElse(null);
    }

    private static TraceRecord.Type type(SendMode mode, Message message) {
        if (mode == SendMode.HALF) {
            return TraceRecord.Type.HALF;
        } else if (message.delivery() != DeliveryTime.now()) {
            return TraceRecord.Type.DELAYED;
        }
        return message.orderingKey().isPresent() ? TraceRecord.Type.ORDERED : TraceRecord.Type.NORMAL;
    }

    @Override
    public void onEndTransaction(EndTransactionContext context) {
        dispatcher.add(TraceRecord.transactionEnded(
                subject(context.topic(), context.msgId(), context.brokerAddress()),
                context.transactionId(),
                context.state(),
                context.fromCheck()));
    }

    /** A message was to be recalled, and was or was not. */
    public void recalled(String topic, String msgId, boolean success) {
        dispatcher.add(TraceRecord.recalled(subject(topic, msgId, null), success));
    }

    /** What happens now to a message of which only that is known. */
    private TraceRecord.Subject subject(String topic, String msgId, @Nullable String broker) {
        return new TraceRecord.Subject(
                clock.applyAsLong(System.nanoTime()), null, group, topic, msgId, null, List.of(), broker);
    }
}
