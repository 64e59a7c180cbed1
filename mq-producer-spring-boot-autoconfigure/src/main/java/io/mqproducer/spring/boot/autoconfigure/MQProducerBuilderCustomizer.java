package io.mqproducer.spring.boot.autoconfigure;

import io.mqproducer.MQProducerBuilder;

/**
 * Changes the builder of a producer that auto-configuration makes, after its properties and hooks have been set. Any
 * number of beans, called in their order.
 *
 * <p>As hooks, transaction checkers and credentials providers it is for every producer of the context; one with
 * {@code @Qualifier}, on its class or the method that makes it, is for that producer alone: for an instance by its name, for
 * the primary one by {@code mqProducer} or its group.
 */
@FunctionalInterface
public interface MQProducerBuilderCustomizer {

    /**
     * Changes the builder.
     *
     * @param name the producer's name, as it appears in its meters and logs: the group of the primary
     *     producer, the name of an instance
     * @param builder holds all that the properties say
     */
    void customize(String name, MQProducerBuilder builder);
}
