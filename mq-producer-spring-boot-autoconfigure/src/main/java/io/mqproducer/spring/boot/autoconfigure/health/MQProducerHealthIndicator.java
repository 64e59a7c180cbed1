package io.mqproducer.spring.boot.autoconfigure.health;

import io.mqproducer.MQProducer;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** {@link ProducerHealth} in the types of Boot 4. */
final class MQProducerHealthIndicator extends AbstractHealthIndicator {

    private final MQProducer producer;

    MQProducerHealthIndicator(MQProducer producer) {
        super("MQ producer health check failed");
        this.producer = producer;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        ProducerHealth health = ProducerHealth.of(producer.status());
        builder.status(health.condition().name()).withDetails(health.details());
    }
}
