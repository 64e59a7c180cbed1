package io.mqproducer.spring.boot.autoconfigure.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.MQProducer;
import io.mqproducer.ProducerStatus;
import io.mqproducer.ProducerStatus.NameServer;
import io.mqproducer.ProducerStatus.State;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.boot.actuate.autoconfigure.health.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.actuate.health.CompositeHealthContributor;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthContributor;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class Boot3MQProducerHealthContributorAutoConfigurationTest {

    private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(Boot3MQProducerHealthContributorAutoConfiguration.class));

    @Test
    void showsTheProducersHealth() {
        contextRunner
                .withBean(MQProducer.class, Boot3MQProducerHealthContributorAutoConfigurationTest::producer)
                .run(context -> {
                    Health health = context.getBean("mqProducerHealthContributor", HealthIndicator.class)
                            .health();

                    assertThat(health.getStatus()).isEqualTo(Status.DOWN);
                    assertThat(health.getDetails())
                            .containsEntry("nameServers", Map.of("ns1:9876", "connection refused"));
                });
    }

    @Test
    void showsSeveralProducersByNameThoughOneIsInjectedByQualifierOnly() {
        contextRunner
                .withBean("one", MQProducer.class, Boot3MQProducerHealthContributorAutoConfigurationTest::producer)
                .withBean(
                        "two",
                        MQProducer.class,
                        Boot3MQProducerHealthContributorAutoConfigurationTest::producer,
                        definition -> ((AbstractBeanDefinition) definition).setDefaultCandidate(false))
                .run(context -> assertThat(context.getBean(CompositeHealthContributor.class))
                        .extracting(entry -> entry.getName())
                        .containsExactlyInAnyOrder("one", "two"));
    }

    @Test
    void backsOffWithoutAProducer() {
        contextRunner.run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(HealthContributor.class));
    }

    @Test
    void backsOffWithoutHealth() {
        contextRunner
                .withBean(MQProducer.class, Boot3MQProducerHealthContributorAutoConfigurationTest::producer)
                .withClassLoader(new FilteredClassLoader(ConditionalOnEnabledHealthIndicator.class))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("mqProducerHealthContributor"));
    }

    @Test
    void backsOffWhenDisabled() {
        contextRunner
                .withBean(MQProducer.class, Boot3MQProducerHealthContributorAutoConfigurationTest::producer)
                .withPropertyValues("management.health.mq-producer.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean("mqProducerHealthContributor"));
    }

    /** One whose only name server refuses connections. */
    private static MQProducer producer() {
        ProducerStatus status = ProducerStatus.builder(State.RUNNING)
                .nameServers(List.of(NameServer.of("ns1:9876", null, "connection refused")))
                .build();
        return (MQProducer) Proxy.newProxyInstance(
                MQProducer.class.getClassLoader(),
                new Class<?>[] {MQProducer.class},
                (proxy, method, arguments) -> method.getName().equals("status") ? status : null);
    }
}
