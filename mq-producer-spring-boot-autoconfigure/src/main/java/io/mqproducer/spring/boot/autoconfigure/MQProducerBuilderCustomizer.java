package io.mqproducer.spring.boot.autoconfigure;

import io.mqproducer.MQProducerBuilder;

/**
 * Changes the builder of a producer that auto-configuration makes, after its properties and hooks have been set. Any
 * number of beans, called in their order.
 */
@FunctionalInterface
public interface MQProducerBuilderCustomizer {

    /**
     * Changes the builder.
     *
     * @param name the producer's name, as it appears in its meters and logs: the group of the primary producer
     * @param builder holds all that the properties say
     */
    void customize(String name, MQProducerBuilder builder);
}
