package io.mqproducer.internal.remoting;

import io.mqproducer.internal.protocol.RemotingCommand;
import org.jspecify.annotations.Nullable;

/** What the pool learns of a connection, on its event loop. */
interface ConnectionListener {

    /** Opened; called before anything is written. The answer, if not null, is written first. */
    @Nullable
    Exchange opened(Connection connection);

    /** The first answer has come: the server is well. */
    void proven(Connection connection);

    /** The first answer that tells it has come: the version of RocketMQ that the server says it is. */
    void introduced(Connection connection, int version);

    /** No longer to be used for anything new; called once. */
    void retired(Connection connection, boolean failed);

    /** Over, with nothing left in it; called once. */
    void ended(Connection connection);

    /** An answer that nobody waits for. */
    void unmatched(Connection connection);

    /** Something that the server asks of us. */
    void requested(Connection connection, RemotingCommand request);
}
