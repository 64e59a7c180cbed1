package io.mqproducer.internal.encoding;

import io.netty.buffer.ByteBufAllocator;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Where the bytes of small messages live until their outcome: pieces of {@link Slab}s. A buffer of its own for each
 * message, allocated by its sender and released by an event loop, would cost more than all that is written into it.
 *
 * <p>Thread-safe and lock-free: a sender takes a slab out, writes its message, and puts the slab back. One who finds none
 * makes one.
 */
final class MessageMemory implements AutoCloseable {

    /** Few for an idle producer to keep, enough for senders on as many processors not to get in each other's way. */
    private static final int PLACES = 4;

    private final ByteBufAllocator allocator;
    private final AtomicReferenceArray<@Nullable Slab> slabs = new AtomicReferenceArray<>(PLACES);
    private volatile boolean closed;

    MessageMemory(ByteBufAllocator allocator) {
        this.allocator = allocator;
    }

    ByteBufAllocator allocator() {
        return allocator;
    }

    /** A slab with room for a message, for the calling thread alone until it is {@linkplain #putBack put back}. */
    Slab take(int bytes) {
        int favourite = (int) Thread.currentThread().getId();
        for (int i = 0; i < PLACES; i++) {
            int place = (favourite + i) & (PLACES - 1);
            if (slabs.getPlain(place) != null) {
                Slab slab = slabs.getAndSet(place, null);
                if (slab != null) {
                    return slab.hasRoom(bytes) ? slab : replace(slab);
                }
            }
        }
        return newSlab();
    }

    private Slab replace(Slab full) {
        full.retire();
        return newSlab();
    }

    private Slab newSlab() {
        return new Slab(allocator.directBuffer(Slab.SIZE, Slab.SIZE));
    }

    /** Gives a slab back. */
    void putBack(Slab slab) {
        int favourite = (int) Thread.currentThread().getId();
        for (int i = 0; i < PLACES; i++) {
            int place = (favourite + i) & (PLACES - 1);
            if (slabs.compareAndSet(place, null, slab)) {
                if (closed) { // meanwhile, and close() may not have seen this one
                    retire(place);
                }
                return;
            }
        }
        slab.retire();
    }

    private void retire(int place) {
        Slab slab = slabs.getAndSet(place, null);
        if (slab != null) {
            slab.retire();
        }
    }

    /** Keeps no memory any more but that of messages without an outcome. */
    @Override
    public void close() {
        closed = true;
        for (int place = 0; place < PLACES; place++) {
            retire(place);
        }
    }
}
