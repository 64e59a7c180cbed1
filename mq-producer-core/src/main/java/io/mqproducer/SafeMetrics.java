package io.mqproducer;

import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Outcome;
import io.mqproducer.message.SendMode;
import io.mqproducer.spi.ProducerGauges;
import io.mqproducer.spi.ProducerMetrics;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Metrics of the application that cannot harm a send: what they throw is logged once. Thread-safe if they are. */
final class SafeMetrics implements ProducerMetrics {

    private static final Logger log = LoggerFactory.getLogger(SafeMetrics.class);

    private final ProducerMetrics metrics;
    private final AtomicBoolean failed = new AtomicBoolean();

    private SafeMetrics(ProducerMetrics metrics) {
        this.metrics = metrics;
    }

    static ProducerMetrics of(ProducerMetrics metrics) {
        return metrics == NONE ? NONE : new SafeMetrics(metrics);
    }

    private void take(Runnable measurement) {
        try {
            measurement.run();
        } catch (RuntimeException | Error e) {
            if (failed.compareAndSet(false, true)) {
                log.warn("{} failed; sends are not affected, further failures are not logged", metrics.getClass(), e);
            }
        }
    }

    @Override
    public void bind(ProducerGauges gauges) {
        take(() -> metrics.bind(gauges));
    }

    @Override
    public void sendCompleted(String topic, SendMode mode, Outcome outcome, @Nullable FailureKind kind, long nanos) {
        take(() -> metrics.sendCompleted(topic, mode, outcome, kind, nanos));
    }

    @Override
    public void attemptCompleted(String brokerName, int responseCode, long nanos) {
        take(() -> metrics.attemptCompleted(brokerName, responseCode, nanos));
    }

    @Override
    public void retried(String topic) {
        take(() -> metrics.retried(topic));
    }

    @Override
    public void messageSize(String topic, int bytes) {
        take(() -> metrics.messageSize(topic, bytes));
    }

    @Override
    public void backPressureWaited(long nanos) {
        take(() -> metrics.backPressureWaited(nanos));
    }

    @Override
    public void callbackFailed() {
        take(metrics::callbackFailed);
    }

    @Override
    public void close() {
        take(metrics::close);
    }
}
