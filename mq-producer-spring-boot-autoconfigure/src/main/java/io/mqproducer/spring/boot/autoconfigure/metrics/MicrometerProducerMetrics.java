package io.mqproducer.spring.boot.autoconfigure.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Outcome;
import io.mqproducer.message.SendMode;
import io.mqproducer.spi.ProducerGauges;
import io.mqproducer.spi.ProducerMetrics;
import io.mqproducer.spring.boot.autoconfigure.properties.MetricsSettings;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A producer's measurements as meters named {@code mq.producer.*}. Thread-safe; each meter is looked up in the registry
 * once. All meters of a name bear the same tags, whatever happened, because some registries refuse anything else.
 */
final class MicrometerProducerMetrics implements ProducerMetrics {

    /** Stands for all topics above the limit, or for all there are. */
    private static final String OTHER = "other";

    private static final int NO_ANSWER = -1;

    private final ProducerMeters meters;
    private final boolean tagTopics;
    private final int maxTopics;
    private final ConcurrentMap<String, TopicMeters> topics = new ConcurrentHashMap<>();
    private final ConcurrentMap<Answer, Timer> attempts = new ConcurrentHashMap<>();
    private final Timer backPressureWait;
    private final Counter callbackErrors;
    private final Counter tracesDropped;
    private final DistributionSummary batchSize;
    private final Counter transactionUnconfirmed;
    private final Counter transactionChecksDropped;

    /** What an attempt's timer is chosen by. */
    private record Answer(String brokerName, int responseCode) {

        Tags tags() {
            return Tags.of("broker", brokerName, "code", responseCode == NO_ANSWER ? "none" : "" + responseCode);
        }
    }

    MicrometerProducerMetrics(MeterRegistry registry, String producer, MetricsSettings settings) {
        this.meters = new ProducerMeters(registry, producer);
        this.tagTopics = settings.isTopicTagEnabled();
        this.maxTopics = tagTopics ? settings.getMaxTopicTags() : 0;
        this.backPressureWait = meters.timer(
                "mq.producer.backpressure.wait", "Time that sends waited for room in flight", Tags.empty());
        this.batchSize = meters.messages("mq.producer.batch.size", "Messages that were sent as one request");
        this.callbackErrors =
                meters.counter("mq.producer.callback.errors", "Callbacks and hooks that threw", Tags.empty());
        this.tracesDropped = meters.counter("mq.producer.trace.dropped", "Message traces that are lost", Tags.empty());
        this.transactionUnconfirmed = meters.counter(
                "mq.producer.transaction.unconfirmed", "Commits and rollbacks without confirmation", Tags.empty());
        this.transactionChecksDropped = meters.counter(
                "mq.producer.transaction.checks.dropped", "Questions of brokers that found no room", Tags.empty());
    }

    @Override
    public void bind(ProducerGauges gauges) {
        meters.gauge("mq.producer.in.flight", "Messages without an outcome yet", null, gauges::inFlightMessages);
        meters.gauge("mq.producer.in.flight.size", "Size of these messages", "bytes", gauges::inFlightBytes);
        meters.gauge("mq.producer.connections", "Open connections", null, gauges::connections);
        meters.gauge("mq.producer.brokers.isolated", "Brokers that are avoided", null, gauges::isolatedBrokers);
    }

    @Override
    public void sendCompleted(String topic, SendMode mode, Outcome outcome, @Nullable FailureKind kind, long nanos) {
        topic(topic).send(mode, outcome, kind).record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void attemptCompleted(String brokerName, int responseCode, long nanos) {
        Answer answer = new Answer(brokerName, responseCode);
        Timer known = attempts.get(answer);
        Timer timer = known != null ? known : attempts.computeIfAbsent(answer, this::newAttempt);
        timer.record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer newAttempt(Answer answer) {
        return meters.timer("mq.producer.attempt", "Time of one request to a broker", answer.tags());
    }

    @Override
    public void retried(String topic) {
        topic(topic).retries().increment();
    }

    @Override
    public void messageSize(String topic, int bytes) {
        topic(topic).messageSize().record(bytes);
    }

    @Override
    public void batchSent(int messages) {
        batchSize.record(messages);
    }

    @Override
    public void backPressureWaited(long nanos) {
        backPressureWait.record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void callbackFailed() {
        callbackErrors.increment();
    }

    @Override
    public void traceDropped(int traces) {
        tracesDropped.increment(traces);
    }

    @Override
    public void transactionUnconfirmed() {
        transactionUnconfirmed.increment();
    }

    @Override
    public void transactionCheckDropped() {
        transactionChecksDropped.increment();
    }

    @Override
    public void close() {
        meters.close();
    }

    /** Threads that see new topics at the same moment may go above the limit, by one topic each. */
    private TopicMeters topic(String topic) {
        TopicMeters known = topics.get(topic);
        if (known != null) {
            return known;
        }
        return topics.computeIfAbsent(topics.size() < maxTopics ? topic : OTHER, this::newTopic);
    }

    private TopicMeters newTopic(String topic) {
        return new TopicMeters(meters, tagTopics ? Tags.of("topic", topic) : Tags.empty());
    }
}
