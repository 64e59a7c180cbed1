package io.mqproducer.spring.boot.autoconfigure.actuate;

import io.mqproducer.spring.boot.autoconfigure.MQProducerAutoConfiguration;
import java.time.Clock;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of the endpoint {@code mqproducers}. */
@AutoConfiguration(after = MQProducerAutoConfiguration.class)
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
@ConditionalOnBooleanProperty(name = "mq.producer.enabled", matchIfMissing = true)
@ConditionalOnAvailableEndpoint(MQProducersEndpoint.class)
public final class MQProducersEndpointAutoConfiguration {

    MQProducersEndpointAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    MQProducersEndpoint mqProducersEndpoint(ListableBeanFactory beans) {
        return new MQProducersEndpoint(beans, Clock.systemUTC());
    }
}
