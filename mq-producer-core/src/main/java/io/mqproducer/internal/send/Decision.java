package io.mqproducer.internal.send;

import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * How a send ended, as whoever decided it left it: the facts. Exceptions and texts are made of them on the thread that
 * delivers them. Immutable.
 */
sealed interface Decision permits BrokerSendResult, HandedOver, Failed {

    Outcome outcome();

    /** Why it failed, or null if it did not. */
    @Nullable
    FailureKind kind();

    /** When it was decided, by {@link System#nanoTime}. */
    long end();
}
