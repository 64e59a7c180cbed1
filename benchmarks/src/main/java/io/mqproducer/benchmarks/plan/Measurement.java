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
 * @param writes write system calls, wake-ups of an event loop included
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
        long writes) {}
