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

/**
 * The application's metrics, kept from doing harm: what they throw would else end connections and lose outcomes. It is
 * logged once. Thread-safe.
 */
final class GuardedMetrics implements ProducerMetrics {

    private static final Logger log = LoggerFactory.getLogger(GuardedMetrics.class);

    private final ProducerMetrics metrics;
    private final AtomicBoolean failed = new AtomicBoolean();

    private GuardedMetrics(ProducerMetrics metrics) {
        this.metrics = metrics;
    }

    /** Guards all but {@link ProducerMetrics#NONE}, which stays itself: sends ask for it. */
    static ProducerMetrics of(ProducerMetrics metrics) {
        return metrics == NONE ? NONE : new GuardedMetrics(metrics);
    }

    @Override
    public void bind(ProducerGauges gauges) {
        guarded(() -> metrics.bind(gauges));
    }

    @Override
    public void sendCompleted(String topic, SendMode mode, Outcome outcome, @Nullable FailureKind kind, long nanos) {
        guarded(() -> metrics.sendCompleted(topic, mode, outcome, kind, nanos));
    }

    @Override
    public void attemptCompleted(String brokerName, int responseCode, long nanos) {
        guarded(() -> metrics.attemptCompleted(brokerName, responseCode, nanos));
    }

    @Override
    public void retried(String topic) {
        guarded(() -> metrics.retried(topic));
    }

    @Override
    public void messageSize(String topic, int bytes) {
        guarded(() -> metrics.messageSize(topic, bytes));
    }

    @Override
    public void batchSent(int messages) {
        guarded(() -> metrics.batchSent(messages));
    }

    @Override
    public void backPressureWaited(long nanos) {
        guarded(() -> metrics.backPressureWaited(nanos));
    }

    @Override
    public void callbackFailed() {
        guarded(metrics::callbackFailed);
    }

    @Override
    public void traceDropped(int traces) {
        guarded(() -> metrics.traceDropped(traces));
    }

    @Override
    public void transactionUnconfirmed() {
        guarded(metrics::transactionUnconfirmed);
    }

    @Override
    public void transactionCheckDropped() {
        guarded(metrics::transactionCheckDropped);
    }

    @Override
    public void close() {
        guarded(metrics::close);
    }

    private void guarded(Runnable measurement) {
        try {
            measurement.run();
        } catch (RuntimeException | Error e) {
            if (failed.compareAndSet(false, true)) {
                log.warn(
                        "metrics {} failed; sends are not affected, further failures are not logged",
                        metrics.getClass().getName(),
                        e);
            }
        }
    }
}
