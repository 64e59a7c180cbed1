package io.mqproducer.internal.encoding;

import io.netty.buffer.ByteBuf;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A piece of memory that is filled with messages, one behind the other, and given back when it is full and all of them
 * are released. One thread at a time writes it, whoever has taken it out of the {@link MessageMemory}; what is written may
 * be read and released by any.
 */
final class Slab {

    static final int SIZE = 64 * 1024;

    /** The most bytes that a message in a slab may have. */
    static final int MAX_MESSAGE = 16 * 1024;

    private final ByteBuf bytes;
    private int messages; // of whoever writes it

    /** How many messages are released, and once it is retired, less their number: 0 when nobody needs it any more. */
    private final AtomicInteger balance = new AtomicInteger();

    Slab(ByteBuf bytes) {
        this.bytes = bytes;
    }

    boolean hasRoom(int size) {
        return bytes.writableBytes() >= size;
    }

    /** What a message is appended to. */
    ByteBuf bytes() {
        return bytes;
    }

    /** A message has been appended, and will be released. */
    void messageWritten() {
        messages++;
    }

    /** A message is not needed any more. */
    void release() {
        if (balance.incrementAndGet() == 0) {
            bytes.release();
        }
    }

    /** No more will be written. */
    void retire() {
        if (balance.addAndGet(-messages) == 0) {
            bytes.release();
        }
    }
}
