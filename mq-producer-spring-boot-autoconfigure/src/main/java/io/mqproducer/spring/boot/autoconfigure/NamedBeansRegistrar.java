package io.mqproducer.spring.boot.autoconfigure;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.ConstructorArgumentValues;
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
 * Registers what auto-configurations make for each instance below {@code mq.producer.instances}. None of these beans is what
 * an injection point without a qualifier gets, so the primary ones stay alone with that. Made by factory methods, for
 * which code can be generated ahead of time.
 */
public abstract class NamedBeansRegistrar implements ImportBeanDefinitionRegistrar, EnvironmentAware {

    private Environment environment;

    /** A registrar, which is told its environment before it registers. */
    @SuppressWarnings("NullAway.Init")
    protected NamedBeansRegistrar() {}

    @Override
    public final void setEnvironment(Environment environment) {
        this.environment = environment;
    }

    /** The name of an instance's producer. */
    protected static String producerBean(String name) {
        return name + "MqProducer";
    }

    /** The name of an instance's template. */
    protected static String templateBean(String name) {
        return name + "MqTemplate";
    }

    @Override
    public final void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
        InstanceBinding.names(environment).forEach(name -> registerInstance(name, registry));
    }

    /** Registers the beans of one instance. */
    protected abstract void registerInstance(String name, BeanDefinitionRegistry registry);

    /**
     * Registers a bean of an instance under a name that no other bean may have.
     *
     * @param factoryBean the bean that makes it
     * @param method the method that does, which is given the instance's name and these beans
     */
    protected final void register(
            String name,
            BeanDefinitionRegistry registry,
            String bean,
            Class<?> type,
            String factoryBean,
            String method,
            String... beans) {
        if (registry.containsBeanDefinition(bean)) {
            throw new NamedProducerClashException(
                    name, bean, registry.getBeanDefinition(bean).getResourceDescription());
        }
        registry.registerBeanDefinition(bean, definition(name, type, factoryBean, method, beans));
    }

    private static RootBeanDefinition definition(
            String name, Class<?> type, String factoryBean, String method, String... beans) {
        RootBeanDefinition definition = new RootBeanDefinition(type);
        definition.setFactoryBeanName(factoryBean);
        definition.setFactoryMethodName(method);
        ConstructorArgumentValues arguments = definition.getConstructorArgumentValues();
        arguments.addIndexedArgumentValue(0, name);
        for (int i = 0; i < beans.length; i++) {
            arguments.addIndexedArgumentValue(i + 1, new RuntimeBeanReference(beans[i]));
        }
        definition.setDefaultCandidate(false);
        definition.setDestroyMethodName(AbstractBeanDefinition.INFER_METHOD);
        definition.addQualifier(new AutowireCandidateQualifier(Qualifier.class, name));
        return definition;
    }
}
