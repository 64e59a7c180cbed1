package io.mqproducer.internal.send;

import io.mqproducer.exception.Attempt;
import io.mqproducer.internal.encoding.MessageIdGenerator;
import io.mqproducer.internal.protocol.SendMessageResponse;
import io.mqproducer.internal.route.PublishQueue;
import io.mqproducer.internal.util.Endpoint;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.MessageQueue;
import io.mqproducer.message.Outcome;
import io.mqproducer.message.SendResult;
import io.mqproducer.message.SendStatus;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A message that is stored: the broker's answer, and what it took to get it. Ids become text when they are asked for. */
final class BrokerSendResult extends SendResult implements Decision, TracedAnswer {

    /** The place of a message that was not written in a batch. */
    static final int ALONE = -1;

    private final SendMessageResponse answer;
    private final SendStatus status;
    private final PublishQueue at;
    private final MessageIdGenerator ids;
    private final long id;
    private final int place; // in the batch that it was sent in, or ALONE
    private final int attempts;
    private final boolean mayBeDuplicate;
    private final long end;

    /**
     * The result of a send.
     *
     * @param at the queue that it was sent to
     * @param place of the message in the batch that it was written in, or {@link #ALONE}
     * @param attempts how many it took
     * @param mayBeDuplicate whether another of them may have been stored
     * @param end when it was decided, by {@link System#nanoTime}
     */
    BrokerSendResult(
            PendingSend send,
            SendMessageResponse answer,
            SendStatus status,
            PublishQueue at,
            int place,
            int attempts,
            boolean mayBeDuplicate,
            long end) {
        this.answer = answer;
        this.status = status;
        this.at = at;
        this.ids = send.outbound().ids();
        this.id = send.outbound().id();
        this.place = place;
        this.attempts = attempts;
        this.mayBeDuplicate = mayBeDuplicate;
        this.end = end;
    }

    private BrokerSendResult(
            BrokerSendResult known, long id, int place, int attempts, boolean mayBeDuplicate, long end) {
        this.answer = known.answer;
        this.status = known.status;
        this.at = known.at;
        this.ids = known.ids;
        this.id = id;
        this.place = place;
        this.attempts = attempts;
        this.mayBeDuplicate = mayBeDuplicate;
        this.end = end;
    }

    /** The result of one message, this being that of the batch which it was sent in. */
    BrokerSendResult of(long messageId, int placeInBatch) {
        return new BrokerSendResult(this, messageId, placeInBatch, attempts, mayBeDuplicate, end);
    }

    /** The same, after further attempts that have come to nothing better. */
    BrokerSendResult keptAfter(int allAttempts, long now) {
        return new BrokerSendResult(this, id, place, allAttempts, true, now);
    }

    // ---- what the application sees

    @Override
    public SendStatus status() {
        return status;
    }

    @Override
    public String msgId() {
        return ids.toString(id);
    }

    @Override
    public MessageQueue queue() {
        MessageQueue asked = at.queue();
        return answer.queueId() == asked.queueId()
                ? asked
                : new MessageQueue(asked.topic(), asked.brokerName(), answer.queueId());
    }

    @Override
    public long queueOffset() {
        return place == ALONE ? answer.queueOffset() : answer.queueOffset() + place;
    }

    @Override
    public Optional<String> offsetMsgId() {
        return Optional.of(place == ALONE ? answer.offsetMsgId() : answer.offsetMsgId(place));
    }

    @Override
    public Optional<String> transactionId() {
        return Optional.ofNullable(place == ALONE ? answer.transactionId() : msgId()); // else it is the request's
    }

    @Override
    public Optional<String> regionId() {
        return Optional.of(answer.regionId());
    }

    @Override
    public Optional<String> recallHandle() {
        return Optional.ofNullable(answer.recallHandle());
    }

    @Override
    public int attempts() {
        return attempts;
    }

    @Override
    public boolean mayBeDuplicate() {
        return mayBeDuplicate;
    }

    @Override
    public boolean traceOn() {
        return answer.traceOn();
    }

    /** The address that it was sent to. */
    Endpoint broker() {
        return at.broker();
    }

    // ---- the decision

    @Override
    public Outcome outcome() {
        return status.outcome();
    }

    @Override
    public @Nullable FailureKind kind() {
        return null;
    }

    @Override
    public long end() {
        return end;
    }

    /** The attempt that stored the message. */
    Attempt successfulAttempt(long begun) {
        return Attempt.builder(attempts, outcome())
                .queue(at.queue())
                .brokerAddress(at.broker().toString())
                .elapsed(Duration.ofNanos(end - begun))
                .detail("stored")
                .build();
    }
}
