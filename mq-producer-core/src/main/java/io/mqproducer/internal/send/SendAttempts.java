package io.mqproducer.internal.send;

import io.mqproducer.exception.Attempt;
import io.mqproducer.internal.encoding.MessageRole;
import io.mqproducer.internal.route.PublishQueue;
import io.mqproducer.internal.route.RouteException;
import io.mqproducer.internal.route.TopicRoute;
import io.mqproducer.message.DeliveryTime;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Message;
import io.mqproducer.message.MessageQueue;
import io.mqproducer.message.Outcome;
import io.mqproducer.message.QueueTarget;
import io.mqproducer.message.SendMode;
import io.mqproducer.message.SendOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * The attempts of one send: choose a queue, hand the message to the broker's connection, and once it has come to nothing,
 * try again inside the one deadline. What the connection makes of an attempt comes to {@link SendOperation}.
 *
 * <p>It has one owner at a time, and only the owner touches its fields: the calling thread from {@link #begin} on, then
 * a connection's event loop, or whoever {@linkplain WaitingRoom#claim claims} it from the waiting room. Handing it on
 * is the last thing that an owner does.
 */
abstract class SendAttempts extends AdmittedSend {

    private @Nullable MessageQueue only; // where the message is bound to, if it may not go to any queue
    private @Nullable PublishQueue queue;
    private @Nullable FailedAttempts failures;
    private int attempt;
    private long attemptStart;
    private long wakeAt = deadline;
    private Waiting waiting = Waiting.FOR_ITS_TURN;

    /** What a send in the waiting room waits for. */
    private enum Waiting {
        FOR_COMPRESSION,
        FOR_ITS_TURN,
        FOR_ROUTE,
        FOR_SELECTOR,
        FOR_GATE,
        FOR_NEXT_ATTEMPT
    }

    SendAttempts(MessageSender sender, Message message, SendOptions options, SendMode mode, MessageRole role) {
        super(sender, message, options, mode, role);
    }

    // ---- the waiting room

    /** Whether there is something to do for a send that waits. Called by threads that do not own it. */
    @Override
    final boolean isDue(long now) {
        return isDecided() || deadline - now <= 0 || wakeAt - now <= 0;
    }

    /** Goes on after a wait: another attempt, or the end if the time is over. */
    @Override
    final void resume() {
        if (isDecided()) {
            letGo(false);
        } else if (sender.waitingRoom().isClosed()) {
            producerClosed();
        } else if (deadline - System.nanoTime() <= 0) {
            fail(expired());
        } else if (only == null && options().target() instanceof QueueTarget.Selected target) {
            awaitSelector(target);
        } else {
            attempt(System.nanoTime());
        }
    }

    @Override
    final void producerClosed() {
        fail(SendFailure.of(FailureKind.CLOSED, mayBeStored(), "producer is closed", null));
    }

    private SendFailure expired() {
        return switch (waiting) {
            case FOR_COMPRESSION -> SendFailure.of(FailureKind.TIMEOUT, false, "waiting to be compressed", null);
            case FOR_ITS_TURN -> SendFailure.of(FailureKind.TIMEOUT, false, "waiting for the message before it", null);
            case FOR_ROUTE ->
                SendFailure.of(
                        sender.nameServers().unavailability(),
                        mayBeStored(),
                        "no name server answered: " + sender.nameServers().describe(),
                        null);
            case FOR_SELECTOR -> tooSlow();
            case FOR_GATE ->
                SendFailure.of(FailureKind.TIMEOUT, mayBeStored(), "waiting for brokers to know this client", null);
            case FOR_NEXT_ATTEMPT -> lastFailure();
        };
    }

    private static SendFailure tooSlow() {
        return SendFailure.of(FailureKind.SELECTOR, false, "it took longer than the send may", null);
    }

    private SendFailure lastFailure() {
        SendFailure last = failures == null ? null : failures.last();
        return last == null
                ? SendFailure.of(FailureKind.TIMEOUT, mayBeStored(), "waiting for another attempt", null)
                : last.asEnd(mayBeStored());
    }

    private void waitFor(Waiting what, long until) {
        waiting = what;
        wakeAt = until;
        sender.waitingRoom().enter(this);
    }

    @Override
    final void awaitCompression() {
        waitFor(Waiting.FOR_COMPRESSION, deadline);
        sender.compressionThreads().execute(this::compressThenResume);
    }

    // ---- an attempt

    @Override
    final void attempt(long begun) {
        if (isDecided()) {
            letGo(false);
            return;
        }
        long now = begun;
        TopicRoute route = sender.routes().current(message().topic(), now);
        if (route == null) {
            awaitRoute();
            return;
        }
        SendGate gate = gate();
        if (gate != null && !gate.isOpen(message().topic())) {
            awaitGate(gate);
            return;
        }
        try {
            queue = choose(route, now);
        } catch (NoQueueException e) {
            fail(e.asFailure(mayBeStored()));
            return;
        }
        if (options().target() instanceof QueueTarget.Selected) { // code of the application's has taken its time
            now = System.nanoTime();
            if (deadline - now <= 0) {
                fail(tooSlow());
                return;
            }
        }
        DeliveryTime delivery = message().delivery();
        if (delivery != DeliveryTime.now()) {
            sender.timerSupport().check(delivery, chosen());
        }
        attempt++;
        attemptStart = now;
        expireAt(now + sender.retryPolicy().attemptBudget(deadline - now, anotherCouldFollow(route)));
        if (!sender.brokers().submit(chosen().broker(), this)) {
            producerClosed();
        }
    }

    private PublishQueue choose(TopicRoute route, long now) throws NoQueueException {
        MessageQueue bound = only;
        if (bound == null) {
            bound = TargetQueue.of(route, message(), options().target());
            only = bound;
        }
        if (bound == null) {
            return sender.selector().select(route, tried(), now);
        }
        int index = route.indexOf(bound);
        if (index < 0) {
            throw NoQueueException.notInRoute(bound, route);
        }
        return route.queue(index);
    }

    /** Whether another broker could still be tried, so that this attempt must not use all the time. */
    private boolean anotherCouldFollow(TopicRoute route) {
        if (only != null || route.brokerCount() <= tried().size() + 1) {
            return false;
        }
        return failures == null ? sender.retryPolicy().mayRetry(options()) : failures.leaveRoomForAnother();
    }

    private void awaitRoute() {
        waitFor(Waiting.FOR_ROUTE, deadline);
        sender.routes().lookUp(message().topic(), deadline).whenComplete((route, failure) -> {
            if (sender.waitingRoom().claim(this)) {
                routeArrived(failure);
            }
        });
    }

    /** What has to be seen to before each attempt, or null. */
    @Nullable
    SendGate gate() {
        return null;
    }

    private void awaitGate(SendGate gate) {
        waitFor(Waiting.FOR_GATE, deadline);
        gate.open(message().topic(), deadline).whenComplete((opened, failure) -> {
            if (sender.waitingRoom().claim(this)) {
                resume();
            }
        });
    }

    /**
     * A selector is the application's code, so once the calling thread is left it runs on the callback executor; the
     * send goes on waiting, and its time running, until it is done.
     */
    private void awaitSelector(QueueTarget.Selected target) {
        TopicRoute route = sender.routes().current(message().topic(), System.nanoTime());
        if (route == null) {
            awaitRoute();
            return;
        }
        waitFor(Waiting.FOR_SELECTOR, deadline);
        sender.callbacks().execute(() -> selectThenResume(route, target));
    }

    private void selectThenResume(TopicRoute route, QueueTarget.Selected target) {
        MessageQueue selected = null;
        NoQueueException failure = null;
        try {
            selected = TargetQueue.select(route, message(), target);
        } catch (NoQueueException e) {
            failure = e;
        }
        if (!sender.waitingRoom().claim(this)) {
            return; // its time was over before the selector was
        }
        if (failure == null) {
            only = selected;
            resume();
        } else {
            fail(failure.asFailure(mayBeStored()));
        }
    }

    private void routeArrived(@Nullable Throwable failure) {
        if (failure == null) {
            resume();
            return;
        }
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        RouteException refused = cause instanceof RouteException route ? route : null;
        FailureKind kind = refused == null ? FailureKind.PROTOCOL : refused.kind();
        String text = cause == null ? "no route" : String.valueOf(cause.getMessage());
        SendFailure noRoute = SendFailure.of(kind, mayBeStored(), text, null);
        if (refused != null && refused.isUnanswered() && sender.retryPolicy().maxRetries(options()) > 0) {
            failures().note(noRoute);
            waitFor(Waiting.FOR_NEXT_ATTEMPT, System.nanoTime() + failures().nextPause());
        } else {
            fail(noRoute);
        }
    }

    /** Where this attempt goes, or the last one went. */
    final PublishQueue chosen() {
        PublishQueue chosen = queue;
        if (chosen == null) {
            throw new IllegalStateException("no queue chosen");
        }
        return chosen;
    }

    /** It goes to another queue of the same broker than was chosen, any being as good. */
    final void goTo(PublishQueue other) {
        queue = other;
    }

    /** Whether it may go to one queue only. */
    final boolean isBound() {
        return only != null;
    }

    /** How many attempts have been begun. */
    final int attempt() {
        return attempt;
    }

    // ---- after a failed attempt

    /** An attempt has come to nothing: another one follows, or the end. */
    final void attemptFailed(SendFailure failure, Rejection.Remedy remedy) {
        long now = System.nanoTime();
        boolean elsewhere = canGoElsewhere();
        boolean another = failures().noteAndAsk(failure, remedy, elsewhere);
        clearUnlessStored();
        addAttempt(attemptOf(failure, now));
        if (!another || deadline - now <= 0 || (oneway() && failure.mayBeStored())) {
            fail(failures().lastOr(failure).asEnd(mayBeStored()));
            return;
        }
        if (sender.measures()) {
            sender.metrics().retried(message().topic());
        }
        sender.routes().refreshSoon(message().topic());
        tryAgain(remedy, elsewhere);
    }

    private void tryAgain(Rejection.Remedy remedy, boolean elsewhere) {
        if (remedy == Rejection.Remedy.NEW_ROUTE) {
            failures().noteRouteRenewed();
        } else if (elsewhere) {
            failures().noteTried(chosen().queue().brokerName());
        } else {
            failures().forgetTried();
        }
        if (elsewhere && (remedy == Rejection.Remedy.OTHER_BROKER || remedy == Rejection.Remedy.OTHER_BROKER_ONLY)) {
            attempt(System.nanoTime());
        } else {
            waitFor(Waiting.FOR_NEXT_ATTEMPT, System.nanoTime() + failures().nextPause());
        }
    }

    private Attempt attemptOf(SendFailure failure, long now) {
        PublishQueue at = chosen();
        Attempt.Builder attempted = Attempt.builder(
                        attempt, failure.mayBeStored() ? Outcome.MAYBE_STORED : Outcome.NOT_STORED)
                .queue(at.queue())
                .brokerAddress(at.broker().toString())
                .elapsed(Duration.ofNanos(now - attemptStart))
                .kind(failure.kind())
                .detail(failure.brief())
                .cause(failure.cause());
        return (failure.isAnswer() ? attempted.responseCode(failure.responseCode()) : attempted).build();
    }

    /** Whether there is a broker that this send has not tried and may go to. */
    final boolean canGoElsewhere() {
        TopicRoute route = sender.routes().current(message().topic(), System.nanoTime());
        return only == null
                && route != null
                && sender.selector().hasUntried(route, tried(), chosen().queue().brokerName());
    }

    final FailedAttempts failures() {
        FailedAttempts known = failures;
        if (known == null) {
            known = new FailedAttempts(sender.retryPolicy(), options());
            failures = known;
        }
        return known;
    }

    private List<String> tried() {
        return failures == null ? List.of() : failures.tried();
    }

    /** Whether an attempt that failed may have been stored. */
    final boolean mayBeStored() {
        return failures != null && failures.mayBeStored();
    }

    /** What was written last is not stored: the send is as before, unless an earlier attempt may be. */
    final void clearUnlessStored() {
        if (!mayBeStored()) {
            clearWritten();
        }
    }

    @Override
    final long lastAttemptStart() {
        return attemptStart;
    }

    // ---- the end

    @Override
    final void fail(SendFailure failure) {
        BrokerSendResult kept = failures == null ? null : failures.weak();
        letGo(kept == null ? decideFailed(failure) : decideStored(kept.keptAfter(attempt, System.nanoTime())));
    }
}
