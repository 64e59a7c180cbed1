package io.mqproducer.benchmarks.load;

import org.HdrHistogram.Histogram;

/** One thread that sends until it is stopped. */
abstract class Caller {

    private final Histogram latencies = new Histogram(3);
    private final String[] topics;
    private final byte[][] bodies;
    private int next;
    private long failed;
    private volatile boolean stopped;

    Caller(String[] topics, byte[][] bodies) {
        this.topics = topics;
        this.bodies = bodies;
    }

    /** Sends until stopped, and returns when all is answered. */
    abstract void call() throws Exception;

    /** Before each round, by the thread that measures; the barriers order it. */
    final void reset() {
        latencies.reset();
        failed = 0;
        stopped = false;
    }

    final void stop() {
        stopped = true;
    }

    final boolean isStopped() {
        return stopped;
    }

    /** The topic of the next message. */
    final String topic() {
        return topics[Integer.remainderUnsigned(next, topics.length)];
    }

    /** The body of the next message; the one after it is another. */
    final byte[] body() {
        return bodies[next++ & bodies.length - 1];
    }

    final void acknowledged(long nanos) {
        latencies.recordValue(Math.max(0, nanos));
    }

    /** So many messages at once. */
    final void acknowledged(long nanos, int messages) {
        latencies.recordValueWithCount(Math.max(0, nanos), messages);
    }

    final void failed(Throwable failure) {
        if (failed++ == 0) {
            failure.printStackTrace();
        }
    }

    final Histogram latencies() {
        return latencies;
    }

    final long failed() {
        return failed;
    }
}
