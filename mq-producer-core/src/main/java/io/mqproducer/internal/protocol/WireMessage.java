package io.mqproducer.internal.protocol;

import io.netty.buffer.ByteBuf;

/** A message as an attempt writes it: the header values that are its own, and its bytes. */
public interface WireMessage {

    int sysFlag();

    int flag();

    /** Milliseconds since the epoch. */
    long bornTimestamp();

    int reconsumeTimes();

    /** Only for {@code %RETRY%} topics; -1 leaves it out. */
    int maxReconsumeTimes();

    /** The encoded properties, then the body as it goes on the wire. Writing a frame does not move its indexes. */
    ByteBuf content();

    /** How many bytes of the content are properties. */
    int propertiesLength();
}
