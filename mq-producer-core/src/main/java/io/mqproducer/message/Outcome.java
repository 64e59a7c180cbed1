package io.mqproducer.message;

/** What is known about a message when its send is over. */
public enum Outcome {
    /** Stored as durably as the broker is configured for. */
    ACKED,
    /** Stored on the master, but not flushed or replicated in the time that the broker is configured for. */
    WEAK,
    /** Certainly not stored: sending it again makes no duplicate. */
    NOT_STORED,
    /** Bytes left this process and no trustworthy answer came: sending it again may make a duplicate. */
    MAYBE_STORED,
    /** A one-way message that was written to the socket; nothing more can be known. */
    HANDED_OVER
}
