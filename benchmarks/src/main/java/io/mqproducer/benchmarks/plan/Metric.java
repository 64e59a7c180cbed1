package io.mqproducer.benchmarks.plan;

import java.util.function.ToDoubleFunction;

/** A figure of a {@link Measurement}, and its unit. */
public enum Metric {
    THROUGHPUT("messages/s", m -> m.messages() * 1e9 / m.elapsed()),
    P50("p50 µs", m -> m.p50() / 1e3),
    P99("p99 µs", m -> m.p99() / 1e3),
    P999("p99.9 µs", m -> m.p999() / 1e3),
    CPU("client CPU µs/message", m -> m.cpu() / 1e3 / m.messages()),
    ALLOCATED("allocated B/message", m -> (double) m.allocated() / m.messages()),
    THREADS("threads", Measurement::threads),
    RSS("RSS MiB", m -> m.rss() / (1024.0 * 1024.0)),
    WRITES("socket writes/message", m -> (double) m.writes() / m.messages());

    private final String title;

    @SuppressWarnings("ImmutableEnumChecker") // a lambda without state
    private final ToDoubleFunction<Measurement> value;

    Metric(String title, ToDoubleFunction<Measurement> value) {
        this.title = title;
        this.value = value;
    }

    /** Name and unit, as a column's head. */
    public String title() {
        return title;
    }

    public double of(Measurement measurement) {
        return value.applyAsDouble(measurement);
    }
}
