package io.mqproducer.spring.boot.autoconfigure;

import io.mqproducer.spring.boot.autoconfigure.properties.MetricsSettings;
import io.mqproducer.spring.boot.autoconfigure.properties.ProducerSettings;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;

/** All properties below {@code mq.producer}: the primary producer's settings, and what holds for all producers. */
@ConfigurationProperties("mq.producer")
public class MQProducerProperties extends ProducerSettings {

    @NestedConfigurationProperty
    private final MetricsSettings metrics = new MetricsSettings();

    public MetricsSettings getMetrics() {
        return metrics;
    }
}
