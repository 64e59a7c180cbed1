package io.mqproducer.internal.send;

import io.mqproducer.exception.BatchNotFullyStoredException;
import io.mqproducer.exception.FailureReport;
import io.mqproducer.exception.MQProducerException;
import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.internal.encoding.MessagePreparer;
import io.mqproducer.message.BatchSendResult;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Message;
import io.mqproducer.message.Outcome;
import io.mqproducer.message.SendMode;
import io.mqproducer.message.SendOptions;
import io.mqproducer.spi.SendOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * An explicit batch: refused as a whole if one of its messages breaks a rule, else split into {@linkplain BatchPart parts}
 * that are sent side by side, each by the one engine. It is over when the last of them is.
 *
 * <p>Until {@link #begin} returns it is the caller's. From then on its parts count down, on whatever thread they are settled,
 * and the last has the outcome delivered.
 */
abstract class BatchSend {

    private final MessageSender sender;
    private final SendOptions options;
    private final long start = System.nanoTime();
    private final List<BatchElement> elements = new ArrayList<>();
    private final List<@Nullable Message> messages;
    private final AtomicInteger unsettled = new AtomicInteger();
    private final AtomicInteger underWay = new AtomicInteger();
    private List<BatchPart> parts = List.of();
    private @Nullable MessageNotStoredException refusal;
    private long room;

    BatchSend(MessageSender sender, List<Message> messages, SendOptions options) {
        this.sender = sender;
        this.options = options;
        this.messages = new ArrayList<>(messages);
    }

    final MessageSender sender() {
        return sender;
    }

    final SendOptions options() {
        return options;
    }

    final long start() {
        return start;
    }

    final long timeout() {
        return options.timeout().map(Duration::toNanos).orElse(sender.defaultTimeout());
    }

    final List<BatchElement> elements() {
        return elements;
    }

    final void roomTaken(long taken) {
        room = taken;
    }

    /** Takes all messages in, or refuses all; then sends them. */
    final void begin() {
        try {
            admit();
            prepare();
        } catch (MessageNotStoredException e) {
            refuse(e);
            return;
        } catch (RuntimeException | Error e) {
            refuse(new MessageNotStoredException(
                    FailureReport.of(FailureKind.PROTOCOL, "batch could not be encoded: " + e)
                            .withCause(e)));
            return;
        }
        unsettled.set(parts.size());
        underWay.set(parts.size());
        parts.forEach(AdmittedSend::beginPrepared);
    }

    private void admit() {
        if (messages.isEmpty()) {
            throw invalid("invalid batch: has no messages");
        }
        for (int i = 0; i < messages.size(); i++) {
            Message message = messages.get(i);
            if (message == null) {
                throw invalid("invalid batch: message " + i + " is null");
            }
            BatchElement element = new BatchElement(this, i, message);
            elements.add(element);
            try {
                sender.admission().look(element);
            } catch (MessageNotStoredException e) {
                throw at(i, e);
            }
        }
        sender.admission().admit(this);
    }

    private void prepare() {
        MessagePreparer preparer = sender.preparer();
        BatchSplit split =
                new BatchSplit(options.target(), sender.config().send().maxMessageSize());
        for (BatchElement element : elements) {
            try {
                split.add(element, preparer.batchRecordSize(element.message()));
            } catch (MessageNotStoredException e) {
                throw at(element.index(), e);
            }
        }
        Duration left = Duration.ofNanos(Math.max(1, start + timeout() - System.nanoTime()));
        SendOptions remaining = options.withTimeout(left);
        parts = split.parts().stream()
                .map(part -> new BatchPart(this, part, remaining))
                .toList();
        boolean prepared = false;
        try {
            for (BatchPart part : parts) {
                try {
                    part.prepare();
                } catch (MessageNotStoredException e) {
                    throw at(part.elements().get(0).index(), e);
                }
            }
            prepared = true;
        } finally {
            if (!prepared) {
                parts.forEach(BatchPart::discard);
            }
        }
    }

    private static MessageNotStoredException invalid(String text) {
        return new MessageNotStoredException(FailureKind.INVALID_MESSAGE, text);
    }

    /** The same, naming the message that is to blame; what is nobody's fault is told as it is. */
    private static MessageNotStoredException at(int index, MessageNotStoredException e) {
        if (e.kind() != FailureKind.INVALID_MESSAGE && e.kind() != FailureKind.HOOK) {
            return e;
        }
        return new MessageNotStoredException(
                FailureReport.of(e.kind(), "message " + index + " of the batch: " + AdmittedSend.withoutKind(e))
                        .withCause(e.getCause()));
    }

    private void refuse(MessageNotStoredException why) {
        refusal = why;
        deliver();
    }

    // ---- the parts report

    /** A part has its outcome. */
    final void settled() {
        if (unsettled.decrementAndGet() == 0) {
            deliver();
        }
    }

    /** Whether all parts have their outcome. */
    final boolean isSettled() {
        return refusal != null || unsettled.get() == 0;
    }

    /** A part is of no more interest to anybody. */
    final void partIsOver() {
        if (underWay.decrementAndGet() == 0) {
            sender.backPressure().releaseRoom(room);
        }
    }

    /** The caller gives up. */
    final void giveUp(FailureKind kind, String detail) {
        parts.forEach(part -> part.giveUp(kind, detail));
    }

    /** Has the outcome delivered, once it is there. */
    abstract void deliver();

    // ---- delivery, on the thread that the outcome is delivered on

    /**
     * Makes the outcome known to hooks and meters, once.
     *
     * @throws MessageNotStoredException if the batch was refused
     * @throws BatchNotFullyStoredException if not all is stored
     */
    final BatchSendResult conclude() {
        MessageNotStoredException refused = refusal;
        if (refused != null) {
            throw concludeRefused(refused);
        }
        Map<BatchPart, MQProducerException> failures = new LinkedHashMap<>();
        for (BatchPart part : parts) {
            MQProducerException failure = part.conclude();
            if (failure != null) {
                failures.put(part, failure);
            } else if (!sender.hooks().isEmpty()) {
                part.noteSuccess((BrokerSendResult) part.decision());
            }
        }
        BatchSendResult result = resultOf(failures);
        measure();
        if (!failures.isEmpty()) {
            throw new BatchNotFullyStoredException(result, List.copyOf(failures.values()));
        }
        return result;
    }

    /** What has been taken may be given back: the outcome has been delivered. */
    final void delivered() {
        if (refusal == null) {
            parts.forEach(BatchPart::delivered);
        } else if (room != 0) {
            sender.backPressure().releaseRoom(room);
        }
    }

    private MessageNotStoredException concludeRefused(MessageNotStoredException why) {
        Message first = messages.isEmpty() ? null : messages.get(0);
        String topic = first == null ? "" : first.topic();
        sender.recentFailures().add(topic, why);
        for (BatchElement element : elements) {
            if (element.isSeenByHooks()) {
                sender.hooks().after(element, SendOutcome.failed(Outcome.NOT_STORED, why));
            }
        }
        if (sender.measures()) {
            sender.metrics()
                    .sendCompleted(topic, SendMode.BATCH, Outcome.NOT_STORED, why.kind(), System.nanoTime() - start);
        }
        return why;
    }

    private BatchSendResult resultOf(Map<BatchPart, MQProducerException> failures) {
        BatchSendResult.Builder result = BatchSendResult.builder();
        for (BatchElement element : elements) {
            BatchPart part = element.part();
            MQProducerException failure = failures.get(part);
            SendOutcome outcome;
            if (failure == null) {
                BrokerSendResult stored = element.result();
                result.stored(stored);
                outcome = SendOutcome.stored(stored);
            } else {
                Outcome failed = part.decision().outcome();
                result.failed(failed, failure.kind());
                outcome = SendOutcome.failed(failed, failure);
            }
            if (element.isSeenByHooks()) {
                sender.hooks().after(element, outcome);
            }
        }
        return result.build();
    }

    /** One record for each topic, of the worst that befell it. */
    private void measure() {
        if (!sender.measures()) {
            return;
        }
        Map<String, Decision> worst = new LinkedHashMap<>();
        for (BatchPart part : parts) {
            worst.merge(
                    part.message().topic(),
                    part.decision(),
                    (one, other) -> one.outcome().compareTo(other.outcome()) >= 0 ? one : other);
        }
        worst.forEach((topic, decided) -> sender.metrics()
                .sendCompleted(topic, SendMode.BATCH, decided.outcome(), decided.kind(), decided.end() - start));
    }
}
