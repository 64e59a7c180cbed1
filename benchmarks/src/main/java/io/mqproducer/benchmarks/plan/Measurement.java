package io.mqproducer.benchmarks.plan;

/**
 * What one client did in one round. Times are nanoseconds; the process counters cover the whole process of the client.
 *
 * @param messages acknowledged ones; written ones if no answer is wanted
 * @param failed sends that ended in anything else
 * @param elapsed how long the round took
 * @param p50 latency from the call to the outcome
 * @param cpu processor time of all threads, those of the JVM included
 * @param allocated bytes on the heap, all threads
 * @param threads at the end of the round, without those of the load itself
 * @param rss bytes of memory that the process holds at the end of the round
 * @param writes write system calls; those that only wake an event loop up are among them, unless they could be told apart
 * @param written bytes of these calls
 */
public record Measurement(
        long messages,
        long failed,
        long elapsed,
        long p50,
        long p99,
        long p999,
        long cpu,
        long allocated,
        int threads,
        long rss,
        long writes,
        long written) {

    /** A wake-up writes a counter of eight bytes. */
    private static final int WAKE_UP_BYTES = 8;

    /** The same without wake-ups, which are what was written beyond what the server has received. */
    public Measurement withoutWakeUps(long received) {
        long wakeUps = Math.max(0, written - received) / WAKE_UP_BYTES;
        return new Measurement(
                messages, failed, elapsed, p50, p99, p999, cpu, allocated, threads, rss, writes - wakeUps, received);
    }
}
