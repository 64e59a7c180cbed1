package io.mqproducer.spring.boot.autoconfigure;

import io.mqproducer.MQProducer;
import io.mqproducer.spring.MQTemplate;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;

/** Registers producer, template and life cycle of each instance. */
final class NamedProducersRegistrar extends NamedBeansRegistrar {

    NamedProducersRegistrar() {}

    @Override
    protected void registerInstance(String name, BeanDefinitionRegistry registry) {
        String producer = producerBean(name);
        String factory = NamedProducers.BEAN;
        register(name, registry, producer, MQProducer.class, factory, "producer");
        register(name, registry, templateBean(name), MQTemplate.class, factory, "template", producer);
        register(name, registry, producer + "Lifecycle", MQProducerLifecycle.class, factory, "lifecycle", producer);
    }
}
