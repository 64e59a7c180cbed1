package io.mqproducer.internal.remoting;

import io.mqproducer.internal.protocol.RemotingCommand;

/**
 * Does what servers ask for by one request code. Called on event loops, so it must not block or run code of the
 * application; what it throws is told to the server as an error that says nothing of it.
 */
public interface ServerRequestHandler {

    /** Takes a request; one that is not one-way is to be {@linkplain Peer#answer answered}, now or later. */
    void handle(RemotingCommand request, Peer from);

    /** Whether it is something that we wait for, of which there may be any number. */
    default boolean isAwaited(RemotingCommand request) {
        return false;
    }
}
