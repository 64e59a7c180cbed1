package io.mqproducer.internal.callback;

import org.jspecify.annotations.Nullable;

/**
 * An outcome on its way to the application, which {@link #run} tells it, once. It is a link of a chain itself, as outcomes
 * that come together need no list then.
 */
public interface Completion extends Runnable {

    /** The one that is told after this one, or null. */
    @Nullable
    Completion next();

    /** Puts another one after this one, or takes away the one that is there. */
    void next(@Nullable Completion after);
}
