package io.mqproducer.internal.reply;

import io.mqproducer.exception.FailureReport;
import io.mqproducer.exception.MQProducerException;
import io.mqproducer.exception.ReplyTimeoutException;
import io.mqproducer.internal.protocol.ProtocolException;
import io.mqproducer.internal.protocol.RemotingCommand;
import io.mqproducer.internal.send.RequestSend;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.MessageView;
import io.mqproducer.message.SendResult;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A request from the call to the end of it. The first that happens decides how it ends, whatever happens at the same time:
 * the reply comes, the send fails, the time is over, the caller gives up, the producer is closed. All of it may happen in any
 * order; a reply may well be faster than the broker's answer to the request.
 */
abstract class PendingRequest {

    /** Ends that are no reply. */
    private enum End {
        SEND_FAILED,
        TIME_OVER,
        PRODUCER_CLOSED,
        INTERRUPTED,
        ABANDONED
    }

    private final PendingRequests requests;
    private final String correlationId;
    private final Duration timeout;
    private final long deadline;
    private final AtomicReference<@Nullable Object> end = new AtomicReference<>(); // an End, or the reply
    private volatile @Nullable RequestSend send;
    private volatile @Nullable RequestSend settled;

    PendingRequest(PendingRequests requests, String correlationId, Duration timeout) {
        this.requests = requests;
        this.correlationId = correlationId;
        this.timeout = timeout;
        this.deadline = System.nanoTime() + timeout.toNanos();
    }

    String correlationId() {
        return correlationId;
    }

    /** Names the send; before it starts, and before anything can happen. */
    void sendBy(RequestSend unstarted) {
        send = unstarted;
    }

    private RequestSend send() {
        return Objects.requireNonNull(send, "send");
    }

    /** The topic of the request, as the hooks have left it. */
    String topic() {
        return send().topic();
    }

    // ---- what may happen

    /** The outcome of the send is there. */
    void sent(RequestSend outcome) {
        settled = outcome;
        if (outcome.hasFailed()) {
            endBy(End.SEND_FAILED);
        } else if (requests.isClosed()) {
            endBy(End.PRODUCER_CLOSED);
        } else {
            look(System.nanoTime());
        }
    }

    /** A reply has come; false if it is over already. */
    boolean replied(RemotingCommand reply) {
        return endBy(reply);
    }

    /** Ends it if its time is over; a send that has no outcome yet will have one at the same time, and knows why. */
    void look(long now) {
        if (deadline - now <= 0 && settled != null && endBy(End.TIME_OVER)) {
            requests.missed();
        }
    }

    /** No reply will come any more; the send, if it has no outcome yet, gets one. */
    void producerClosed() {
        if (settled != null) {
            endBy(End.PRODUCER_CLOSED);
        }
    }

    /** The caller waits no longer. */
    final void interrupted() {
        if (endBy(End.INTERRUPTED)) {
            send().giveUp(FailureKind.INTERRUPTED, "interrupted while waiting for the answer");
        }
    }

    /** The caller wants nothing of it any more. */
    final void abandoned() {
        if (endBy(End.ABANDONED)) {
            send().giveUp(FailureKind.CANCELLED, "cancelled");
        }
    }

    private boolean endBy(Object how) {
        if (!end.compareAndSet(null, how)) {
            return false;
        }
        requests.remove(this);
        if (how != End.ABANDONED) {
            wake();
        }
        return true;
    }

    final boolean isOver() {
        return end.get() != null;
    }

    /** It is over: whoever waits is to be told, on a thread where code of the application may run. Called once, by any thread. */
    abstract void wake();

    // ---- what comes of it, for who waits, on its thread

    /** The reply. */
    final MessageView result() {
        Object how = end.get();
        if (how instanceof RemotingCommand reply) {
            try {
                return requests.decoder().decodeReply(reply);
            } catch (ProtocolException e) {
                throw noReply(FailureKind.PROTOCOL, "its reply cannot be used: " + e.getMessage(), e);
            }
        }
        MQProducerException sendFailure = send().failure();
        if (sendFailure != null) {
            throw sendFailure;
        }
        if (how == End.INTERRUPTED) {
            throw noReply(FailureKind.INTERRUPTED, "interrupted while waiting for the reply", null);
        }
        if (how == End.PRODUCER_CLOSED) {
            throw noReply(FailureKind.CLOSED, "the producer was closed before a reply came", null);
        }
        throw noReply(
                FailureKind.REPLY_TIMEOUT,
                "no reply came within " + timeout.toMillis()
                        + " ms; is there a consumer that replies to messages of this topic?",
                null);
    }

    /** The request itself is stored, which its reply proves if nothing else. */
    private ReplyTimeoutException noReply(FailureKind kind, String reason, @Nullable Throwable cause) {
        RequestSend outcome = settled;
        if (outcome == null || outcome.hasFailed()) {
            return new ReplyTimeoutException(
                    FailureReport.of(kind, "topic=" + topic() + " request was stored, but " + reason)
                            .withCause(cause));
        }
        SendResult stored = outcome.stored();
        return new ReplyTimeoutException(FailureReport.of(
                        kind,
                        "topic=" + topic() + " request msgId=" + stored.msgId() + " was stored in "
                                + stored.queue().brokerName() + " q"
                                + stored.queue().queueId() + " at offset "
                                + stored.queueOffset() + ", but " + reason)
                .withMsgId(stored.msgId())
                .withCause(cause));
    }
}
