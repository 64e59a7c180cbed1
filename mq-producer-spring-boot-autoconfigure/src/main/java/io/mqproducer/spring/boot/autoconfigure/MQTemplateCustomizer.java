package io.mqproducer.spring.boot.autoconfigure;

import io.mqproducer.spring.MQTemplate;

/**
 * Changes the builder of a template that auto-configuration makes, after its properties have been set. Any number of beans,
 * called in their order.
 */
@FunctionalInterface
public interface MQTemplateCustomizer {

    /**
     * Changes the builder.
     *
     * @param name the name of the template's producer, as {@link MQProducerBuilderCustomizer} gets it
     * @param builder holds all that the properties say
     */
    void customize(String name, MQTemplate.Builder builder);
}
