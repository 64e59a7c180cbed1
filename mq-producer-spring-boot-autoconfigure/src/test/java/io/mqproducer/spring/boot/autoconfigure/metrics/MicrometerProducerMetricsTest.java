package io.mqproducer.spring.boot.autoconfigure.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Outcome;
import io.mqproducer.message.SendMode;
import io.mqproducer.spi.ProducerGauges;
import io.mqproducer.spring.boot.autoconfigure.properties.MetricsSettings;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MicrometerProducerMetricsTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MetricsSettings settings = new MetricsSettings();

    @Test
    void timesSendsByTheirEnd() {
        MicrometerProducerMetrics metrics = metrics();

        metrics.sendCompleted("orders", SendMode.SYNC, Outcome.ACKED, null, 2_000_000);
        metrics.sendCompleted("orders", SendMode.SYNC, Outcome.ACKED, null, 4_000_000);
        metrics.sendCompleted("orders", SendMode.ASYNC, Outcome.MAYBE_STORED, FailureKind.TIMEOUT, 3_000_000_000L);

        assertThat(registry.get("mq.producer.send")
                        .tags("producer", "p", "topic", "orders", "mode", "sync", "outcome", "acked", "kind", "none")
                        .timer())
                .satisfies(timer -> {
                    assertThat(timer.count()).isEqualTo(2);
                    assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(6);
                });
        assertThat(registry.get("mq.producer.send")
                        .tags("mode", "async", "outcome", "maybe_stored", "kind", "timeout")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void givesEveryMeterOfANameTheSameTags() {
        MicrometerProducerMetrics metrics = metrics();
        for (SendMode mode : SendMode.values()) {
            for (Outcome outcome : Outcome.values()) {
                metrics.sendCompleted("orders", mode, outcome, null, 1);
                metrics.sendCompleted("orders", mode, outcome, FailureKind.CLOSED, 1);
            }
        }

        Set<List<String>> keys = registry.find("mq.producer.send").timers().stream()
                .map(timer -> timer.getId().getTags().stream().map(Tag::getKey).toList())
                .collect(Collectors.toSet());

        assertThat(keys).containsExactly(List.of("kind", "mode", "outcome", "producer", "topic"));
    }

    @Test
    void measuresAttemptsRetriesSizesWaitsAndErrors() {
        MicrometerProducerMetrics metrics = metrics();

        metrics.attemptCompleted("broker-a", 0, 5_000_000);
        metrics.attemptCompleted("broker-a", -1, 5_000_000);
        metrics.retried("orders");
        metrics.messageSize("orders", 1000);
        metrics.batchSent(20);
        metrics.messageSize("orders", 24);
        metrics.backPressureWaited(7_000_000);
        metrics.callbackFailed();
        metrics.traceDropped(10);
        metrics.transactionUnconfirmed();
        metrics.transactionCheckDropped();

        assertThat(registry.get("mq.producer.attempt")
                        .tags("producer", "p", "broker", "broker-a", "code", "0")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("mq.producer.attempt")
                        .tags("code", "none")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("mq.producer.retries")
                        .tags("producer", "p", "topic", "orders")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("mq.producer.message.size")
                        .tags("producer", "p", "topic", "orders")
                        .summary())
                .satisfies(summary -> {
                    assertThat(summary.totalAmount()).isEqualTo(1024);
                    assertThat(summary.getId().getBaseUnit()).isEqualTo("bytes");
                });
        assertThat(registry.get("mq.producer.batch.size").tags("producer", "p").summary())
                .satisfies(summary -> {
                    assertThat(summary.mean()).isEqualTo(20);
                    assertThat(summary.getId().getBaseUnit()).isEqualTo("messages");
                });
        assertThat(registry.get("mq.producer.backpressure.wait")
                        .tags("producer", "p")
                        .timer()
                        .totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(7);
        for (String counter :
                List.of("mq.producer.transaction.unconfirmed", "mq.producer.transaction.checks.dropped")) {
            assertThat(registry.get(counter).tags("producer", "p").counter().count())
                    .as(counter)
                    .isEqualTo(1);
        }
        assertThat(registry.get("mq.producer.callback.errors")
                        .tags("producer", "p")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("mq.producer.trace.dropped")
                        .tags("producer", "p")
                        .counter()
                        .count())
                .isEqualTo(10);
    }

    @Test
    void readsTheGauges() {
        MicrometerProducerMetrics metrics = metrics();

        metrics.bind(new FixedGauges(5, 6, 7, 8));

        assertThat(gauge("mq.producer.in.flight")).isEqualTo(5);
        assertThat(gauge("mq.producer.in.flight.size")).isEqualTo(6);
        assertThat(gauge("mq.producer.connections")).isEqualTo(7);
        assertThat(gauge("mq.producer.brokers.isolated")).isEqualTo(8);
    }

    @Test
    void s21_callsTopicsAboveTheLimitOther() {
        settings.setMaxTopicTags(2);
        MicrometerProducerMetrics metrics = metrics();

        for (String topic : List.of("a", "b", "c", "d", "a")) {
            metrics.sendCompleted(topic, SendMode.SYNC, Outcome.ACKED, null, 1);
            metrics.retried(topic);
        }

        assertThat(topics("mq.producer.send")).containsExactlyInAnyOrder("a", "b", "other");
        assertThat(topics("mq.producer.retries")).containsExactlyInAnyOrder("a", "b", "other");
        assertThat(registry.get("mq.producer.send")
                        .tags("topic", "other")
                        .timer()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void leavesTheTopicOutWhenAsked() {
        settings.setTopicTagEnabled(false);
        MicrometerProducerMetrics metrics = metrics();

        metrics.sendCompleted("a", SendMode.SYNC, Outcome.ACKED, null, 1);
        metrics.sendCompleted("b", SendMode.SYNC, Outcome.ACKED, null, 1);

        assertThat(registry.get("mq.producer.send").timers()).singleElement().satisfies(timer -> {
            assertThat(timer.count()).isEqualTo(2);
            assertThat(timer.getId().getTag("topic")).isNull();
        });
    }

    @Test
    void takesItsMetersAwayAndLeavesThoseOfOthers() {
        MicrometerProducerMetrics closed = metrics();
        MicrometerProducerMetrics open = new MicrometerProducerMetrics(registry, "other", settings);
        for (MicrometerProducerMetrics metrics : List.of(closed, open)) {
            metrics.bind(new FixedGauges(0, 0, 0, 0));
            metrics.sendCompleted("a", SendMode.SYNC, Outcome.ACKED, null, 1);
            metrics.attemptCompleted("broker-a", 0, 1);
        }
        int all = registry.getMeters().size();

        closed.close();
        closed.sendCompleted("late", SendMode.SYNC, Outcome.ACKED, null, 1);

        assertThat(registry.getMeters())
                .hasSize(all / 2)
                .allMatch(meter -> "other".equals(meter.getId().getTag("producer")));
    }

    @Test
    void looksMetersUpOnce() {
        MicrometerProducerMetrics metrics = metrics();
        metrics.sendCompleted("a", SendMode.SYNC, Outcome.ACKED, null, 1);
        Meter first = registry.get("mq.producer.send").timer();
        registry.remove(first);

        metrics.sendCompleted("a", SendMode.SYNC, Outcome.ACKED, null, 1);

        assertThat(registry.find("mq.producer.send").timer()).isNull();
    }

    private MicrometerProducerMetrics metrics() {
        return new MicrometerProducerMetrics(registry, "p", settings);
    }

    private double gauge(String name) {
        return registry.get(name).tags("producer", "p").gauge().value();
    }

    private List<String> topics(String name) {
        return registry.get(name).meters().stream()
                .map(meter -> meter.getId().getTag("topic"))
                .toList();
    }

    private record FixedGauges(int inFlightMessages, long inFlightBytes, int connections, int isolatedBrokers)
            implements ProducerGauges {}
}
