package io.mqproducer.benchmarks.run;

import io.mqproducer.benchmarks.client.ClientKind;
import io.mqproducer.benchmarks.load.OnewayBurst;
import io.mqproducer.benchmarks.plan.Body;
import io.mqproducer.benchmarks.plan.Load;
import io.mqproducer.benchmarks.plan.Row;
import java.util.List;

/**
 * What became of one-way messages that were sent to the real broker as fast as the client took them.
 *
 * @param messages how many were sent
 * @param stored how many of them the broker has
 * @param accepted nanoseconds until the last call had returned
 * @param nextSend nanoseconds of the blocking send right behind them; -1 if it failed
 * @param normalP99 the same before them, at the 99th percentile
 * @param rss the client's memory right after them, in bytes
 */
public record Burst(long messages, long stored, long accepted, long nextSend, long normalP99, long rss) {

    /** Lets a client send a burst of messages of 1 KiB. */
    public static Burst measure(ClientKind kind, int messages) {
        Load load = Load.async(1000, Body.random(1024));
        Row row = new Row("", Row.Target.REAL, load, List.of(kind), 1, Row.Jdk.JDK17, List.of());
        try (RealServer server = new RealServer();
                ClientProcess client = new ClientProcess(kind, row, load, server, new ClassPaths())) {
            long[] figures = client.burst(messages);
            long others = client.acknowledged() + OnewayBurst.NORMAL_SENDS + (figures[1] < 0 ? 0 : 1);
            long stored = server.stored(server.topicOf(kind), others + messages) - others;
            return new Burst(messages, stored, figures[0], figures[1], figures[2], figures[3]);
        }
    }
}
