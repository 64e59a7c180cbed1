package io.mqproducer.spring.boot.autoconfigure.health;

import io.mqproducer.MQProducer;
import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;

/** {@link ProducerHealth} in the types of Boot 3.5. */
final class Boot3MQProducerHealthIndicator extends AbstractHealthIndicator {

    private final MQProducer producer;

    Boot3MQProducerHealthIndicator(MQProducer producer) {
        super("MQ producer health check failed");
        this.producer = producer;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        ProducerHealth health = ProducerHealth.of(producer.status());
        builder.status(health.condition().name()).withDetails(health.details());
    }
}
