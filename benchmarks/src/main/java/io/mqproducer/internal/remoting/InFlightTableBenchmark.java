package io.mqproducer.internal.remoting;

import io.mqproducer.benchmarks.micro.SendPathPiece;
import io.mqproducer.internal.protocol.RemotingCommand;
import io.mqproducer.internal.protocol.RequestCode;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Pairing the oldest request with its answer, and sending it once more, while so many are in flight. */
public class InFlightTableBenchmark extends SendPathPiece {

    private static final RemotingCommand REQUEST =
            RemotingCommand.request(RequestCode.HEART_BEAT, Map.of(), new byte[0]);

    @Param({"1", "1000", "10000"})
    int inFlight;

    private final InFlightTable table = new InFlightTable(0);
    private int oldest;

    @Setup
    public void fill() {
        for (int i = 0; i < inFlight; i++) {
            table.add(new CommandExchange(REQUEST, 0));
        }
    }

    @Benchmark
    public int removeAndAdd() {
        Exchange answered = table.remove(oldest++);
        if (answered == null) {
            throw new IllegalStateException("opaques are not in order");
        }
        return table.add(answered);
    }
}
