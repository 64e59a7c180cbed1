package io.mqproducer.spring.boot.autoconfigure.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.distribution.ValueAtPercentile;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.mqproducer.MQProducerBuilder;
import io.mqproducer.message.Outcome;
import io.mqproducer.message.SendMode;
import io.mqproducer.spi.ProducerMetrics;
import io.mqproducer.spring.boot.autoconfigure.BootAutoConfigurations;
import io.mqproducer.spring.boot.autoconfigure.MQProducerAutoConfiguration;
import io.mqproducer.spring.boot.autoconfigure.MQProducerBuilderCustomizer;
import java.lang.reflect.Field;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

class MQProducerMetricsAutoConfigurationTest {

    private final Capture capture = new Capture();
    private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    BootAutoConfigurations.SIMPLE_METRICS_EXPORT,
                    MQProducerAutoConfiguration.class,
                    BootAutoConfigurations.COMPOSITE_METER_REGISTRY,
                    MQProducerMetricsAutoConfiguration.class,
                    BootAutoConfigurations.METRICS))
            .withPropertyValues("mq.producer.auto-startup=false", "mq.producer.group=orders")
            .withBean("capture", MQProducerBuilderCustomizer.class, () -> capture);

    @Test
    void metersTheProducerByItsGroup() {
        contextRunner.run(context -> {
            capture.metrics.sendCompleted("t", SendMode.SYNC, Outcome.ACKED, null, 1);

            assertThat(registry(context)
                            .get("mq.producer.send")
                            .tags("producer", "orders")
                            .timer()
                            .count())
                    .isEqualTo(1);
        });
    }

    @Test
    void takesTheMetersAwayWithTheProducer() {
        SimpleMeterRegistry shared = new SimpleMeterRegistry();

        contextRunner.withBean(MeterRegistry.class, () -> shared).run(context -> {
            assertThat(shared.find("mq.producer.callback.errors").counter()).isNotNull();
        });

        assertThat(shared.getMeters()).isEmpty();
    }

    @Test
    void backsOffWithoutMicrometer() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        MQProducerAutoConfiguration.class, MQProducerMetricsAutoConfiguration.class))
                .withPropertyValues("mq.producer.auto-startup=false")
                .withClassLoader(new FilteredClassLoader("io.micrometer"))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasBean("mqProducer")
                        .doesNotHaveBean("mqProducerMetricsCustomizer"));
    }

    @Test
    void backsOffWithoutARegistry() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        MQProducerAutoConfiguration.class, MQProducerMetricsAutoConfiguration.class))
                .withPropertyValues("mq.producer.auto-startup=false")
                .run(context ->
                        assertThat(context).hasBean("mqProducer").doesNotHaveBean("mqProducerMetricsCustomizer"));
    }

    @Test
    void backsOffWhenDisabled() {
        contextRunner
                .withPropertyValues("mq.producer.metrics.enabled=false")
                .run(context ->
                        assertThat(context).hasBean("mqProducer").doesNotHaveBean("mqProducerMetricsCustomizer"));
        contextRunner
                .withPropertyValues("mq.producer.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean("mqProducerMetricsCustomizer"));
    }

    @Test
    void leavesTheLastWordToTheApplicationsCustomizer() {
        ProducerMetrics own = new ProducerMetrics() {};

        contextRunner
                .withBean("own", MQProducerBuilderCustomizer.class, () -> (name, builder) -> builder.metrics(own))
                .run(context -> assertThat(metricsOf(capture.builder)).isSameAs(own));
    }

    @Test
    void honoursTheFiltersOfManagementMetricsEnable() {
        contextRunner
                .withPropertyValues("management.metrics.enable.mq.producer=false")
                .run(context -> {
                    capture.metrics.sendCompleted("t", SendMode.SYNC, Outcome.ACKED, null, 1);

                    assertThat(registry(context).find("mq.producer.send").timer())
                            .isNull();
                });
    }

    @Test
    void computesPercentilesOnRequest() {
        contextRunner
                .withPropertyValues("management.metrics.distribution.percentiles.mq.producer.send=0.5,0.99")
                .run(context -> {
                    capture.metrics.sendCompleted("t", SendMode.SYNC, Outcome.ACKED, null, 1_000_000);

                    assertThat(registry(context)
                                    .get("mq.producer.send")
                                    .timer()
                                    .takeSnapshot()
                                    .percentileValues())
                            .extracting(ValueAtPercentile::percentile)
                            .containsExactly(0.5, 0.99);
                });
    }

    @Test
    void publishesPercentileHistogramsOnRequest() {
        PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

        contextRunner
                .withBean(MeterRegistry.class, () -> prometheus)
                .withPropertyValues(
                        "management.metrics.distribution.percentiles-histogram.mq.producer.send=true",
                        "management.metrics.distribution.slo.mq.producer.send=10ms")
                .run(context -> {
                    capture.metrics.sendCompleted("t", SendMode.ASYNC, Outcome.WEAK, null, 1_000_000);

                    assertThat(prometheus.scrape())
                            .contains("mq_producer_send_seconds_bucket{kind=\"none\",mode=\"async\",outcome=\"weak\","
                                    + "producer=\"orders\",topic=\"t\",le=\"0.01\"} 1")
                            .contains("le=\"0.001\"} 1")
                            .doesNotContain("mq_producer_attempt_seconds_bucket");
                });
    }

    private static MeterRegistry registry(ApplicationContext context) {
        return context.getBean(MeterRegistry.class);
    }

    private static ProducerMetrics metricsOf(MQProducerBuilder builder) {
        try {
            Field field = MQProducerBuilder.class.getDeclaredField("metrics");
            field.setAccessible(true);
            return (ProducerMetrics) field.get(builder);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** Keeps what the builder had when this customizer was called. */
    private static final class Capture implements MQProducerBuilderCustomizer {

        private ProducerMetrics metrics = ProducerMetrics.NONE;
        private MQProducerBuilder builder;

        @Override
        public void customize(String name, MQProducerBuilder builder) {
            this.builder = builder;
            this.metrics = metricsOf(builder);
        }
    }
}
