package io.mqproducer.spring.boot.autoconfigure.observation;

import io.micrometer.observation.ObservationRegistry;
import io.mqproducer.spring.boot.autoconfigure.MQProducerAutoConfiguration;
import io.mqproducer.spring.boot.autoconfigure.TemplateObservation;
import io.mqproducer.spring.observation.MQTemplateObservationConvention;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of the observation of templates, which their settings ask for. */
@AutoConfiguration(
        before = MQProducerAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration",
            "org.springframework.boot.actuate.autoconfigure.observation.ObservationAutoConfiguration"
        })
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBooleanProperty(name = "mq.producer.enabled", matchIfMissing = true)
public final class MQTemplateObservationAutoConfiguration {

    MQTemplateObservationAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean(TemplateObservation.class)
    MicrometerTemplateObservation mqTemplateObservation(
            ObjectProvider<ObservationRegistry> registry, ObjectProvider<MQTemplateObservationConvention> convention) {
        return new MicrometerTemplateObservation(registry, convention);
    }
}
