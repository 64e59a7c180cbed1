package io.mqproducer.internal.send;

import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Outcome;
import org.jspecify.annotations.Nullable;

/** A one-way message is on its way. */
record HandedOver(long end) implements Decision {

    @Override
    public Outcome outcome() {
        return Outcome.HANDED_OVER;
    }

    @Override
    public @Nullable FailureKind kind() {
        return null;
    }
}
