package io.mqproducer.spring.boot.autoconfigure;

import io.mqproducer.MQProducer;
import io.mqproducer.spring.MQTemplate;
import io.mqproducer.spring.boot.autoconfigure.properties.ProducerSettings;

/** Makes the beans of the instances that {@link NamedProducersRegistrar} registers. */
final class NamedProducers {

    static final String BEAN = "mqNamedProducers";

    private final ConfiguredProducers producers;
    private final MQProducerFactory factory;
    private final TemplateAssembly templates;

    NamedProducers(ConfiguredProducers producers, MQProducerFactory factory, TemplateAssembly templates) {
        this.producers = producers;
        this.factory = factory;
        this.templates = templates;
    }

    /** @throws MissingInstanceException if there is no such instance: it must not be taken for the primary producer */
    MQProducer producer(String name) {
        if (!producers.instanceNames().contains(name)) {
            throw new MissingInstanceException(name);
        }
        return factory.create(name);
    }

    MQTemplate template(String name, MQProducer producer) {
        return templates.assemble(producers.named(name), producer);
    }

    MQProducerLifecycle lifecycle(String name, MQProducer producer) {
        ProducerSettings settings = producers.named(name).settings();
        return new MQProducerLifecycle(producer, settings.isAutoStartup(), settings.getShutdownTimeout());
    }
}
