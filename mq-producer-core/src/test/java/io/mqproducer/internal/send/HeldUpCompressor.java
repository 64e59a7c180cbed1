package io.mqproducer.internal.send;

import io.mqproducer.config.CompressionType;
import io.mqproducer.internal.Threads;
import io.mqproducer.internal.compression.SlowCompressor;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Makes one byte of any body, once it is let go; tells what it was given, and by which threads. */
final class HeldUpCompressor implements SlowCompressor {

    private final CountDownLatch open = new CountDownLatch(1);
    private final Semaphore begun = new Semaphore(0);
    private final Queue<byte[]> bodies = new ConcurrentLinkedQueue<>();
    private final Queue<String> threads = new ConcurrentLinkedQueue<>();
    private volatile boolean broken;

    @Override
    public CompressionType type() {
        return CompressionType.ZLIB;
    }

    @Override
    public boolean compress(byte[] body, int limit, ByteBuf out) {
        return compress(ByteBuffer.wrap(body), out);
    }

    @Override
    public boolean compress(ByteBuffer body, ByteBuf out) {
        begun.release();
        if (broken) {
            throw new StackOverflowError("codec");
        }
        Threads.await(open);
        threads.add(Thread.currentThread().getName());
        byte[] bytes = new byte[body.remaining()];
        body.get(bytes);
        bodies.add(bytes);
        out.writeByte(42);
        return true;
    }

    void letGo() {
        open.countDown();
    }

    void breakDown() {
        broken = true;
    }

    /** Waits until so many more have begun. */
    void awaitBegun(int more) {
        try {
            if (!begun.tryAcquire(more, 10, TimeUnit.SECONDS)) {
                throw new AssertionError("not begun");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** What it has been through with, in that order. */
    List<byte[]> bodies() {
        return List.copyOf(bodies);
    }

    List<String> threads() {
        return List.copyOf(threads);
    }

    @Override
    public void close() {
        // holds nothing
    }
}
