package io.mqproducer.internal.util;

/** Pure functions over points in time of the monotonic clock ({@link System#nanoTime}), which may be negative. */
public final class Deadline {

    private Deadline() {}

    /** The earlier of two. */
    public static long earlier(long one, long other) {
        return one - other < 0 ? one : other;
    }
}
