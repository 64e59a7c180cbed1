package io.mqproducer.internal.send;

import io.mqproducer.benchmarks.micro.SendPathPiece;
import io.mqproducer.config.BackPressureMode;
import io.mqproducer.internal.config.ProducerConfig;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Threads;

/** Taking room for a message while there is enough, and giving it back. */
public class BackPressureBenchmark extends SendPathPiece {

    private static final int BYTES = 1024;
    private static final long UNUSED_DEADLINE = 0;

    private final BackPressure room =
            new BackPressure(new ProducerConfig.BackPressure(true, 1024, 100L << 20, BackPressureMode.BLOCK));

    @Benchmark
    public BackPressure.Admission takeAndGiveBack() {
        BackPressure.Admission admission = room.acquire(BYTES, true, UNUSED_DEADLINE);
        room.release(BYTES);
        return admission;
    }

    @Benchmark
    @Threads(2)
    public BackPressure.Admission contendedTakeAndGiveBack() {
        return takeAndGiveBack();
    }
}
