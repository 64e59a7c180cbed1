package io.mqproducer.spring.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * How sends of templates are named and tagged in observations; a bean of this type takes the place of {@link
 * DefaultMQTemplateObservationConvention}.
 */
public interface MQTemplateObservationConvention extends ObservationConvention<MQMessageSenderContext> {

    @Override
    default boolean supportsContext(Observation.Context context) {
        return context instanceof MQMessageSenderContext;
    }

    @Override
    default String getName() {
        return "mq.template.send";
    }
}
