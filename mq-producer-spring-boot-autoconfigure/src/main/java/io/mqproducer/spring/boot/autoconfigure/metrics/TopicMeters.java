package io.mqproducer.spring.boot.autoconfigure.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Outcome;
import io.mqproducer.message.SendMode;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** The meters of one topic. Thread-safe. */
final class TopicMeters {

    private final ProducerMeters meters;
    private final Tags topic;
    private final Counter retries;
    private final DistributionSummary messageSize;
    private final ConcurrentMap<End, Timer> sends = new ConcurrentHashMap<>();

    /** What a send's timer is chosen by. */
    private record End(
            SendMode mode, Outcome outcome, @Nullable FailureKind kind) {

        Tags tags() {
            return Tags.of("mode", text(mode), "outcome", text(outcome), "kind", kind == null ? "none" : text(kind));
        }

        private static String text(Enum<?> constant) {
            return constant.name().toLowerCase(Locale.ROOT);
        }
    }

    TopicMeters(ProducerMeters meters, Tags topic) {
        this.meters = meters;
        this.topic = topic;
        this.retries = meters.counter("mq.producer.retries", "Sends that were tried again", topic);
        this.messageSize = meters.bytes("mq.producer.message.size", "Size of bodies as they are sent", topic);
    }

    Timer send(SendMode mode, Outcome outcome, @Nullable FailureKind kind) {
        End end = new End(mode, outcome, kind);
        Timer known = sends.get(end);
        return known != null ? known : sends.computeIfAbsent(end, this::newSend);
    }

    private Timer newSend(End end) {
        return meters.timer("mq.producer.send", "Time from the call to the outcome", topic.and(end.tags()));
    }

    Counter retries() {
        return retries;
    }

    DistributionSummary messageSize() {
        return messageSize;
    }
}
