package io.mqproducer.spring.boot.autoconfigure.messaging;

import io.mqproducer.spring.JsonMQMessageConverter;
import io.mqproducer.spring.MQMessageConverter;
import io.mqproducer.spring.MQOperations;
import io.mqproducer.spring.boot.autoconfigure.MQProducerProperties;
import io.mqproducer.spring.boot.autoconfigure.properties.ProducerSettings;
import io.mqproducer.spring.boot.autoconfigure.properties.TemplateSettings;
import io.mqproducer.spring.messaging.DefaultMQHeaderMapper;
import io.mqproducer.spring.messaging.MQHeaderMapper;
import io.mqproducer.spring.messaging.MQMessagingTemplate;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;

/** Makes the templates for Spring's messages: that of the primary producer, and those of the instances. */
final class MessagingTemplates {

    static final String BEAN = "mqMessagingTemplates";

    private final ObjectProvider<MQMessageConverter> converter;
    private final MQHeaderMapper headerMapper;
    private final MQProducerProperties properties;

    MessagingTemplates(
            ObjectProvider<MQMessageConverter> converter,
            MQHeaderMapper headerMapper,
            MQProducerProperties properties) {
        this.converter = converter;
        this.headerMapper = headerMapper;
        this.properties = properties;
    }

    MQMessagingTemplate primary(MQOperations operations) {
        return template(operations, headerMapper, properties.getTemplate());
    }

    /** @param operations the instance's; by the time they exist the properties hold what the instance has inherited */
    MQMessagingTemplate named(String name, MQOperations operations) {
        Map<String, ProducerSettings> instances = properties.getInstances();
        TemplateSettings settings = instances.getOrDefault(name, properties).getTemplate();
        MQHeaderMapper mapper = headerMapper instanceof PrimaryHeaderMapper
                ? new DefaultMQHeaderMapper(settings.isContentTypeEnabled())
                : headerMapper;
        return template(operations, mapper, settings);
    }

    private MQMessagingTemplate template(MQOperations operations, MQHeaderMapper mapper, TemplateSettings settings) {
        MQMessagingTemplate template =
                new MQMessagingTemplate(operations, converter.getIfUnique(JsonMQMessageConverter::new), mapper);
        template.setDefaultDestination(settings.getDefaultTopic());
        return template;
    }

    /** By the primary producer's settings, so nobody else's: what the application brings instead serves all. */
    static final class PrimaryHeaderMapper extends DefaultMQHeaderMapper {

        PrimaryHeaderMapper(TemplateSettings settings) {
            super(settings.isContentTypeEnabled());
        }
    }
}
