package io.mqproducer.spring.boot.autoconfigure;

import io.mqproducer.MQProducer;
import io.mqproducer.spring.MQMessageConverter;
import io.mqproducer.spring.MQTemplate;
import io.mqproducer.spring.boot.autoconfigure.properties.ProducerSettings;

/** Makes the beans of the instances that {@link NamedProducersRegistrar} registers. */
final class NamedProducers {

    static final String BEAN = "mqNamedProducers";

    private final ConfiguredProducers producers;
    private final MQProducerFactory factory;
    private final MQMessageConverter converter;

    NamedProducers(ConfiguredProducers producers, MQProducerFactory factory, MQMessageConverter converter) {
        this.producers = producers;
        this.factory = factory;
        this.converter = converter;
    }

    MQProducer producer(String name) {
        return factory.create(name);
    }

    MQTemplate template(String name, MQProducer producer) {
        return MQTemplate.builder(producer)
                .converter(converter)
                .defaultDestination(
                        producers.named(name).settings().getTemplate().getDefaultTopic())
                .build();
    }

    MQProducerLifecycle lifecycle(String name, MQProducer producer) {
        ProducerSettings settings = producers.named(name).settings();
        return new MQProducerLifecycle(producer, settings.isAutoStartup(), settings.getShutdownTimeout());
    }
}
