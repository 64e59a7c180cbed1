package io.mqproducer.spring.boot.autoconfigure.actuate;

import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of what keeps the producers' secrets out of actuator's {@code env} and {@code configprops}, even where
 * these show all values.
 */
@AutoConfiguration
@ConditionalOnClass(SanitizingFunction.class)
public final class MQProducerSanitizingAutoConfiguration {

    MQProducerSanitizingAutoConfiguration() {}

    @Bean
    SanitizingFunction mqProducerSanitizingFunction() {
        return new SecretSanitizing();
    }
}
