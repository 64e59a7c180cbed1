package io.mqproducer.internal.util;

/** Pure functions over points in time of the monotonic clock ({@link System#nanoTime}), which may be negative. */
public final class Deadline {

    private Deadline() {}

    /** What remains from {@code now} to the deadline, negative once it has passed. */
    public static long remaining(long deadline, long now) {
        return deadline - now;
    }

    /** Whether the deadline has come. */
    public static boolean passed(long deadline, long now) {
        return deadline - now <= 0;
    }

    /** The earlier of two. */
    public static long earlier(long one, long other) {
        return one - other < 0 ? one : other;
    }
}
