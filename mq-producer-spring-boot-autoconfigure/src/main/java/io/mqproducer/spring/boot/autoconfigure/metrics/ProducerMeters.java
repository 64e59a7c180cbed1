package io.mqproducer.spring.boot.autoconfigure.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The meters that one producer has registered; takes them out of the registry in the end. Thread-safe. */
final class ProducerMeters {

    private final MeterRegistry registry;
    private final Tags producer;
    private final Set<Meter> registered = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    ProducerMeters(MeterRegistry registry, String producer) {
        this.registry = registry;
        this.producer = Tags.of("producer", producer);
    }

    Timer timer(String name, String description, Tags tags) {
        return keep(Timer.builder(name)
                .description(description)
                .tags(producer.and(tags))
                .register(registry));
    }

    Counter counter(String name, String description, Tags tags) {
        return keep(Counter.builder(name)
                .description(description)
                .tags(producer.and(tags))
                .register(registry));
    }

    DistributionSummary bytes(String name, String description, Tags tags) {
        return keep(DistributionSummary.builder(name)
                .description(description)
                .baseUnit("bytes")
                .tags(producer.and(tags))
                .register(registry));
    }

    DistributionSummary messages(String name, String description) {
        return keep(DistributionSummary.builder(name)
                .description(description)
                .baseUnit("messages")
                .tags(producer)
                .register(registry));
    }

    void gauge(String name, String description, @Nullable String unit, Supplier<Number> value) {
        keep(Gauge.builder(name, value)
                .description(description)
                .baseUnit(unit)
                .tags(producer)
                .register(registry));
    }

    void close() {
        closed = true;
        registered.forEach(registry::remove);
    }

    /** Only then looks whether it is too late, so that {@link #close} misses no meter that is registered meanwhile. */
    private <T extends Meter> T keep(T meter) {
        registered.add(meter);
        if (closed) {
            registry.remove(meter);
        }
        return meter;
    }
}
