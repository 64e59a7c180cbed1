package io.mqproducer.spring.boot.autoconfigure;

import io.mqproducer.MQProducer;
import io.mqproducer.spring.MQTemplate;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.RuntimeBeanReference;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.EnvironmentAware;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Registers producer, template and life cycle of each instance below {@code mq.producer.instances}. None of them is what
 * an injection point without a qualifier gets, so the primary ones stay alone with that. Made by factory methods, for
 * which code can be generated ahead of time.
 */
final class NamedProducersRegistrar implements ImportBeanDefinitionRegistrar, EnvironmentAware {

    private Environment environment;

    @SuppressWarnings("NullAway.Init")
    NamedProducersRegistrar() {}

    @Override
    public void setEnvironment(Environment environment) {
        this.environment = environment;
    }

    static String producerBean(String name) {
        return name + "MqProducer";
    }

    static String templateBean(String name) {
        return name + "MqTemplate";
    }

    @Override
    public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
        for (String name : InstanceBinding.names(environment)) {
            String producer = producerBean(name);
            register(name, registry, producer, definition(MQProducer.class, "producer", name));
            register(name, registry, templateBean(name), user(MQTemplate.class, "template", name, producer));
            register(
                    name,
                    registry,
                    producer + "Lifecycle",
                    user(MQProducerLifecycle.class, "lifecycle", name, producer));
        }
    }

    private static void register(
            String name, BeanDefinitionRegistry registry, String bean, RootBeanDefinition definition) {
        if (registry.containsBeanDefinition(bean)) {
            throw new NamedProducerClashException(
                    name, bean, registry.getBeanDefinition(bean).getResourceDescription());
        }
        registry.registerBeanDefinition(bean, definition);
    }

    private static RootBeanDefinition user(Class<?> type, String method, String name, String producer) {
        RootBeanDefinition definition = definition(type, method, name);
        definition.getConstructorArgumentValues().addIndexedArgumentValue(1, new RuntimeBeanReference(producer));
        return definition;
    }

    private static RootBeanDefinition definition(Class<?> type, String method, String name) {
        RootBeanDefinition definition = new RootBeanDefinition(type);
        definition.setFactoryBeanName(NamedProducers.BEAN);
        definition.setFactoryMethodName(method);
        definition.getConstructorArgumentValues().addIndexedArgumentValue(0, name);
        definition.setDefaultCandidate(false);
        definition.setDestroyMethodName(AbstractBeanDefinition.INFER_METHOD);
        definition.addQualifier(new AutowireCandidateQualifier(Qualifier.class, name));
        return definition;
    }
}
