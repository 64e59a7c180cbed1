package io.mqproducer.benchmarks.load;

import io.mqproducer.benchmarks.client.BenchmarkClient;
import io.mqproducer.benchmarks.plan.Body;
import org.HdrHistogram.Histogram;

/** One-way messages as fast as the client takes them, and the send right behind them. */
public final class OnewayBurst {

    /** Blocking sends before the burst, which show what is normal. */
    public static final int NORMAL_SENDS = 1_000;

    private OnewayBurst() {}

    /**
     * Returns, separated by spaces: nanoseconds that the client took to accept the burst, nanoseconds of the next blocking
     * send or -1 if it failed, the p99 of blocking sends before it in nanoseconds, and the process' memory right after the
     * burst in bytes.
     */
    static String run(BenchmarkClient client, String topic, Body body, int messages) throws Exception {
        byte[][] bodies = body.variants();
        long normal = normalLatency(client, topic, bodies);
        long begun = System.nanoTime();
        for (int i = 0; i < messages; i++) {
            client.sendOneway(topic, bodies[i & bodies.length - 1]);
        }
        long accepted = System.nanoTime() - begun;
        long rss = ProcessCounters.rss();
        long next;
        begun = System.nanoTime();
        try {
            client.send(topic, bodies[0]);
            next = System.nanoTime() - begun;
        } catch (Exception e) {
            e.printStackTrace();
            next = -1;
        }
        return accepted + " " + next + " " + normal + " " + rss;
    }

    private static long normalLatency(BenchmarkClient client, String topic, byte[][] bodies) throws Exception {
        Histogram latencies = new Histogram(3);
        for (int i = 0; i < NORMAL_SENDS; i++) {
            long begun = System.nanoTime();
            client.send(topic, bodies[i & bodies.length - 1]);
            latencies.recordValue(System.nanoTime() - begun);
        }
        return latencies.getValueAtPercentile(99);
    }
}
