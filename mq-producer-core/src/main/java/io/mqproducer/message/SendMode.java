package io.mqproducer.message;

/** How a message is sent. */
public enum SendMode {
    /** The caller waits for the answer. */
    SYNC,
    /** The answer completes a future or a callback. */
    ASYNC,
    /** No answer is asked for. */
    ONEWAY,
    /** One element of an explicit batch. */
    BATCH,
    /** The half message of a transaction. */
    HALF,
    /** The request of a request/reply pair. */
    REQUEST
}
