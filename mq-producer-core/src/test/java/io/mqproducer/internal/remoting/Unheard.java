package io.mqproducer.internal.remoting;

import io.mqproducer.internal.protocol.RemotingCommand;
import org.jspecify.annotations.Nullable;

/** What a connection tells its pool, when nobody is interested. */
final class Unheard implements ConnectionListener {

    @Override
    public @Nullable Exchange opened(Connection opened) {
        return null;
    }

    @Override
    public void proven(Connection proven) {}

    @Override
    public void introduced(Connection connection, int version) {}

    @Override
    public void retired(Connection retired, boolean failed) {}

    @Override
    public void ended(Connection ended) {}

    @Override
    public void unmatched(Connection at) {}

    @Override
    public void requested(Connection at, RemotingCommand request) {}
}
