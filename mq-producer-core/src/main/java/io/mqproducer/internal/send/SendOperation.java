package io.mqproducer.internal.send;

import io.mqproducer.exception.Attempt;
import io.mqproducer.exception.MQProducerException;
import io.mqproducer.internal.encoding.OutboundMessage;
import io.mqproducer.internal.protocol.ProtocolException;
import io.mqproducer.internal.protocol.RemotingCommand;
import io.mqproducer.internal.protocol.ResponseCode;
import io.mqproducer.internal.protocol.SendFrameTemplate;
import io.mqproducer.internal.protocol.SendMessageResponse;
import io.mqproducer.internal.remoting.OutboundFrames;
import io.mqproducer.internal.remoting.RemotingException;
import io.mqproducer.internal.route.PublishQueue;
import io.mqproducer.internal.route.RouteException;
import io.mqproducer.internal.route.TopicRoute;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Message;
import io.mqproducer.message.MessageQueue;
import io.mqproducer.message.MessageQueueSelector;
import io.mqproducer.message.Outcome;
import io.mqproducer.message.QueueTarget;
import io.mqproducer.message.SendMode;
import io.mqproducer.message.SendOptions;
import io.mqproducer.message.SendStatus;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * The attempts of one send: choose a queue, hand the message to the broker's connection, look at what came of it, and
 * settle or try again inside the one deadline.
 *
 * <p>It has one owner at a time, and only the owner touches its fields: the calling thread from {@link #begin} on, then
 * a connection's event loop, then whoever {@linkplain WaitingRoom#claim claims} it from the waiting room. Handing it on
 * is the last thing that an owner does.
 */
abstract class SendOperation extends PendingSend {

    private static final int NONE = -1;
    private static final long NOT_YET = Long.MAX_VALUE;

    private int roomTaken = NONE;
    private OrderedKeys.@Nullable Key line;
    private @Nullable MessageQueue only; // where a message must stay that may not go to any queue
    private @Nullable PublishQueue queue;
    private List<String> tried = List.of();
    private @Nullable SendFailure last;
    private @Nullable WeakAnswer weak;
    private int attempt;
    private int seenByBroker;
    private int pauses;
    private int goAways;
    private long attemptStart;
    private long wakeAt = NOT_YET;
    private boolean waitsForRoute;
    private boolean mayBeStored;
    private boolean routeRenewed;
    private boolean accepted;

    /** A weak acknowledgement that is kept while another broker is tried. */
    private record WeakAnswer(SendMessageResponse response, SendStatus status, PublishQueue queue, int attempts) {}

    SendOperation(MessageSender sender, Message message, SendOptions options, SendMode mode) {
        super(sender, message, options, mode);
    }

    // ---- the start, on the calling thread

    /** Takes the message in: hooks, checks, room in flight, the bytes; then the first attempt. */
    final void begin() {
        try {
            sender.admit(this);
            prepared(sender.preparer().prepare(message()));
        } catch (MQProducerException e) {
            fail(SendFailure.of(e.kind(), false, withoutKind(e), e.getCause()));
            return;
        } catch (RuntimeException e) {
            fail(SendFailure.of(FailureKind.PROTOCOL, false, "message could not be encoded: " + e, e));
            return;
        }
        accepted = true;
        if (sender.measures()) {
            sender.metrics().messageSize(message().topic(), outbound().wireBodySize());
        }
        OrderedKeys.Key key = sender.lineOf(message());
        line = key;
        if (key == null || sender.orderedKeys().enter(key, this)) {
            attempt();
        }
    }

    /** The exception's text without the kind that it begins with. */
    private static String withoutKind(MQProducerException e) {
        String text = String.valueOf(e.getMessage());
        String kind = e.kind() + " ";
        return text.startsWith(kind) ? text.substring(kind.length()) : text;
    }

    final void roomTaken(int bytes) {
        roomTaken = bytes;
    }

    /** Whether the message was taken in; a send that was not has failed already. */
    final boolean isAccepted() {
        return accepted;
    }

    // ---- the waiting room

    /** Whether there is something to do for a send that waits. Called by threads that do not own it. */
    final boolean isDue(long now) {
        return isDecided() || deadline - now <= 0 || wakeAt - now <= 0;
    }

    /** Goes on after a wait: another attempt, or the end if the time is over. */
    final void resume() {
        long now = System.nanoTime();
        if (deadline - now <= 0) {
            fail(expired());
        } else {
            attempt();
        }
    }

    final void producerClosed() {
        fail(SendFailure.of(FailureKind.CLOSED, mayBeStored, "producer is closed", null));
    }

    private SendFailure expired() {
        if (waitsForRoute) {
            return SendFailure.of(
                    FailureKind.NAME_SERVER_UNAVAILABLE,
                    mayBeStored,
                    "no name server answered: " + sender.nameServers().describe(),
                    null);
        }
        SendFailure before = last;
        return before == null
                ? SendFailure.of(FailureKind.TIMEOUT, mayBeStored, "waiting for the message before it", null)
                : before.asEnd(mayBeStored);
    }

    private void waitUntil(long nanoTime) {
        wakeAt = nanoTime;
        sender.waitingRoom().enter(this);
    }

    // ---- an attempt

    private void attempt() {
        if (isDecided()) {
            letGo(false);
            return;
        }
        waitsForRoute = false;
        long now = System.nanoTime();
        TopicRoute route = sender.routes().current(message().topic(), now);
        if (route == null) {
            awaitRoute();
            return;
        }
        PublishQueue chosen;
        try {
            chosen = choose(route, now);
        } catch (NoQueueException e) {
            fail(e.asFailure(mayBeStored));
            return;
        }
        boolean another = only == null && route.brokers().size() > 1 && maxRetries() > 0;
        now = System.nanoTime();
        queue = chosen;
        attempt++;
        attemptStart = now;
        expireAt(now + sender.retryPolicy().attemptBudget(deadline - now, another));
        if (!sender.brokers().submit(chosen.broker(), this)) {
            producerClosed();
        }
    }

    private void awaitRoute() {
        waitsForRoute = true;
        waitUntil(deadline);
        sender.routes().lookUp(message().topic(), deadline).whenComplete((route, failure) -> {
            if (failure == null && mustSelect()) {
                sender.callbacks().execute(() -> selectThenResume(route)); // a selector is the application's code
            } else if (sender.waitingRoom().claim(this)) {
                routeArrived(failure);
            }
        });
    }

    private boolean mustSelect() {
        return only == null && options().target() instanceof QueueTarget.Selected;
    }

    private void selectThenResume(TopicRoute route) {
        MessageQueue selected = null;
        NoQueueException failure = null;
        try {
            selected = select(route, (QueueTarget.Selected) options().target());
        } catch (NoQueueException e) {
            failure = e;
        }
        if (sender.waitingRoom().claim(this)) { // else its time was over before the selector was
            if (failure == null) {
                only = selected;
                resume();
            } else {
                fail(failure.asFailure(mayBeStored));
            }
        }
    }

    private void routeArrived(@Nullable Throwable failure) {
        if (failure == null) {
            resume();
            return;
        }
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        FailureKind kind = cause instanceof RouteException route ? route.kind() : FailureKind.PROTOCOL;
        SendFailure noRoute = SendFailure.of(
                kind, mayBeStored, cause == null ? "no route" : String.valueOf(cause.getMessage()), null);
        last = noRoute;
        if (kind == FailureKind.NAME_SERVER_UNAVAILABLE && maxRetries() > 0) {
            pause();
        } else {
            fail(noRoute);
        }
    }

    // ---- the queue

    private PublishQueue choose(TopicRoute route, long now) throws NoQueueException {
        MessageQueue fixed = only;
        if (fixed == null) {
            fixed = target(route);
            only = fixed;
        }
        if (fixed == null) {
            return sender.selector().select(route, tried, now);
        }
        int index = route.indexOf(fixed);
        if (index < 0) {
            throw NoQueueException.notInRoute(fixed, route);
        }
        return route.queue(index);
    }

    /** The one queue that the message may go to, or null if any will do. */
    private @Nullable MessageQueue target(TopicRoute route) throws NoQueueException {
        QueueTarget target = options().target();
        if (target instanceof QueueTarget.Fixed one) {
            return one.queue();
        }
        if (target instanceof QueueTarget.Selected selected) {
            return select(route, selected);
        }
        String key = message().orderingKey().orElse(null);
        return key == null
                ? null
                : route.queue(MessageQueueSelector.hashIndex(key.hashCode(), route.size()))
                        .queue();
    }

    private MessageQueue select(TopicRoute route, QueueTarget.Selected target) throws NoQueueException {
        List<MessageQueue> queues = route.messageQueues();
        MessageQueue selected;
        try {
            selected = target.selector().select(queues, message(), target.arg());
        } catch (RuntimeException | Error e) {
            throw NoQueueException.selectorFailed("it threw " + e, e);
        }
        if (selected == null || route.indexOf(selected) < 0) {
            throw NoQueueException.selectorFailed("it returned " + selected + ", which is not one of the queues", null);
        }
        return selected;
    }

    // ---- what the connection asks and reports, on its event loop

    @Override
    protected final boolean oneway() {
        return mode() == SendMode.ONEWAY;
    }

    @Override
    protected final boolean beginWrite() {
        return markWritten();
    }

    @Override
    protected final void writeFrame(OutboundFrames out, int opaque) {
        OutboundMessage message = outbound();
        SendFrameTemplate template = chosen().template();
        int bodySize = message.wireBodySize();
        ByteBuf head = out.head(template.frameLength(message) - bodySize, bodySize);
        template.writeHead(head, opaque, oneway(), message);
        out.body(message.content(), message.content().readerIndex() + message.propertiesLength(), bodySize);
    }

    private PublishQueue chosen() {
        PublishQueue chosen = queue;
        if (chosen == null) {
            throw new IllegalStateException("no queue chosen");
        }
        return chosen;
    }

    @Override
    protected final void handedOver() {
        letGo(decideHandedOver());
    }

    @Override
    protected final void answered(RemotingCommand answer) {
        long now = System.nanoTime();
        PublishQueue at = chosen();
        sender.health().answered(at.queue().brokerName(), now - attemptStart, now);
        measureAttempt(answer.code(), now);
        SendStatus status = SendAnswers.statusOf(answer.code());
        if (status == null) {
            rejected(at, answer);
            return;
        }
        try {
            stored(SendMessageResponse.from(answer), status);
        } catch (ProtocolException e) {
            attemptFailed(SendAnswers.unusable(at, answer, e), Rejection.Remedy.NONE);
        }
    }

    private void stored(SendMessageResponse response, SendStatus status) {
        if (status != SendStatus.SEND_OK && sender.retryPolicy().onStoreFailure() && canGoElsewhere()) {
            weak = new WeakAnswer(response, status, chosen(), attempt);
            attemptFailed(
                    new SendFailure(
                            FailureKind.BROKER_REJECTED,
                            true,
                            chosen(),
                            "stored weakly: " + status,
                            SendFailure.NO_ANSWER,
                            null),
                    Rejection.Remedy.OTHER_BROKER_ONLY);
            return;
        }
        letGo(decideStored(response, status, chosen(), attempt, mayBeStored));
    }

    private void rejected(PublishQueue at, RemotingCommand answer) {
        boolean goAway = answer.code() == ResponseCode.GO_AWAY.code();
        if (goAway && ++goAways == 1 && maxRetries() > 0) {
            clearUnlessStored();
            attempt(); // its connection is being replaced: as if nothing had happened
            return;
        }
        Rejection rule = Rejection.of(
                answer.code(), answer.remark(), sender.retryPolicy().responseCodes());
        attemptFailed(
                SendAnswers.rejected(at, answer, rule.mayBeStored()),
                goAway ? Rejection.Remedy.OTHER_BROKER_ONLY : rule.remedy());
    }

    @Override
    protected final void failed(RemotingException failure) {
        if (isDecided()) {
            letGo(false);
            return;
        }
        long now = System.nanoTime();
        PublishQueue at = chosen();
        if (failure.kind() != FailureKind.CLOSED && failure.kind() != FailureKind.RESOURCE) {
            sender.health().failed(at.queue().brokerName(), now);
        }
        measureAttempt(SendFailure.NO_ANSWER, now);
        attemptFailed(
                SendAnswers.lost(at, failure, FailureText.millis(now - attemptStart)), Rejection.Remedy.OTHER_BROKER);
    }

    private void measureAttempt(int code, long now) {
        if (sender.measures()) {
            sender.metrics().attemptCompleted(chosen().queue().brokerName(), code, now - attemptStart);
        }
    }

    // ---- after a failed attempt

    private void attemptFailed(SendFailure failure, Rejection.Remedy remedy) {
        long now = System.nanoTime();
        last = failure;
        mayBeStored |= failure.mayBeStored();
        clearUnlessStored();
        addAttempt(attemptOf(failure, now));
        boolean pointless = failure.kind() == FailureKind.CLOSED || failure.kind() == FailureKind.RESOURCE;
        boolean seen = failure.isAnswer() || failure.mayBeStored();
        if (pointless || deadline - now <= 0 || !(seen ? mayFollowSeen(failure, remedy) : maxRetries() > 0)) {
            fail(failure.asEnd(mayBeStored));
            return;
        }
        if (sender.measures()) {
            sender.metrics().retried(message().topic());
        }
        tryAgain(remedy);
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

    /** Whether an attempt may follow one that a broker has seen or may have seen. */
    private boolean mayFollowSeen(SendFailure failure, Rejection.Remedy remedy) {
        if (oneway() || ++seenByBroker > maxRetries()) {
            return false;
        }
        if (failure.mayBeStored() && weak == null && !sender.retryPolicy().afterMaybeStored(options())) {
            return false;
        }
        return switch (remedy) {
            case NONE -> false;
            case OTHER_BROKER, PAUSE -> true;
            case OTHER_BROKER_ONLY -> canGoElsewhere();
            case NEW_ROUTE -> !routeRenewed;
        };
    }

    private void tryAgain(Rejection.Remedy remedy) {
        sender.routes().refreshSoon(message().topic());
        boolean elsewhere = canGoElsewhere();
        noteTried(chosen().queue().brokerName());
        switch (remedy) {
            case NEW_ROUTE -> {
                routeRenewed = true;
                pause();
            }
            case PAUSE -> pause();
            case OTHER_BROKER, OTHER_BROKER_ONLY, NONE -> {
                if (elsewhere) {
                    attempt();
                } else {
                    tried = List.of(); // all have been tried: from here on any will do again
                    pause();
                }
            }
        }
    }

    private void pause() {
        waitUntil(System.nanoTime() + sender.retryPolicy().pause(pauses++));
    }

    private boolean canGoElsewhere() {
        PublishQueue now = queue;
        TopicRoute route = sender.routes().current(message().topic(), System.nanoTime());
        if (only != null || now == null || route == null) {
            return false;
        }
        List<String> others = new ArrayList<>(tried);
        others.add(now.queue().brokerName());
        return sender.selector().hasUntried(route, others);
    }

    private void noteTried(String broker) {
        if (!tried.contains(broker)) {
            List<String> more = new ArrayList<>(tried);
            more.add(broker);
            tried = more;
        }
    }

    private int maxRetries() {
        return sender.retryPolicy().maxRetries(options());
    }

    private void clearUnlessStored() {
        if (!mayBeStored) {
            clearWritten();
        }
    }

    @Override
    final long lastAttemptStart() {
        return attemptStart;
    }

    // ---- the end

    private void fail(SendFailure failure) {
        WeakAnswer kept = weak;
        letGo(
                kept == null
                        ? decideFailed(failure)
                        : decideStored(kept.response(), kept.status(), kept.queue(), attempt, true));
    }

    /**
     * The owner's last act: gives back what the send holds.
     *
     * @param won whether the outcome is the owner's, to be delivered; else the caller's, who has seen to it
     */
    private void letGo(boolean won) {
        if (isPrepared()) {
            outbound().release();
        }
        OrderedKeys.Key key = line;
        if (won) {
            deliver();
        } else {
            returnRoom();
        }
        if (key != null) {
            sender.orderedKeys().leave(key);
        }
    }

    /** Gives back the room in flight; called once, when the outcome has been delivered. */
    final void returnRoom() {
        if (roomTaken != NONE) {
            sender.backPressure().release(roomTaken);
        }
    }

    /** Has the owner's outcome delivered, which ends in {@link #returnRoom}. */
    abstract void deliver();
}
