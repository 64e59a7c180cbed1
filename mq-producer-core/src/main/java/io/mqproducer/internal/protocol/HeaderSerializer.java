package io.mqproducer.internal.protocol;

import io.netty.buffer.ByteBuf;

/** One of the two forms of a header on the wire. Shareable between threads. */
sealed interface HeaderSerializer permits JsonHeaderSerializer, BinaryHeaderSerializer {

    /** Appends the header of a command, with this opaque in place of its own. */
    void write(RemotingCommand command, int opaque, ByteBuf out);

    /**
     * Reads a header.
     *
     * @param header exactly the header's bytes, at most {@link FrameLimits#MAX_HEADER}
     * @throws ProtocolException whatever is wrong with them
     */
    RemotingCommand.Builder read(ByteBuf header);
}
