package io.mqproducer.internal.compression;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Codecs that hold native memory and serve one thread at a time. Keeps at most as many as can work at once; never waits.
 *
 * <p>After closing it still lends, but keeps nothing.
 *
 * @param <T> the codec
 */
final class CodecPool<T> implements AutoCloseable {

    private final Supplier<T> factory;
    private final Consumer<T> end;
    private final BlockingQueue<T> idle =
            new ArrayBlockingQueue<>(2 * Runtime.getRuntime().availableProcessors());
    private volatile boolean closed;

    CodecPool(Supplier<T> factory, Consumer<T> end) {
        this.factory = factory;
        this.end = end;
    }

    /** A codec for the caller alone, until it is given back. */
    T borrow() {
        T codec = idle.poll();
        return codec == null ? factory.get() : codec;
    }

    void giveBack(T codec) {
        if (closed || !idle.offer(codec)) {
            end.accept(codec);
        } else if (closed) { // closed in between, and its sweep may have been too early for this codec
            endIdle();
        }
    }

    @Override
    public void close() {
        closed = true;
        endIdle();
    }

    private void endIdle() {
        for (@Nullable T codec = idle.poll(); codec != null; codec = idle.poll()) {
            end.accept(codec);
        }
    }
}
