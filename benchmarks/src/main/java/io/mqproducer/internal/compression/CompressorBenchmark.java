package io.mqproducer.internal.compression;

import io.mqproducer.benchmarks.micro.SendPathPiece;
import io.mqproducer.benchmarks.plan.Body;
import io.mqproducer.config.CompressionType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.TearDown;

/** Compressing 4 KiB at the default level, or finding that it is no use. */
public class CompressorBenchmark extends SendPathPiece {

    private static final int SIZE = 4096;
    private static final int LEVEL = 5;

    private final Compressor zlib = Compressor.of(CompressionType.ZLIB, LEVEL);
    private final Compressor lz4 = Compressor.of(CompressionType.LZ4, LEVEL);
    private final Compressor zstd = Compressor.of(CompressionType.ZSTD, LEVEL);
    private final byte[][] text = Body.text(SIZE).variants();
    private final byte[][] random = Body.random(SIZE).variants();
    private final ByteBuf out = PooledByteBufAllocator.DEFAULT.directBuffer(SIZE);
    private int next;

    @TearDown
    public void close() {
        zlib.close();
        lz4.close();
        zstd.close();
        out.release();
    }

    @Benchmark
    public boolean zlibText() {
        return compressed(zlib, text);
    }

    @Benchmark
    public boolean zlibRandom() {
        return compressed(zlib, random);
    }

    @Benchmark
    public boolean lz4Text() {
        return compressed(lz4, text);
    }

    @Benchmark
    public boolean lz4Random() {
        return compressed(lz4, random);
    }

    @Benchmark
    public boolean zstdText() {
        return compressed(zstd, text);
    }

    @Benchmark
    public boolean zstdRandom() {
        return compressed(zstd, random);
    }

    private boolean compressed(Compressor compressor, byte[][] bodies) {
        return compressor.compress(bodies[next++ & (bodies.length - 1)], out.clear());
    }
}
