package io.mqproducer.spring.boot.autoconfigure.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.mqproducer.spring.boot.autoconfigure.MQProducerAutoConfiguration;
import io.mqproducer.spring.boot.autoconfigure.MQProducerBuilderCustomizer;
import io.mqproducer.spring.boot.autoconfigure.MQProducerProperties;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Auto-configuration of the producers' meters. */
@AutoConfiguration(
        before = MQProducerAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.actuate.autoconfigure.metrics.MetricsAutoConfiguration",
            "org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration"
        })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean(MeterRegistry.class)
@ConditionalOnBooleanProperty(
        name = {"mq.producer.enabled", "mq.producer.metrics.enabled"},
        matchIfMissing = true)
@EnableConfigurationProperties(MQProducerProperties.class)
public final class MQProducerMetricsAutoConfiguration {

    MQProducerMetricsAutoConfiguration() {}

    /** Before all others, so that an application's customizer can set metrics of its own. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    MQProducerBuilderCustomizer mqProducerMetricsCustomizer(MeterRegistry registry, MQProducerProperties properties) {
        return (name, builder) ->
                builder.metrics(new MicrometerProducerMetrics(registry, name, properties.getMetrics()));
    }
}
