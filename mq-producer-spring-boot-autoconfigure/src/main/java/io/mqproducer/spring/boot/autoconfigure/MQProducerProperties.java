package io.mqproducer.spring.boot.autoconfigure;

import io.mqproducer.spring.boot.autoconfigure.properties.MetricsSettings;
import io.mqproducer.spring.boot.autoconfigure.properties.ProducerSettings;
import io.mqproducer.spring.boot.autoconfigure.properties.SharedTransactionSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;

/** All properties below {@code mq.producer}: the primary producer's settings, and what holds for all producers. */
@ConfigurationProperties("mq.producer")
public class MQProducerProperties extends ProducerSettings {

    @NestedConfigurationProperty
    private final MetricsSettings metrics = new MetricsSettings();

    @NestedConfigurationProperty
    private final SharedTransactionSettings transaction = new SharedTransactionSettings();

    /** Additional producers, by name. Settings that are not given are taken from the primary producer. */
    private Map<String, ProducerSettings> instances = new LinkedHashMap<>();

    public MetricsSettings getMetrics() {
        return metrics;
    }

    @Override
    public SharedTransactionSettings getTransaction() {
        return transaction;
    }

    public Map<String, ProducerSettings> getInstances() {
        return instances;
    }

    public void setInstances(Map<String, ProducerSettings> instances) {
        this.instances = instances;
    }
}
