package io.mqproducer.spring.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mqproducer.spring.MQMessageConverter;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Two mappers of two generations in one context; Boot 3.5 brings one only. */
class Jackson3PreferenceTest {

    @Test
    void prefersJackson3() {
        new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(MQProducerAutoConfiguration.class, BootAutoConfigurations.JACKSON))
                .withPropertyValues(
                        "mq.producer.auto-startup=false", "spring.jackson.property-naming-strategy=SNAKE_CASE")
                .withBean(ObjectMapper.class, ObjectMapper::new)
                .run(context -> assertThat(
                                context.getBean(MQMessageConverter.class).toBody(new Parcel(1)))
                        .asString()
                        .isEqualTo("{\"order_id\":1}"));
    }

    record Parcel(int orderId) {}
}
