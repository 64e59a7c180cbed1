package io.mqproducer.spring.boot.autoconfigure.health;

import io.mqproducer.MQProducer;
import io.mqproducer.spring.boot.autoconfigure.MQProducerAutoConfiguration;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.CompositeHealthContributorConfiguration;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of the producers' health on Boot 4. */
@AutoConfiguration(after = MQProducerAutoConfiguration.class)
@ConditionalOnClass({MQProducer.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean(MQProducer.class)
@ConditionalOnEnabledHealthIndicator("mq-producer")
public final class MQProducerHealthContributorAutoConfiguration
        extends CompositeHealthContributorConfiguration<MQProducerHealthIndicator, MQProducer> {

    MQProducerHealthContributorAutoConfiguration() {
        super(MQProducerHealthIndicator::new);
    }

    @Bean
    @ConditionalOnMissingBean(name = {"mqProducerHealthIndicator", "mqProducerHealthContributor"})
    HealthContributor mqProducerHealthContributor(ConfigurableListableBeanFactory beanFactory) {
        return createContributor(beanFactory, MQProducer.class);
    }
}
