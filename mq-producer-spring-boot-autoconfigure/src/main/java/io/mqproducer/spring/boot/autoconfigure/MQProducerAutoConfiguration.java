package io.mqproducer.spring.boot.autoconfigure;

import io.mqproducer.MQProducer;
import io.mqproducer.MQProducerBuilder;
import io.mqproducer.spi.CredentialsProvider;
import io.mqproducer.spi.SendMessageHook;
import io.mqproducer.spi.TransactionChecker;
import io.mqproducer.spring.MQMessageConverter;
import io.mqproducer.spring.MQOperations;
import io.mqproducer.spring.MQTemplate;
import io.mqproducer.spring.MessageTransactions;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
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
    MessageConverterConfigurations.NoJson.class
})
public final class MQProducerAutoConfiguration {

    MQProducerAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    MQProducer mqProducer(
            MQProducerProperties properties,
            Environment environment,
            ObjectProvider<SendMessageHook> hooks,
            ObjectProvider<CredentialsProvider> credentials,
            ObjectProvider<TransactionChecker> transactionCheckers,
            ObjectProvider<MQProducerBuilderCustomizer> customizers) {
        SettingsAdvice.give(properties, environment);
        ProducerGroup group = ProducerGroup.of(properties.getGroup(), environment);
        MQProducerBuilder builder = checked(group, () -> ProducerSettingsMapper.toBuilder(group.name(), properties));
        hooks.orderedStream().forEach(builder::hook);
        credentials.ifAvailable(builder::credentials);
        transactionCheckers.orderedStream().forEach(builder::transactionChecker);
        customizers.orderedStream().forEach(customizer -> customizer.customize(group.name(), builder));
        return checked(group, builder::build);
    }

    private static <T> T checked(ProducerGroup group, Supplier<T> step) {
        try {
            return step.get();
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new InvalidProducerSettingsException(group, e);
        }
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnSingleCandidate(MQProducer.class)
    MQProducerLifecycle mqProducerLifecycle(MQProducer producer, MQProducerProperties properties) {
        return new MQProducerLifecycle(producer, properties.isAutoStartup(), properties.getShutdownTimeout());
    }

    @Bean
    @ConditionalOnMissingBean(MQOperations.class)
    @ConditionalOnSingleCandidate(MQProducer.class)
    MQTemplate mqTemplate(
            MQProducer producer,
            MQMessageConverter converter,
            MQProducerProperties properties,
            ObjectProvider<MessageTransactions> transactions) {
        MQTemplate.Builder template = MQTemplate.builder(producer)
                .converter(converter)
                .defaultDestination(properties.getTemplate().getDefaultTopic());
        transactions.ifAvailable(template::transactions);
        return template.build();
    }
}
