package io.mqproducer.internal.send;

import io.mqproducer.exception.Attempt;
import io.mqproducer.exception.FailureReport;
import io.mqproducer.exception.MQProducerException;
import io.mqproducer.exception.MessageMaybeStoredException;
import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.internal.protocol.SendMessageResponse;
import io.mqproducer.internal.route.PublishQueue;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.MessageQueue;
import io.mqproducer.message.Outcome;
import io.mqproducer.message.SendResult;
import io.mqproducer.message.SendStatus;
import io.mqproducer.spi.SendOutcome;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a send ended, as whoever decided it left it: the facts. Results, exceptions and their texts are made of them on the
 * thread that delivers them. Immutable.
 */
final class Decision {

    /** A message that is stored: the broker's answer, and what it took to get it. */
    record Stored(
            SendMessageResponse answer, SendStatus status, PublishQueue at, int attempts, boolean mayBeDuplicate) {}

    private final Outcome outcome;
    private final @Nullable Stored stored;
    private final @Nullable SendFailure failure;
    private final long end = System.nanoTime();

    private Decision(Outcome outcome, @Nullable Stored stored, @Nullable SendFailure failure) {
        this.outcome = outcome;
        this.stored = stored;
        this.failure = failure;
    }

    static Decision stored(Stored stored) {
        return new Decision(stored.status().outcome(), stored, null);
    }

    static Decision handedOver() {
        return new Decision(Outcome.HANDED_OVER, null, null);
    }

    static Decision failed(SendFailure failure) {
        return new Decision(failure.mayBeStored() ? Outcome.MAYBE_STORED : Outcome.NOT_STORED, null, failure);
    }

    Outcome outcome() {
        return outcome;
    }

    /** Why it failed, or null if it did not. */
    @Nullable
    FailureKind kind() {
        return failure == null ? null : failure.kind();
    }

    /** When it was decided, by {@link System#nanoTime}. */
    long end() {
        return end;
    }

    /** The outcome as it is delivered. */
    SendOutcome toOutcome(PendingSend send) {
        if (failure != null) {
            return SendOutcome.failed(outcome, exception(send, failure));
        }
        return stored == null ? SendOutcome.handedOver() : SendOutcome.stored(result(send, stored));
    }

    /** The attempt that stored the message, or null if none did. */
    @Nullable
    Attempt successfulAttempt(long begun) {
        return stored == null
                ? null
                : Attempt.builder(stored.attempts(), outcome)
                        .queue(stored.at().queue())
                        .brokerAddress(stored.at().broker().toString())
                        .elapsed(Duration.ofNanos(end - begun))
                        .detail("stored")
                        .build();
    }

    private static SendResult result(PendingSend send, Stored stored) {
        SendMessageResponse answer = stored.answer();
        MessageQueue queue = stored.at().queue();
        if (answer.queueId() != queue.queueId()) {
            queue = new MessageQueue(queue.topic(), queue.brokerName(), answer.queueId());
        }
        return SendResult.builder(send.msgId(), queue, answer.queueOffset())
                .status(stored.status())
                .offsetMsgId(answer.offsetMsgId())
                .transactionId(answer.transactionId())
                .regionId(answer.regionId())
                .recallHandle(answer.recallHandle())
                .attempts(stored.attempts())
                .mayBeDuplicate(stored.mayBeDuplicate())
                .build();
    }

    private MQProducerException exception(PendingSend send, SendFailure why) {
        FailureReport report = FailureReport.of(why.kind(), FailureText.of(send, outcome, why, end - send.start))
                .withAttempts(send.attempts())
                .withCause(why.cause());
        if (why.isAnswer()) {
            report = report.withResponseCode(why.responseCode());
        }
        if (send.isPrepared()) {
            report = report.withMsgId(send.msgId());
        }
        return outcome == Outcome.NOT_STORED
                ? new MessageNotStoredException(report)
                : new MessageMaybeStoredException(report);
    }
}
