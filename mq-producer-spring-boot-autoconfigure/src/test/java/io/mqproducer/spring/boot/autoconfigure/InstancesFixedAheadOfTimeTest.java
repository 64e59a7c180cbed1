package io.mqproducer.spring.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.MQProducer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** Properties that differ from those that the beans were registered by, as they may when that was done ahead of time. */
@ExtendWith(OutputCaptureExtension.class)
class InstancesFixedAheadOfTimeTest {

    private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(MQProducerAutoConfiguration.class))
            .withInitializer(context -> addLast(context.getEnvironment(), "mq.producer.instances.audit.group"))
            .withPropertyValues("mq.producer.auto-startup=false");

    @Test
    void anInstanceThatComesLaterHasNoEffectAndSaysSo(CapturedOutput output) {
        contextRunner
                .withBean(
                        BeanFactoryPostProcessor.class,
                        () -> beanFactory -> addLast(
                                beanFactory.getBean(ConfigurableEnvironment.class),
                                "mq.producer.instances[late.one].group"))
                .run(context -> {
                    assertThat(context.getBeanNamesForType(MQProducer.class))
                            .containsExactlyInAnyOrder("mqProducer", "auditMqProducer");
                    assertThat(output)
                            .containsOnlyOnce(
                                    "mq.producer.instances[late.one].* has no effect: the application was built"
                                            + " ahead of time without the MQ producer 'late.one'")
                            .doesNotContain("instances.audit.*");
                });
    }

    @Test
    void anInstanceThatIsGoneIsNotTakenForThePrimary() {
        contextRunner
                .withBean(
                        BeanFactoryPostProcessor.class,
                        () -> beanFactory -> beanFactory
                                .getBean(ConfigurableEnvironment.class)
                                .getPropertySources()
                                .remove("mq.producer.instances.audit.group"))
                .run(context -> {
                    assertThat(context).hasFailed();
                    Throwable failure = context.getStartupFailure();
                    assertThat(failure).rootCause().isInstanceOf(MissingInstanceException.class);
                    assertThat(new MissingInstanceFailureAnalyzer().analyze(failure))
                            .satisfies(analysis -> assertThat(analysis.getDescription())
                                    .isEqualTo(
                                            "The application was built ahead of time with the MQ producer 'audit', and now"
                                                    + " nothing is set below 'mq.producer.instances.audit'."))
                            .satisfies(analysis -> assertThat(analysis.getAction())
                                    .startsWith("Set 'mq.producer.instances.audit.name-servers'"));
                });
    }

    private static void addLast(ConfigurableEnvironment environment, String property) {
        environment.getPropertySources().addLast(new MapPropertySource(property, Map.of(property, "a")));
    }
}
