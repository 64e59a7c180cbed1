package io.mqproducer.internal.send;

/** A result of which the broker said whether it wants it traced. */
public interface TracedAnswer {

    /** Whether the broker wants the send traced. */
    boolean traceOn();
}
