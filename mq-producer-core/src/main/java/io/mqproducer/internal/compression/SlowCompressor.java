package io.mqproducer.internal.compression;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;

/** A compressor that takes so long that it pays to carry a body to another thread first, outside the heap. */
public interface SlowCompressor extends Compressor {

    /**
     * As {@link #compress(byte[], ByteBuf)}, from memory outside the heap to memory outside the heap. Tries every body; whether
     * that is worth it, {@link Incompressible} says.
     *
     * @param body what remains of it; only its position may be changed
     */
    boolean compress(ByteBuffer body, ByteBuf out);
}
