package io.mqproducer.internal.send;

import io.mqproducer.exception.Attempt;
import io.mqproducer.exception.MQProducerException;
import io.mqproducer.internal.encoding.MessageRole;
import io.mqproducer.internal.encoding.OutboundMessage;
import io.mqproducer.internal.remoting.BatchableExchange;
import io.mqproducer.internal.util.Endpoint;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Message;
import io.mqproducer.message.SendMode;
import io.mqproducer.message.SendOptions;
import io.mqproducer.message.SendResult;
import io.mqproducer.spi.SendOutcome;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One send, from the call to the delivery of its outcome: what it is, and the one place where its outcome is decided.
 *
 * <p>Two may want to decide it: its owner, the one thread at a time that goes on with the send, and its caller, who may
 * lose patience (interrupt, cancel). A bit of {@link #phase} is won by one of them, who alone sets the outcome and has
 * it delivered. Another bit says whether a byte may have left, so that the winner knows what to call the outcome. Room
 * in flight and memory are the owner's to give back, whoever won.
 */
abstract class PendingSend extends BatchableExchange implements HookedSend {

    private static final VarHandle PHASE;
    private static final VarHandle OUTBOUND;
    private static final VarHandle DECISION;

    static { // with literals, which is how a native image finds out that it needs these fields
        MethodHandles.Lookup own = MethodHandles.lookup();
        try {
            PHASE = own.findVarHandle(PendingSend.class, "phase", int.class);
            OUTBOUND = own.findVarHandle(PendingSend.class, "outbound", OutboundMessage.class);
            DECISION = own.findVarHandle(PendingSend.class, "decision", Decision.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** A broker may have the message. */
    private static final int WRITTEN = 1;

    /** The outcome is decided. */
    private static final int DECIDED = 2;

    final MessageSender sender;
    final long start;
    final long deadline;
    private final SendMode mode;
    private final MessageRole role;
    private final SendOptions options;
    private final long timeout;
    private Message message;
    private @Nullable Map<String, Object> attributes;
    private boolean seenByHooks;
    private volatile int phase;
    private volatile @Nullable List<Attempt> attempts; // null as long as there are none
    private volatile @Nullable OutboundMessage outbound; // set by its handle, which takes no fence
    private volatile @Nullable Decision decision; // likewise

    PendingSend(MessageSender sender, Message message, SendOptions options, SendMode mode, MessageRole role) {
        this.sender = sender;
        this.message = message;
        this.options = options;
        this.mode = mode;
        this.role = role;
        Duration own = options.timeout().orElse(null);
        this.timeout = own == null ? sender.defaultTimeout() : own.toNanos();
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

    @Override
    public final void replaceMessage(Message changed) {
        message = changed;
    }

    @Override
    public final void noteSeenByHooks() {
        seenByHooks = true;
    }

    @Override
    public String msgId() {
        return isPrepared() ? outbound().msgId() : "";
    }

    @Override
    public List<Attempt> attempts() {
        List<Attempt> made = attempts;
        return made == null ? List.of() : made;
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

    /** What the message is besides what its caller says. */
    MessageRole role() {
        return role;
    }

    // ---- the owner's side

    void prepared(OutboundMessage wire) {
        OUTBOUND.setRelease(this, wire);
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
        List<Attempt> longer = new ArrayList<>(attempts());
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
    boolean decideStored(BrokerSendResult result) {
        return win() && publish(result);
    }

    /** Decides that a one-way message is on its way; false if the caller was faster. */
    boolean decideHandedOver() {
        return win() && publish(new HandedOver(System.nanoTime()));
    }

    /** Decides that the send failed; false if the caller was faster. */
    boolean decideFailed(SendFailure why) {
        return win() && publish(new Failed(why, System.nanoTime()));
    }

    // ---- the caller's side

    /** The caller gives up; false if the outcome was decided before. */
    boolean abandon(FailureKind kind, String detail) {
        int before = (int) PHASE.getAndBitwiseOr(this, DECIDED);
        return (before & DECIDED) == 0
                && publish(new Failed(SendFailure.of(kind, (before & WRITTEN) != 0, detail, null), System.nanoTime()));
    }

    private boolean win() {
        return ((int) PHASE.getAndBitwiseOr(this, DECIDED) & DECIDED) == 0;
    }

    private boolean publish(Decision decided) {
        DECISION.setRelease(this, decided);
        return true;
    }

    /** Whether the outcome is there to be delivered. */
    boolean isSettled() {
        return decision != null;
    }

    /** Whether the outcome is that a one-way message is on its way. */
    boolean isHandedOver() {
        return decision instanceof HandedOver;
    }

    /** The result of a send that is stored. */
    SendResult result() {
        return (BrokerSendResult) decision();
    }

    /** Whether it failed. The outcome must be there. */
    boolean isFailed() {
        return decision() instanceof Failed;
    }

    /** The failure, a new exception each time; null if it did not fail. The outcome must be there. */
    @Nullable
    MQProducerException failureNow() {
        return decision() instanceof Failed failed ? failed.toException(this) : null;
    }

    /** The address that the message was stored at. */
    Endpoint broker() {
        return ((BrokerSendResult) decision()).broker();
    }

    final Decision decision() {
        Decision decided = decision;
        if (decided == null) {
            throw new IllegalStateException("not decided");
        }
        return decided;
    }

    // ---- delivery, on the thread that the outcome is delivered on

    /** Makes the outcome known to hooks, meters and status, once; returns the failure, or null if it did not fail. */
    @Nullable
    MQProducerException conclude() {
        Decision decided = decision();
        MQProducerException failure = null;
        if (decided instanceof Failed failed) {
            failure = failed.toException(this);
            sender.recentFailures().add(message.topic(), failure);
        }
        if (seenByHooks) {
            tellHooks(decided, failure);
        }
        if (sender.measures()) {
            measure(decided);
        }
        return failure;
    }

    /** Tells the meters how it ended. */
    void measure(Decision decided) {
        sender.metrics().sendCompleted(message.topic(), mode, decided.outcome(), decided.kind(), decided.end() - start);
    }

    private void tellHooks(Decision decided, @Nullable MQProducerException failure) {
        if (failure != null) {
            sender.hooks().after(this, SendOutcome.failed(decided.outcome(), failure));
        } else if (decided instanceof BrokerSendResult stored) {
            noteSuccess(stored);
            sender.hooks().after(this, SendOutcome.stored(stored));
        } else {
            sender.hooks().after(this, SendOutcome.handedOver());
        }
    }

    /** The attempt that stored the message is one of its attempts, too; but only hooks are told. */
    final void noteSuccess(BrokerSendResult stored) {
        addAttempt(stored.successfulAttempt(lastAttemptStart()));
    }

    /** When the last attempt began, by {@link System#nanoTime}. */
    abstract long lastAttemptStart();
}
