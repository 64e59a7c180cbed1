package io.mqproducer.internal.protocol;

import io.netty.buffer.ByteBuf;

/** A message as an attempt writes it: the header values that are its own, and its bytes. */
public interface WireMessage {

    /** The request that carries it: SEND_MESSAGE_V2, or another with the same header. */
    default int requestCode() {
        return RequestCode.SEND_MESSAGE_V2.code();
    }

    int sysFlag();

    int flag();

    /** Milliseconds since the epoch. */
    long bornTimestamp();

    int reconsumeTimes();

    /** Only for {@code %RETRY%} topics; -1 leaves it out. */
    int maxReconsumeTimes();

    /**
     * What holds the encoded properties, from {@link #contentIndex} on, and behind them the body as it goes on the wire.
     * There may be other messages before and behind them, and its indexes say nothing.
     */
    ByteBuf content();

    int contentIndex();

    /** Bytes of the properties. */
    int propertiesLength();

    /** Bytes of the body as it goes on the wire, compressed or not. */
    int wireBodySize();
}
