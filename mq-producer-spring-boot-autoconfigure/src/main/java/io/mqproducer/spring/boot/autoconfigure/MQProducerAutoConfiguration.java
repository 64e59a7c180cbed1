package io.mqproducer.spring.boot.autoconfigure;

import io.mqproducer.IoThreads;
import io.mqproducer.MQProducer;
import io.mqproducer.spring.MQMessageConverter;
import io.mqproducer.spring.MQOperations;
import io.mqproducer.spring.MQTemplate;
import io.mqproducer.spring.MessageTransactions;
import io.mqproducer.spring.boot.autoconfigure.properties.ConnectionSettings;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/** Auto-configuration of a producer, its life cycle and its template. */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration",
            "org.springframework.boot.jackson2.autoconfigure.Jackson2AutoConfiguration",
            "org.springframework.boot.autoconfigure.jackson.JacksonAutoConfiguration"
        })
@ConditionalOnClass(MQProducer.class)
@ConditionalOnBooleanProperty(name = "mq.producer.enabled", matchIfMissing = true)
@EnableConfigurationProperties(MQProducerProperties.class)
@Import({
    MessageConverterConfigurations.Jackson3.class,
    MessageConverterConfigurations.Jackson2.class,
    MessageConverterConfigurations.NoJson.class,
    NamedProducersRegistrar.class
})
public final class MQProducerAutoConfiguration {

    MQProducerAutoConfiguration() {}

    @Bean
    SslBundleLookup mqSslBundleLookup(ObjectProvider<SslBundles> bundles) {
        return new SslBundleLookup(bundles);
    }

    @Bean
    @ConditionalOnMissingBean(MQConnectionDetails.class)
    PropertiesMQConnectionDetails mqConnectionDetails(MQProducerProperties properties, SslBundleLookup bundles) {
        return new PropertiesMQConnectionDetails(properties, bundles);
    }

    @Bean
    ConfiguredProducers mqConfiguredProducers(
            MQProducerProperties properties,
            MQConnectionDetails details,
            Environment environment,
            ListableBeanFactory beanFactory) {
        boolean detailed = !(details instanceof PropertiesMQConnectionDetails);
        ConfiguredProducers producers = ConfiguredProducers.of(properties, detailed, environment);
        SettingsAdvice.give(producers, detailed, environment);
        SettingsAdvice.adviseOnLateInstances(producers, beanFactory::containsBeanDefinition);
        return producers;
    }

    /** Made when it is needed: when there is more than one producer. */
    @Bean
    @Lazy
    @ConditionalOnMissingBean
    IoThreads mqIoThreads(MQProducerProperties properties) {
        ConnectionSettings connection = properties.getConnection();
        Integer count = connection.getIoThreads();
        return count == null
                ? IoThreads.create(connection.isNativeTransport())
                : IoThreads.create(count, connection.isNativeTransport());
    }

    @Bean(DefaultMQProducerFactory.BEAN)
    @ConditionalOnMissingBean(MQProducerFactory.class)
    DefaultMQProducerFactory mqProducerFactory(
            ConfiguredProducers producers,
            MQConnectionDetails details,
            SslBundleLookup bundles,
            ConfigurableListableBeanFactory beanFactory) {
        return new DefaultMQProducerFactory(producers, details, bundles, beanFactory);
    }

    @Bean(ConfiguredProducers.PRIMARY_BEAN)
    @ConditionalOnMissingBean
    MQProducer mqProducer(MQProducerFactory factory, ConfiguredProducers producers) {
        return factory.create(producers.primary().name());
    }

    @Bean(NamedProducers.BEAN)
    NamedProducers mqNamedProducers(
            ConfiguredProducers producers, MQProducerFactory factory, TemplateAssembly templates) {
        return new NamedProducers(producers, factory, templates);
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnSingleCandidate(MQProducer.class)
    MQProducerLifecycle mqProducerLifecycle(
            MQProducer producer,
            MQProducerProperties properties,
            ConfiguredProducers producers,
            ConfigurableListableBeanFactory beanFactory) {
        boolean starts = beanFactory.containsBean(ConfiguredProducers.PRIMARY_BEAN)
                ? producers.startsPrimary()
                : properties.isAutoStartup();
        return new MQProducerLifecycle(producer, starts, properties.getShutdownTimeout());
    }

    @Bean
    @ConditionalOnMissingBean(MQOperations.class)
    @ConditionalOnSingleCandidate(MQProducer.class)
    MQTemplate mqTemplate(MQProducer producer, ConfiguredProducers producers, TemplateAssembly templates) {
        return templates.assemble(producers.primary(), producer);
    }

    @Bean
    TemplateAssembly mqTemplateAssembly(
            ObjectProvider<MQMessageConverter> converter,
            ObjectProvider<MessageTransactions> transactions,
            ObjectProvider<TemplateObservation> observation,
            ObjectProvider<MQTemplateCustomizer> customizers) {
        return new TemplateAssembly(converter, transactions, observation, customizers);
    }
}
