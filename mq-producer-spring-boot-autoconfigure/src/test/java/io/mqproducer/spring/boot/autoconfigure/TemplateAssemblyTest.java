package io.mqproducer.spring.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.mqproducer.exception.MessageMaybeStoredException;
import io.mqproducer.message.SendStatus;
import io.mqproducer.recording.RecordingMQProducer;
import io.mqproducer.spring.CommittedAtOnce;
import io.mqproducer.spring.MQMessageConverter;
import io.mqproducer.spring.MQTemplate;
import io.mqproducer.spring.MessageTransactions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

class TemplateAssemblyTest {

    private final RecordingMQProducer producer = new RecordingMQProducer();
    private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(MQProducerAutoConfiguration.class))
            .withPropertyValues("mq.producer.group=orders")
            .withBean(RecordingMQProducer.class, () -> producer);

    @Test
    void sendsToTheDefaultTopic() {
        contextRunner
                .withPropertyValues("mq.producer.template.default-topic=orders:created")
                .run(context -> {
                    context.getBean(MQTemplate.class).sendDefault("x");

                    assertThat(producer.sent().message().topic()).isEqualTo("orders");
                    assertThat(producer.sent().message().tag()).contains("created");
                });
    }

    @Test
    void namesThePropertyOfADefaultTopicThatIsNone() {
        contextRunner
                .withPropertyValues("mq.producer.template.default-topic=or ders")
                .run(context -> {
                    assertThat(context.getStartupFailure())
                            .extracting(TemplateAssemblyTest::invalidProperty)
                            .satisfies(e -> {
                                assertThat(e.getName()).isEqualTo("mq.producer.template.default-topic");
                                assertThat(e.getValue()).isEqualTo("or ders");
                                assertThat(e.getReason()).contains("must be 'topic' or 'topic:tag'");
                            });
                });
    }

    private static InvalidConfigurationPropertyValueException invalidProperty(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidConfigurationPropertyValueException invalid) {
                return invalid;
            }
        }
        throw new AssertionError("names no property", failure);
    }

    @Test
    void requiresSendOkOnRequest() {
        producer.script().storingAs(SendStatus.FLUSH_DISK_TIMEOUT);

        contextRunner.run(context -> assertThat(
                        context.getBean(MQTemplate.class).send("t", "x").status())
                .isEqualTo(SendStatus.FLUSH_DISK_TIMEOUT));
        contextRunner
                .withPropertyValues("mq.producer.template.require-send-ok=true")
                .run(context -> assertThatExceptionOfType(MessageMaybeStoredException.class)
                        .isThrownBy(() -> context.getBean(MQTemplate.class).send("t", "x")));
    }

    @Test
    void addsTheContentTypeOnRequest() {
        contextRunner
                .withPropertyValues("mq.producer.template.content-type-enabled=true")
                .run(context -> {
                    context.getBean(MQTemplate.class).send("t", "x");

                    assertThat(producer.sent().message().properties())
                            .containsEntry("contentType", "text/plain;charset=UTF-8");
                });
    }

    @Test
    void waitsForRepliesAsLongAsASendMayTake() {
        contextRunner.withPropertyValues("mq.producer.send-timeout=7s").run(context -> {
            context.getBean(MQTemplate.class).request("t", "x", byte[].class);

            assertThat(producer.requestTimeouts()).containsExactly(Duration.ofSeconds(7));
        });
    }

    @Test
    void callsCustomizersInTheirOrderAfterTheProperties() {
        contextRunner
                .withPropertyValues("mq.producer.template.default-topic=from-properties")
                .withUserConfiguration(Customizers.class)
                .run(context -> {
                    context.getBean(MQTemplate.class).sendDefault("x");

                    assertThat(context.getBean(Customizers.class).called).containsExactly("1 orders", "2 orders");
                    assertThat(producer.sent().message().topic()).isEqualTo("from-customizer");
                });
    }

    @Configuration(proxyBeanMethods = false)
    static class Customizers {

        private final List<String> called = new ArrayList<>();

        @Bean
        @Order(2)
        MQTemplateCustomizer second() {
            return (name, builder) -> called.add("2 " + name);
        }

        @Bean
        @Order(1)
        MQTemplateCustomizer first() {
            return (name, builder) -> {
                called.add("1 " + name);
                builder.defaultDestination("from-customizer");
            };
        }
    }

    @Test
    void convertsByTheApplicationsConverter() {
        contextRunner
                .withBean(MQMessageConverter.class, () -> payload -> new byte[] {7})
                .run(context -> {
                    context.getBean(MQTemplate.class).send("t", new Object());

                    assertThat(producer.sent().message().body()).containsExactly(7);
                });
    }

    @Test
    void joinsTransactionsIfSomebodyProvidesThem() {
        contextRunner.run(context -> assertThatIllegalStateException()
                .isThrownBy(
                        () -> context.getBean(MQTemplate.class).destination("t").afterCommit())
                .withMessageContaining("spring-tx"));
        contextRunner.withBean(MessageTransactions.class, CommittedAtOnce::new).run(context -> {
            context.getBean(MQTemplate.class)
                    .destination("t")
                    .afterCommit()
                    .send("x")
                    .join();

            assertThat(producer.sent().message().topic()).isEqualTo("t");
        });
    }
}
