package io.mqproducer.internal.compression;

import io.mqproducer.benchmarks.micro.SendPathPiece;
import io.mqproducer.benchmarks.plan.Body;
import org.openjdk.jmh.annotations.Benchmark;

/** Taking a sample of 4 KiB, to tell whether compressing them is of any use. */
public class IncompressibleBenchmark extends SendPathPiece {

    private final byte[][] text = Body.text(4096).variants();
    private final byte[][] random = Body.random(4096).variants();
    private int next;

    @Benchmark
    public boolean text() {
        return Incompressible.looksSo(text[next++ & (text.length - 1)]);
    }

    @Benchmark
    public boolean random() {
        return Incompressible.looksSo(random[next++ & (random.length - 1)]);
    }
}
