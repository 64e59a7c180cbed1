package io.mqproducer.spi;

import io.mqproducer.exception.MQProducerException;
import io.mqproducer.message.Outcome;
import io.mqproducer.message.SendResult;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a send ended. Immutable; tests make their own with the static methods. */
public final class SendOutcome {

    private static final SendOutcome HANDED_OVER = new SendOutcome(Outcome.HANDED_OVER, null, null);

    private final Outcome outcome;
    private final @Nullable SendResult result;
    private final @Nullable MQProducerException failure;

    private SendOutcome(Outcome outcome, @Nullable SendResult result, @Nullable MQProducerException failure) {
        this.outcome = outcome;
        this.result = result;
        this.failure = failure;
    }

    /** Stored, as durably as the result's status says. */
    public static SendOutcome stored(SendResult result) {
        return new SendOutcome(result.status().outcome(), result, null);
    }

    /** Failed; the outcome is {@link Outcome#NOT_STORED} or {@link Outcome#MAYBE_STORED}. */
    public static SendOutcome failed(Outcome outcome, MQProducerException failure) {
        return new SendOutcome(outcome, null, failure);
    }

    /** A one-way message that was written to the socket. */
    public static SendOutcome handedOver() {
        return HANDED_OVER;
    }

    public Outcome outcome() {
        return outcome;
    }

    /** The broker's answer, if the message is stored. */
    public Optional<SendResult> result() {
        return Optional.ofNullable(result);
    }

    /** The failure, if there was one. */
    public Optional<MQProducerException> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public String toString() {
        return "SendOutcome[" + outcome + ", " + (result == null ? failure : result) + "]";
    }
}
