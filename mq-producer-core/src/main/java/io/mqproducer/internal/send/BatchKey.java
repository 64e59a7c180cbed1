package io.mqproducer.internal.send;

/**
 * What messages must have in common to be gathered into one request, on the connection to one broker.
 *
 * @param queueId the queue that they are bound to, or {@link #ANY_QUEUE}
 */
record BatchKey(String topic, int queueId, boolean waitForStore, int sysFlag) {

    /** Any queue of the broker will do. */
    static final int ANY_QUEUE = -1;
}
