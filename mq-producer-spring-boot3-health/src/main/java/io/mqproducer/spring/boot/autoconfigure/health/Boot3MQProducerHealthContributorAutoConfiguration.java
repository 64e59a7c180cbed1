package io.mqproducer.spring.boot.autoconfigure.health;

import io.mqproducer.MQProducer;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.actuate.autoconfigure.health.CompositeHealthContributorConfiguration;
import org.springframework.boot.actuate.autoconfigure.health.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.actuate.health.HealthContributor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of the producers' health on Boot 3.5; backs off on Boot 4, which lacks its types. */
@AutoConfiguration(afterName = "io.mqproducer.spring.boot.autoconfigure.MQProducerAutoConfiguration")
@ConditionalOnClass({MQProducer.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean(MQProducer.class)
@ConditionalOnEnabledHealthIndicator("mq-producer")
public final class Boot3MQProducerHealthContributorAutoConfiguration
        extends CompositeHealthContributorConfiguration<Boot3MQProducerHealthIndicator, MQProducer> {

    Boot3MQProducerHealthContributorAutoConfiguration() {
        super(Boot3MQProducerHealthIndicator::new);
    }

    @Bean
    @ConditionalOnMissingBean(name = {"mqProducerHealthIndicator", "mqProducerHealthContributor"})
    HealthContributor mqProducerHealthContributor(ConfigurableListableBeanFactory beanFactory) {
        return createContributor(beanFactory, MQProducer.class);
    }
}
