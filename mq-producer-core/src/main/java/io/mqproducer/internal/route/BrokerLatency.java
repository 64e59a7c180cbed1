package io.mqproducer.internal.route;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How long a broker takes to answer: an average in which the last dozen answers count most. Thread-safe; of two answers
 * that are noted at the same moment one may be lost.
 */
public final class BrokerLatency {

    private static final int WEIGHT = 16;
    private static final long UNKNOWN = -1;

    private final AtomicLong average = new AtomicLong(UNKNOWN);

    private BrokerLatency() {}

    /** Of a broker that has not answered yet. */
    public static BrokerLatency unknown() {
        return new BrokerLatency();
    }

    /** An answer came after so many nanoseconds. */
    public void note(long nanos) {
        long known = average.getPlain();
        average.setOpaque(known == UNKNOWN ? nanos : known + (nanos - known) / WEIGHT);
    }

    /** The average; empty before the first answer. */
    public Optional<Duration> average() {
        long known = average.getOpaque();
        return known == UNKNOWN ? Optional.empty() : Optional.of(Duration.ofNanos(known));
    }
}
