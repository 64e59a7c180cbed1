package io.mqproducer.spring.boot.autoconfigure;

import org.springframework.util.ClassUtils;

/**
 * Auto-configurations that are another class on Boot 3.5 than on Boot 4: the one that goes with the Boot that is there. Tests
 * that take them from here are compiled once and run on both.
 */
public final class BootAutoConfigurations {

    public static final Class<?> JACKSON = oneOf(
            "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration",
            "org.springframework.boot.autoconfigure.jackson.JacksonAutoConfiguration");

    public static final Class<?> DATA_SOURCE = oneOf(
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
            "org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration");

    public static final Class<?> DATA_SOURCE_TRANSACTION_MANAGER = oneOf(
            "org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration",
            "org.springframework.boot.autoconfigure.jdbc.DataSourceTransactionManagerAutoConfiguration");

    public static final Class<?> METRICS = oneOf(
            "org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration",
            "org.springframework.boot.actuate.autoconfigure.metrics.MetricsAutoConfiguration");

    public static final Class<?> SIMPLE_METRICS_EXPORT = oneOf(
            "org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration",
            "org.springframework.boot.actuate.autoconfigure.metrics.export.simple.SimpleMetricsExportAutoConfiguration");

    public static final Class<?> COMPOSITE_METER_REGISTRY = oneOf(
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration");

    public static final Class<?> OBSERVATION = oneOf(
            "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration",
            "org.springframework.boot.actuate.autoconfigure.observation.ObservationAutoConfiguration");

    /** Ours, of the producers' health. */
    public static final Class<?> PRODUCER_HEALTH = oneOf(
            "io.mqproducer.spring.boot.autoconfigure.health.MQProducerHealthContributorAutoConfiguration",
            "io.mqproducer.spring.boot.autoconfigure.health.Boot3MQProducerHealthContributorAutoConfiguration");

    private BootAutoConfigurations() {}

    private static Class<?> oneOf(String onBoot4, String onBoot3) {
        return ClassUtils.resolveClassName(ClassUtils.isPresent(onBoot4, null) ? onBoot4 : onBoot3, null);
    }
}
