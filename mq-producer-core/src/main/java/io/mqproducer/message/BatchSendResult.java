package io.mqproducer.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What became of the messages of a batch, one element per message in the order of the call. Immutable. */
public final class BatchSendResult {

    private final List<Element> elements;

    private BatchSendResult(List<Element> elements) {
        this.elements = List.copyOf(elements);
    }

    /** A builder; add the elements in the order of the call. */
    public static Builder builder() {
        return new Builder();
    }

    /** One element per message, in the order of the call. */
    public List<Element> elements() {
        return elements;
    }

    /** The messages that are not known to be stored. */
    public List<Element> failures() {
        return elements.stream().filter(element -> element.result == null).toList();
    }

    /** Whether every message is stored. */
    public boolean allStored() {
        return elements.stream().allMatch(element -> element.result != null);
    }

    @Override
    public String toString() {
        return "BatchSendResult[" + elements.size() + " messages, " + failures().size() + " not known to be stored]";
    }

    /** What became of one message. */
    public static final class Element {

        private final int index;
        private final Outcome outcome;
        private final @Nullable SendResult result;
        private final @Nullable FailureKind kind;

        private Element(int index, Outcome outcome, @Nullable SendResult result, @Nullable FailureKind kind) {
            this.index = index;
            this.outcome = outcome;
            this.result = result;
            this.kind = kind;
        }

        /** The position of the message in the call, from 0. */
        public int index() {
            return index;
        }

        public Outcome outcome() {
            return outcome;
        }

        /** The broker's answer, if the message is stored. */
        public Optional<SendResult> result() {
            return Optional.ofNullable(result);
        }

        /** Why it failed, if it is not known to be stored. */
        public Optional<FailureKind> kind() {
            return Optional.ofNullable(kind);
        }

        @Override
        public String toString() {
            return "Element[" + index + ": " + outcome + (kind == null ? "" : " " + kind) + "]";
        }
    }

    /** Collects a {@link BatchSendResult}. Not thread-safe. */
    public static final class Builder {

        private final List<Element> elements = new ArrayList<>();

        private Builder() {}

        /** The next message is stored. */
        public Builder stored(SendResult result) {
            elements.add(new Element(elements.size(), result.status().outcome(), result, null));
            return this;
        }

        /** The next message is not known to be stored. */
        public Builder failed(Outcome outcome, FailureKind kind) {
            if (outcome != Outcome.NOT_STORED && outcome != Outcome.MAYBE_STORED) {
                throw new IllegalArgumentException("outcome must be NOT_STORED or MAYBE_STORED, got " + outcome);
            }
            elements.add(new Element(elements.size(), outcome, null, Objects.requireNonNull(kind, "kind")));
            return this;
        }

        public BatchSendResult build() {
            return new BatchSendResult(elements);
        }
    }
}
