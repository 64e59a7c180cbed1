package io.mqproducer.spring.boot.autoconfigure.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.MQProducer;
import io.mqproducer.ProducerStatus;
import io.mqproducer.ProducerStatus.NameServer;
import io.mqproducer.ProducerStatus.State;
import io.mqproducer.recording.RecordingMQProducer;
import io.mqproducer.spring.boot.autoconfigure.MQProducerAutoConfiguration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthContributors;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class MQProducerHealthContributorAutoConfigurationTest {

    private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    MQProducerAutoConfiguration.class, MQProducerHealthContributorAutoConfiguration.class))
            .withPropertyValues("mq.producer.auto-startup=false");

    @Test
    void showsTheProducersHealth() {
        contextRunner.withBean(MQProducer.class, () -> producer("ns1:9876")).run(context -> {
            Health health = context.getBean("mqProducerHealthContributor", HealthIndicator.class)
                    .health();

            assertThat(health.getStatus()).isEqualTo(Status.UP);
            assertThat(health.getDetails())
                    .containsEntry("state", "RUNNING")
                    .containsEntry("messagesInFlight", 0)
                    .containsEntry("nameServers", Map.of("ns1:9876", "answers"));
        });
    }

    @Test
    void knowsNothingOfAProducerThatHasNotStarted() {
        contextRunner.run(context -> assertThat(
                        context.getBean(HealthIndicator.class).health().getStatus())
                .isEqualTo(Status.UNKNOWN));
    }

    @Test
    void leavesDetailsOutWhenAsked() {
        contextRunner.run(context -> assertThat(
                        context.getBean(HealthIndicator.class).health(false).getDetails())
                .isEmpty());
    }

    @Test
    void showsSeveralProducersByName() {
        contextRunner
                .withBean("one", MQProducer.class, () -> producer("ns1:9876"))
                .withBean("two", MQProducer.class, () -> producer("ns2:9876"))
                .run(context -> assertThat(context.getBean(CompositeHealthContributor.class).stream()
                                .map(HealthContributors.Entry::name))
                        .containsExactlyInAnyOrder("one", "two"));
    }

    @Test
    void showsNamedProducersByTheirBeans() {
        contextRunner
                .withPropertyValues("mq.producer.instances.audit.group=a", "mq.producer.instances.other.group=o")
                .run(context -> assertThat(
                                context
                                        .getBean("mqProducerHealthContributor", CompositeHealthContributor.class)
                                        .stream())
                        .extracting(HealthContributors.Entry::name)
                        .containsExactlyInAnyOrder("mqProducer", "auditMqProducer", "otherMqProducer"));
    }

    @Test
    void backsOffWithoutHealth() {
        contextRunner
                .withClassLoader(new FilteredClassLoader(ConditionalOnEnabledHealthIndicator.class))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasBean("mqProducer")
                        .doesNotHaveBean("mqProducerHealthContributor"));
    }

    @Test
    void backsOffWhenDisabled() {
        contextRunner
                .withPropertyValues("management.health.mq-producer.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean("mqProducerHealthContributor"));
        contextRunner
                .withPropertyValues("management.health.defaults.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean("mqProducerHealthContributor"));
    }

    @Test
    void backsOffWithoutAProducer() {
        contextRunner
                .withPropertyValues("mq.producer.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(HealthContributor.class));
    }

    @Test
    void leavesTheIndicatorToTheApplication() {
        HealthIndicator own = () -> Health.up().build();

        contextRunner
                .withBean("mqProducerHealthIndicator", HealthIndicator.class, () -> own)
                .run(context -> assertThat(context)
                        .hasSingleBean(HealthContributor.class)
                        .doesNotHaveBean("mqProducerHealthContributor"));
    }

    private static MQProducer producer(String nameServer) {
        return new RecordingMQProducer()
                .withStatus(ProducerStatus.builder(State.RUNNING)
                        .nameServers(List.of(NameServer.of(nameServer, Instant.EPOCH, null)))
                        .build());
    }
}
