package io.mqproducer.samples.orders;

import io.mqproducer.spring.boot.autoconfigure.MQProducerBuilderCustomizer;
import io.mqproducer.test.EmbeddedRocketMQ;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/**
 * A real RocketMQ of the sample's own, in child processes, unless {@code mq.producer.name-servers} says where another
 * one is. The first start fetches RocketMQ's jars.
 */
@Configuration(proxyBeanMethods = false)
@Conditional(OwnRocketMQ.OnNoNameServers.class)
class OwnRocketMQ {

    /** Ends after the producer, which depends on it. */
    @Bean(destroyMethod = "close")
    EmbeddedRocketMQ rocketMQ() {
        return EmbeddedRocketMQ.start();
    }

    @Bean
    MQProducerBuilderCustomizer ownNameServers(EmbeddedRocketMQ rocketMQ) {
        return (name, builder) -> builder.nameServers(rocketMQ.nameServerAddresses());
    }

    /** Where to find the brokers is left to us. */
    static final class OnNoNameServers extends NoneNestedConditions {

        OnNoNameServers() {
            super(ConfigurationPhase.REGISTER_BEAN);
        }

        @ConditionalOnProperty("mq.producer.name-servers")
        static final class NameServers {}
    }
}
