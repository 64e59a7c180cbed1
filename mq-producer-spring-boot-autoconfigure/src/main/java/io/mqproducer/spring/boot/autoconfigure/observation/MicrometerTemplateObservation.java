package io.mqproducer.spring.boot.autoconfigure.observation;

import io.micrometer.observation.ObservationRegistry;
import io.mqproducer.MQProducer;
import io.mqproducer.spring.boot.autoconfigure.TemplateObservation;
import io.mqproducer.spring.observation.MQTemplateObservationConvention;
import io.mqproducer.spring.observation.ObservedMQProducer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;

/** Observes by the context's registry and convention, which are looked for when the first template asks. */
final class MicrometerTemplateObservation implements TemplateObservation {

    private static final Logger log = LoggerFactory.getLogger(MicrometerTemplateObservation.class);

    private final ObjectProvider<ObservationRegistry> registry;
    private final ObjectProvider<MQTemplateObservationConvention> convention;

    MicrometerTemplateObservation(
            ObjectProvider<ObservationRegistry> registry, ObjectProvider<MQTemplateObservationConvention> convention) {
        this.registry = registry;
        this.convention = convention;
    }

    @Override
    public MQProducer observed(String name, MQProducer producer) {
        ObservationRegistry found = registry.getIfAvailable();
        if (found == null) {
            log.warn(
                    "the sends of MQ producer '{}' are to be observed, but there is no ObservationRegistry: add"
                            + " spring-boot-starter-actuator",
                    name);
            return producer;
        }
        return new ObservedMQProducer(name, producer, found, convention.getIfUnique());
    }
}
