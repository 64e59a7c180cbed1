package io.mqproducer.spring.boot.autoconfigure.observation;

import static io.micrometer.observation.tck.TestObservationRegistryAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.mqproducer.recording.RecordingMQProducer;
import io.mqproducer.spring.MQTemplate;
import io.mqproducer.spring.boot.autoconfigure.BootAutoConfigurations;
import io.mqproducer.spring.boot.autoconfigure.MQProducerAutoConfiguration;
import io.mqproducer.spring.observation.DefaultMQTemplateObservationConvention;
import io.mqproducer.spring.observation.MQTemplateObservationConvention;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class MQTemplateObservationAutoConfigurationTest {

    private final TestObservationRegistry registry = TestObservationRegistry.create();
    private final RecordingMQProducer producer = new RecordingMQProducer();
    private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    MQTemplateObservationAutoConfiguration.class, MQProducerAutoConfiguration.class))
            .withPropertyValues("mq.producer.group=orders")
            .withBean(RecordingMQProducer.class, () -> producer);
    private final ApplicationContextRunner enabled =
            contextRunner.withPropertyValues("mq.producer.template.observation-enabled=true");

    @Test
    void observesOnRequest() {
        enabled.withBean(ObservationRegistry.class, () -> registry).run(context -> {
            MQTemplate template = context.getBean(MQTemplate.class);

            template.send("t", "x");

            assertThat(registry)
                    .hasSingleObservationThat()
                    .hasNameEqualTo("mq.template.send")
                    .hasLowCardinalityKeyValue("mq.template.name", "orders");
            assertThat(template.getProducer()).isSameAs(producer);
        });
    }

    @Test
    void observesNothingUnlessAsked() {
        contextRunner.withBean(ObservationRegistry.class, () -> registry).run(context -> {
            context.getBean(MQTemplate.class).send("t", "x");

            assertThat(registry).doesNotHaveAnyObservation();
        });
    }

    @Test
    void namesByTheConventionOfTheApplication() {
        MQTemplateObservationConvention own = new DefaultMQTemplateObservationConvention() {
            @Override
            public String getName() {
                return "own";
            }
        };

        enabled.withBean(ObservationRegistry.class, () -> registry)
                .withBean(MQTemplateObservationConvention.class, () -> own)
                .run(context -> {
                    context.getBean(MQTemplate.class).send("t", "x");

                    assertThat(registry).hasSingleObservationThat().hasNameEqualTo("own");
                });
    }

    /** In whatever order auto-configurations are named. */
    @Test
    void becomesATimerByBootsOwnRegistry() {
        enabled.withConfiguration(AutoConfigurations.of(
                        BootAutoConfigurations.OBSERVATION,
                        BootAutoConfigurations.SIMPLE_METRICS_EXPORT,
                        BootAutoConfigurations.COMPOSITE_METER_REGISTRY,
                        BootAutoConfigurations.METRICS))
                .run(context -> {
                    context.getBean(MQTemplate.class).send("t", "x");

                    assertThat(context.getBean(MeterRegistry.class)
                                    .get("mq.template.send")
                                    .tags("messaging.destination.name", "t", "error", "none")
                                    .timer()
                                    .count())
                            .isEqualTo(1);
                });
    }

    @Test
    void saysWhatIsMissing(CapturedOutput output) {
        enabled.run(context -> context.getBean(MQTemplate.class).send("t", "x"));
        assertThat(output)
                .contains("the sends of MQ producer 'orders' are to be observed, but there is no ObservationRegistry");

        enabled.withClassLoader(new FilteredClassLoader("io.micrometer"))
                .run(context -> context.getBean(MQTemplate.class).send("t", "x"));
        assertThat(output)
                .contains(
                        "mq.producer.template.observation-enabled is set, but there is no Micrometer to observe with");
        assertThat(producer.sends()).hasSize(2);
    }

    @Test
    void saysNothingUnlessAsked(CapturedOutput output) {
        contextRunner
                .withClassLoader(new FilteredClassLoader("io.micrometer"))
                .run(context -> context.getBean(MQTemplate.class).send("t", "x"));

        assertThat(output).doesNotContain("observ");
    }
}
