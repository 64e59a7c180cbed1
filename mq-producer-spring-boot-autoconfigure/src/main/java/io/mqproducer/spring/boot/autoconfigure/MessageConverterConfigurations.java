package io.mqproducer.spring.boot.autoconfigure;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mqproducer.spring.JsonMQMessageConverter;
import io.mqproducer.spring.MQMessageConverter;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** The message converter by whichever JSON mapper the application has; imported in this order. */
final class MessageConverterConfigurations {

    private MessageConverterConfigurations() {}

    /** Boot 4's own mapper. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(JsonMapper.class)
    @ConditionalOnSingleCandidate(JsonMapper.class)
    static class Jackson3 {

        @Bean
        @ConditionalOnMissingBean(MQMessageConverter.class)
        JsonMQMessageConverter mqMessageConverter(JsonMapper mapper) {
            return new JsonMQMessageConverter(
                    mapper::writeValueAsBytes, (json, type) -> mapper.readValue(json, mapper.constructType(type)));
        }
    }

    /** Boot 3.5's own mapper, which Boot 4 has as an option. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ObjectMapper.class)
    @ConditionalOnSingleCandidate(ObjectMapper.class)
    static class Jackson2 {

        @Bean
        @ConditionalOnMissingBean(MQMessageConverter.class)
        JsonMQMessageConverter mqMessageConverter(ObjectMapper mapper) {
            return new JsonMQMessageConverter(
                    mapper::writeValueAsBytes, (json, type) -> mapper.readValue(json, mapper.constructType(type)));
        }
    }

    /** No mapper: bytes and text only. */
    @Configuration(proxyBeanMethods = false)
    static class NoJson {

        @Bean
        @ConditionalOnMissingBean(MQMessageConverter.class)
        JsonMQMessageConverter mqMessageConverter() {
            return new JsonMQMessageConverter();
        }
    }
}
