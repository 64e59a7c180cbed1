package io.mqproducer.samples.orders;

import io.mqproducer.spring.boot.autoconfigure.MQConnectionDetails;
import io.mqproducer.test.EmbeddedRocketMQ;
import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/**
 * A real RocketMQ of the sample's own, in child processes, unless {@code mq.producer.name-servers} or a test says where
 * another one is. The first start fetches RocketMQ's jars.
 */
@Configuration(proxyBeanMethods = false)
@Conditional(OwnRocketMQ.OnNothingElse.class)
class OwnRocketMQ {

    /** Ends after the producers, which depend on it. */
    @Bean(destroyMethod = "close")
    EmbeddedRocketMQ rocketMQ() {
        return EmbeddedRocketMQ.start();
    }

    /** Serves all producers that name no servers themselves. */
    @Bean
    MQConnectionDetails ownConnectionDetails(EmbeddedRocketMQ rocketMQ) {
        return new OwnConnectionDetails(rocketMQ.nameServerAddresses());
    }

    private record OwnConnectionDetails(String nameServers) implements MQConnectionDetails {

        @Override
        public List<String> getNameServers() {
            return List.of(nameServers);
        }
    }

    /** Where to find the brokers is left to us. */
    static final class OnNothingElse extends NoneNestedConditions {

        OnNothingElse() {
            super(ConfigurationPhase.REGISTER_BEAN);
        }

        @ConditionalOnProperty("mq.producer.name-servers")
        static final class NameServers {}

        @ConditionalOnBean(MQConnectionDetails.class)
        static final class ConnectionDetails {}
    }
}
