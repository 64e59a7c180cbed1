package io.mqproducer.internal.encoding;

import io.mqproducer.benchmarks.micro.SampleMessages;
import io.mqproducer.benchmarks.micro.SendPathPiece;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Threads;

/** Giving a message its id, the look at the clock included. */
public class MessageIdGeneratorBenchmark extends SendPathPiece {

    private final MessageIdGenerator ids = SampleMessages.ids();

    @Benchmark
    public long number() {
        return ids.next(System.currentTimeMillis());
    }

    @Benchmark
    @Threads(2)
    public long contendedNumber() {
        return ids.next(System.currentTimeMillis());
    }

    @Benchmark
    public String text() {
        return ids.toString(ids.next(System.currentTimeMillis()));
    }
}
