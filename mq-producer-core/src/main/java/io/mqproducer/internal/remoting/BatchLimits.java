package io.mqproducer.internal.remoting;

/**
 * How messages are gathered into batches, on one connection. Sizes in bytes.
 *
 * @param maxSize of one batch
 * @param maxTotalSize of all that waits to be written; beyond it nothing waits for company
 * @param maxDelayNanos how long a message waits at most while the broker does not answer
 */
public record BatchLimits(int maxSize, long maxTotalSize, long maxDelayNanos) {}
