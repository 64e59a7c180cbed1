package io.mqproducer.spring.boot.autoconfigure.messaging;

import io.mqproducer.spring.boot.autoconfigure.NamedBeansRegistrar;
import io.mqproducer.spring.messaging.MQMessagingTemplate;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;

/** Registers a template for Spring's messages beside the template of each instance. */
final class NamedMessagingTemplatesRegistrar extends NamedBeansRegistrar {

    NamedMessagingTemplatesRegistrar() {}

    @Override
    protected void registerInstance(String name, BeanDefinitionRegistry registry) {
        String template = templateBean(name);
        if (registry.containsBeanDefinition(template)) { // not with mq.producer.enabled=false
            register(
                    name,
                    registry,
                    name + "MqMessagingTemplate",
                    MQMessagingTemplate.class,
                    MessagingTemplates.BEAN,
                    "named",
                    template);
        }
    }
}
