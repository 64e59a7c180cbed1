package io.mqproducer.spring.boot.autoconfigure;

import io.mqproducer.MQProducer;
import io.mqproducer.spring.MQMessageConverter;
import io.mqproducer.spring.MQTemplate;
import io.mqproducer.spring.MessageTransactions;
import io.mqproducer.spring.boot.autoconfigure.properties.ProducerSettings;
import io.mqproducer.spring.boot.autoconfigure.properties.TemplateSettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/** Makes a template of a producer, its settings and the beans that templates share. */
final class TemplateAssembly {

    private static final Logger log = LoggerFactory.getLogger(TemplateAssembly.class);

    private final ObjectProvider<MQMessageConverter> converter;
    private final ObjectProvider<MessageTransactions> transactions;
    private final ObjectProvider<TemplateObservation> observation;
    private final ObjectProvider<MQTemplateCustomizer> customizers;

    TemplateAssembly(
            ObjectProvider<MQMessageConverter> converter,
            ObjectProvider<MessageTransactions> transactions,
            ObjectProvider<TemplateObservation> observation,
            ObjectProvider<MQTemplateCustomizer> customizers) {
        this.converter = converter;
        this.transactions = transactions;
        this.observation = observation;
        this.customizers = customizers;
    }

    /**
     * The template of a producer.
     *
     * @param configured where the producer's name and settings are
     * @throws InvalidConfigurationPropertyValueException if a setting breaks a rule
     */
    MQTemplate assemble(ConfiguredProducer configured, MQProducer producer) {
        ProducerSettings settings = configured.settings();
        String name = configured.name();
        String prefix = configured.prefix();
        TemplateSettings template = settings.getTemplate();
        MQTemplate.Builder builder = MQTemplate.builder(producer)
                .converter(converter.getObject())
                .requireSendOk(template.isRequireSendOk())
                .contentTypeEnabled(template.isContentTypeEnabled())
                .requestTimeout(settings.getSendTimeout());
        setDefaultDestination(builder, prefix + ".template.default-topic", template.getDefaultTopic());
        transactions.ifAvailable(builder::transactions);
        if (template.isObservationEnabled()) {
            observe(name, prefix + ".template.observation-enabled", builder);
        }
        customizers.orderedStream().forEach(customizer -> customizer.customize(name, builder));
        return builder.build();
    }

    private static void setDefaultDestination(MQTemplate.Builder builder, String property, @Nullable String value) {
        try {
            builder.defaultDestination(value);
        } catch (IllegalArgumentException e) {
            throw new InvalidConfigurationPropertyValueException(property, value, String.valueOf(e.getMessage()));
        }
    }

    private void observe(String name, String property, MQTemplate.Builder builder) {
        TemplateObservation observing = observation.getIfAvailable();
        if (observing == null) {
            log.warn(
                    "{} is set, but there is no Micrometer to observe with: add spring-boot-starter-actuator, or"
                            + " io.micrometer:micrometer-observation",
                    property);
        } else {
            builder.decorator(producer -> observing.observed(name, producer));
        }
    }
}
