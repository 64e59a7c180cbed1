package io.mqproducer.spring.boot.autoconfigure.messaging;

import io.mqproducer.spring.MQMessageConverter;
import io.mqproducer.spring.MQOperations;
import io.mqproducer.spring.boot.autoconfigure.MQProducerAutoConfiguration;
import io.mqproducer.spring.boot.autoconfigure.MQProducerProperties;
import io.mqproducer.spring.messaging.DefaultMQHeaderMapper;
import io.mqproducer.spring.messaging.MQHeaderMapper;
import io.mqproducer.spring.messaging.MQMessagingTemplate;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.messaging.core.AbstractMessageSendingTemplate;

/** Auto-configuration of the templates for messages of Spring's messaging. */
@AutoConfiguration(after = MQProducerAutoConfiguration.class)
@ConditionalOnClass(AbstractMessageSendingTemplate.class)
@ConditionalOnSingleCandidate(MQOperations.class)
@EnableConfigurationProperties(MQProducerProperties.class)
@Import(NamedMessagingTemplatesRegistrar.class)
public final class MQMessagingAutoConfiguration {

    MQMessagingAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean(MQHeaderMapper.class)
    DefaultMQHeaderMapper mqHeaderMapper(MQProducerProperties properties) {
        return new MessagingTemplates.PrimaryHeaderMapper(properties.getTemplate());
    }

    @Bean(MessagingTemplates.BEAN)
    MessagingTemplates mqMessagingTemplates(
            ObjectProvider<MQMessageConverter> converter,
            MQHeaderMapper headerMapper,
            MQProducerProperties properties) {
        return new MessagingTemplates(converter, headerMapper, properties);
    }

    @Bean
    @ConditionalOnMissingBean
    MQMessagingTemplate mqMessagingTemplate(MQOperations operations, MessagingTemplates templates) {
        return templates.primary(operations);
    }
}
