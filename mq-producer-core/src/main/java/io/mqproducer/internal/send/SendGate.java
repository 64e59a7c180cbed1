package io.mqproducer.internal.send;

import java.util.concurrent.CompletableFuture;

/**
 * What has to be seen to before a message may go out, again and again if need be: before each attempt. Thread-safe; waits for
 * nothing.
 */
public interface SendGate {

    /** Whether a message of this topic may go out now. */
    boolean isOpen(String topic);

    /**
     * Sees to it that it may.
     *
     * @param expiry when the message is given up, by {@link System#nanoTime}
     * @return completes when it may go out; never exceptionally
     */
    CompletableFuture<Void> open(String topic, long expiry);
}
