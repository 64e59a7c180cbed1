package io.mqproducer.exception;

import io.mqproducer.message.FailureKind;
import io.mqproducer.message.MessageQueue;
import io.mqproducer.message.Outcome;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** One try of a send: where it went and what came of it. Immutable; tests make their own with {@link #builder}. */
public final class Attempt {

    private final int number;
    private final Outcome outcome;
    private final @Nullable MessageQueue queue;
    private final @Nullable String brokerAddress;
    private final Duration elapsed;
    private final @Nullable FailureKind kind;
    private final int responseCode;
    private final String detail;
    private final @Nullable Throwable cause;

    private Attempt(Builder builder) {
        this.number = builder.number;
        this.outcome = builder.outcome;
        this.queue = builder.queue;
        this.brokerAddress = builder.brokerAddress;
        this.elapsed = builder.elapsed;
        this.kind = builder.kind;
        this.responseCode = builder.responseCode;
        this.detail = builder.detail;
        this.cause = builder.cause;
    }

    /** A builder for the attempt of this number, from 1. */
    public static Builder builder(int number, Outcome outcome) {
        return new Builder(number, outcome);
    }

    /** Its number within the send, from 1. */
    public int number() {
        return number;
    }

    /** What is known of the message after this attempt. */
    public Outcome outcome() {
        return outcome;
    }

    /** The queue that was chosen; empty if it did not come that far. */
    public Optional<MessageQueue> queue() {
        return Optional.ofNullable(queue);
    }

    /** The broker's address, {@code host:port}; empty if it did not come that far. */
    public Optional<String> brokerAddress() {
        return Optional.ofNullable(brokerAddress);
    }

    /** How long it took. */
    public Duration elapsed() {
        return elapsed;
    }

    /** Why it failed; empty if it did not. */
    public Optional<FailureKind> kind() {
        return Optional.ofNullable(kind);
    }

    /** The broker's answer code, if it answered. */
    public OptionalInt responseCode() {
        return responseCode == Builder.NO_ANSWER ? OptionalInt.empty() : OptionalInt.of(responseCode);
    }

    /** What happened, in a few words. */
    public String detail() {
        return detail;
    }

    /** The error behind the failure, if there was one. */
    public Optional<Throwable> cause() {
        return Optional.ofNullable(cause);
    }

    /** For example {@code broker-a@10.0.0.1:10911 q3: no answer in 1500 ms}. */
    @Override
    public String toString() {
        String where = queue == null
                ? ""
                : queue.brokerName() + (brokerAddress == null ? "" : "@" + brokerAddress) + " q" + queue.queueId()
                        + ": ";
        return where + detail;
    }

    /** Collects an {@link Attempt}. Not thread-safe. */
    public static final class Builder {

        private static final int NO_ANSWER = Integer.MIN_VALUE;

        private final int number;
        private final Outcome outcome;
        private @Nullable MessageQueue queue;
        private @Nullable String brokerAddress;
        private Duration elapsed = Duration.ZERO;
        private @Nullable FailureKind kind;
        private int responseCode = NO_ANSWER;
        private String detail = "";
        private @Nullable Throwable cause;

        private Builder(int number, Outcome outcome) {
            this.number = number;
            this.outcome = Objects.requireNonNull(outcome, "outcome");
        }

        public Builder queue(@Nullable MessageQueue queue) {
            this.queue = queue;
            return this;
        }

        public Builder brokerAddress(@Nullable String brokerAddress) {
            this.brokerAddress = brokerAddress;
            return this;
        }

        public Builder elapsed(Duration elapsed) {
            this.elapsed = Objects.requireNonNull(elapsed, "elapsed");
            return this;
        }

        public Builder kind(@Nullable FailureKind kind) {
            this.kind = kind;
            return this;
        }

        public Builder responseCode(int responseCode) {
            this.responseCode = responseCode;
            return this;
        }

        public Builder detail(String detail) {
            this.detail = Objects.requireNonNull(detail, "detail");
            return this;
        }

        public Builder cause(@Nullable Throwable cause) {
            this.cause = cause;
            return this;
        }

        public Attempt build() {
            return new Attempt(this);
        }
    }
}
