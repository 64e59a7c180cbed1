package io.mqproducer.internal.send;

import io.mqproducer.exception.Attempt;
import io.mqproducer.exception.FailureReport;
import io.mqproducer.exception.MQProducerException;
import io.mqproducer.exception.MessageMaybeStoredException;
import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.internal.encoding.OutboundMessage;
import io.mqproducer.internal.protocol.SendMessageResponse;
import io.mqproducer.internal.remoting.Exchange;
import io.mqproducer.internal.route.PublishQueue;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Message;
import io.mqproducer.message.MessageQueue;
import io.mqproducer.message.Outcome;
import io.mqproducer.message.SendMode;
import io.mqproducer.message.SendOptions;
import io.mqproducer.message.SendResult;
import io.mqproducer.message.SendStatus;
import io.mqproducer.spi.SendMessageContext;
import io.mqproducer.spi.SendOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * One send, from the call to the delivery of its outcome: what it is, and the one place where its outcome is decided.
 *
 * <p>Two may want to decide it: its owner, the one thread at a time that goes on with the send, and its caller, who may
 * lose patience (interrupt, cancel). A bit of {@link #phase} is won by one of them, who alone sets the outcome and has
 * it delivered. Another bit says whether a byte may have left, so that the winner knows what to call the outcome. Room
 * in flight and memory are the owner's to give back, whoever won.
 */
abstract class PendingSend extends Exchange implements SendMessageContext {

    private static final AtomicIntegerFieldUpdater<PendingSend> PHASE =
            AtomicIntegerFieldUpdater.newUpdater(PendingSend.class, "phase");

    /** A broker may have the message. */
    private static final int WRITTEN = 1;

    /** The outcome is decided. */
    private static final int DECIDED = 2;

    final MessageSender sender;
    final long start;
    final long deadline;
    private final SendMode mode;
    private final SendOptions options;
    private final long timeout;
    private Message message;
    private @Nullable Map<String, Object> attributes;
    private boolean seenByHooks;
    private volatile int phase;
    private volatile List<Attempt> attempts = List.of();
    private volatile @Nullable OutboundMessage outbound;

    // the outcome: written by the winner, then published by settled
    private Outcome outcome = Outcome.NOT_STORED;
    private @Nullable SendFailure failure;
    private @Nullable SendMessageResponse response;
    private SendStatus status = SendStatus.SEND_OK;
    private @Nullable PublishQueue storedIn;
    private int attemptsMade;
    private boolean mayBeDuplicate;
    private long end;
    private volatile boolean settled;

    PendingSend(MessageSender sender, Message message, SendOptions options, SendMode mode) {
        this.sender = sender;
        this.message = message;
        this.options = options;
        this.mode = mode;
        this.timeout = options.timeout().map(Duration::toNanos).orElse(sender.defaultTimeout());
        this.start = System.nanoTime();
        this.deadline = start + timeout;
    }

    // ---- what hooks see

    @Override
    public String producer() {
        return sender.config().identity().name();
    }

    @Override
    public String group() {
        return sender.config().identity().group();
    }

    @Override
    public SendMode mode() {
        return mode;
    }

    @Override
    public SendOptions options() {
        return options;
    }

    @Override
    public Message message() {
        return message;
    }

    void replaceMessage(Message changed) {
        message = changed;
    }

    /** The hooks are about to see the send; from now on they are told how it ends. */
    void noteSeenByHooks() {
        seenByHooks = true;
    }

    @Override
    public String msgId() {
        OutboundMessage prepared = outbound;
        return prepared == null ? "" : prepared.msgId();
    }

    @Override
    public List<Attempt> attempts() {
        return attempts;
    }

    @Override
    public Map<String, Object> attributes() {
        if (attributes == null) {
            attributes = new HashMap<>();
        }
        return attributes;
    }

    /** The time that the send may take in all, in nanoseconds. */
    long timeout() {
        return timeout;
    }

    // ---- the owner's side

    void prepared(OutboundMessage wire) {
        outbound = wire;
    }

    /** What goes on the wire; there once the send is prepared. */
    OutboundMessage outbound() {
        OutboundMessage prepared = outbound;
        if (prepared == null) {
            throw new IllegalStateException("not prepared");
        }
        return prepared;
    }

    boolean isPrepared() {
        return outbound != null;
    }

    void addAttempt(Attempt attempt) {
        List<Attempt> longer = new ArrayList<>(attempts.size() + 1);
        longer.addAll(attempts);
        longer.add(attempt);
        attempts = List.copyOf(longer);
    }

    /** Notes that bytes may leave from now on; false if the outcome is decided, and none may. */
    boolean markWritten() {
        int seen = phase;
        while ((seen & DECIDED) == 0) {
            if (PHASE.compareAndSet(this, seen, seen | WRITTEN)) {
                return true;
            }
            seen = phase;
        }
        return false;
    }

    /** Takes that back: what was written was refused for certain, or was not written after all. */
    void clearWritten() {
        int seen = phase;
        while ((seen & DECIDED) == 0 && !PHASE.compareAndSet(this, seen, seen & ~WRITTEN)) {
            seen = phase;
        }
    }

    boolean isDecided() {
        return (phase & DECIDED) != 0;
    }

    /** Decides that the message is stored; false if the caller was faster. */
    boolean decideStored(SendMessageResponse answer, SendStatus how, PublishQueue where, int made, boolean duplicate) {
        if (!win()) {
            return false;
        }
        outcome = how.outcome();
        response = answer;
        status = how;
        storedIn = where;
        attemptsMade = made;
        mayBeDuplicate = duplicate;
        publish();
        return true;
    }

    /** Decides that a one-way message is on its way; false if the caller was faster. */
    boolean decideHandedOver() {
        if (!win()) {
            return false;
        }
        outcome = Outcome.HANDED_OVER;
        publish();
        return true;
    }

    /** Decides that the send failed; false if the caller was faster. */
    boolean decideFailed(SendFailure why) {
        if (!win()) {
            return false;
        }
        outcome = why.mayBeStored() ? Outcome.MAYBE_STORED : Outcome.NOT_STORED;
        failure = why;
        publish();
        return true;
    }

    // ---- the caller's side

    /** The caller gives up; false if the outcome was decided before. */
    boolean abandon(FailureKind kind, String detail) {
        int before = PHASE.getAndUpdate(this, seen -> seen | DECIDED);
        if ((before & DECIDED) != 0) {
            return false;
        }
        boolean mayBeStored = (before & WRITTEN) != 0;
        outcome = mayBeStored ? Outcome.MAYBE_STORED : Outcome.NOT_STORED;
        failure = SendFailure.of(kind, mayBeStored, detail, null);
        publish();
        return true;
    }

    private boolean win() {
        return (PHASE.getAndUpdate(this, seen -> seen | DECIDED) & DECIDED) == 0;
    }

    private void publish() {
        end = System.nanoTime();
        settled = true;
    }

    boolean isSettled() {
        return settled;
    }

    /** Whether the outcome is that a one-way message is on its way. */
    boolean isHandedOver() {
        return settled && outcome == Outcome.HANDED_OVER;
    }

    // ---- delivery, on the thread that the outcome is delivered on

    /** Makes the outcome known to hooks, meters and status, once, and returns it. */
    SendOutcome conclude() {
        SendFailure why = failure;
        SendOutcome concluded;
        if (why != null) {
            MQProducerException exception = exception(why);
            concluded = SendOutcome.failed(outcome, exception);
            sender.recentFailures().add(message.topic(), exception);
        } else if (outcome == Outcome.HANDED_OVER) {
            concluded = SendOutcome.handedOver();
        } else {
            concluded = SendOutcome.stored(result());
        }
        if (seenByHooks) {
            if (why == null && storedIn != null) {
                addAttempt(successfulAttempt(storedIn));
            }
            sender.hooks().after(this, concluded);
        }
        if (sender.measures()) {
            sender.metrics()
                    .sendCompleted(message.topic(), mode, outcome, why == null ? null : why.kind(), end - start);
        }
        return concluded;
    }

    private SendResult result() {
        SendMessageResponse answer = response;
        PublishQueue queue = storedIn;
        if (answer == null || queue == null) {
            throw new IllegalStateException("no answer");
        }
        MessageQueue stored = queue.queue();
        if (answer.queueId() != stored.queueId()) {
            stored = new MessageQueue(stored.topic(), stored.brokerName(), answer.queueId());
        }
        return SendResult.builder(msgId(), stored, answer.queueOffset())
                .status(status)
                .offsetMsgId(answer.offsetMsgId())
                .transactionId(answer.transactionId())
                .regionId(answer.regionId())
                .recallHandle(answer.recallHandle())
                .attempts(attemptsMade)
                .mayBeDuplicate(mayBeDuplicate)
                .build();
    }

    private Attempt successfulAttempt(PublishQueue queue) {
        return Attempt.builder(attemptsMade, outcome)
                .queue(queue.queue())
                .brokerAddress(queue.broker().toString())
                .elapsed(Duration.ofNanos(end - lastAttemptStart()))
                .detail("stored")
                .build();
    }

    /** When the last attempt began, by {@link System#nanoTime}. */
    abstract long lastAttemptStart();

    private MQProducerException exception(SendFailure why) {
        FailureReport report = FailureReport.of(why.kind(), FailureText.of(this, outcome, why, end - start))
                .withAttempts(attempts)
                .withCause(why.cause());
        if (why.isAnswer()) {
            report = report.withResponseCode(why.responseCode());
        }
        if (isPrepared()) {
            report = report.withMsgId(msgId());
        }
        return outcome == Outcome.NOT_STORED
                ? new MessageNotStoredException(report)
                : new MessageMaybeStoredException(report);
    }
}
