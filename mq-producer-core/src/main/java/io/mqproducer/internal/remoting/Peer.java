package io.mqproducer.internal.remoting;

import io.mqproducer.internal.protocol.RemotingCommand;
import io.mqproducer.internal.util.Endpoint;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * A server that asks something of us, on the very connection that it asks on; once that is over there is no reaching it.
 * Thread-safe; waits for nothing.
 */
public interface Peer {

    Endpoint endpoint();

    /**
     * When the connection was opened, by {@link System#nanoTime}: since then, at the latest, the server has been the same process.
     */
    long openedAt();

    /** Answers a request of the server's; lost if the connection is over. */
    void answer(RemotingCommand answer);

    /**
     * Sends a request; the future completes on an event loop with the answer, whatever its code, or with a {@link
     * RemotingException}.
     */
    CompletableFuture<RemotingCommand> invoke(RemotingCommand request, Duration timeout);
}
