package io.mqproducer.spring.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.MQProducer;
import io.mqproducer.MQProducerBuilder;
import io.mqproducer.recording.RecordingMQProducer;
import io.mqproducer.spi.SendMessageHook;
import io.mqproducer.spi.TransactionChecker;
import io.mqproducer.spring.JsonMQMessageConverter;
import io.mqproducer.spring.MQMessageConverter;
import io.mqproducer.spring.MQOperations;
import io.mqproducer.spring.MQTemplate;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class MQProducerAutoConfigurationTest {

    private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(MQProducerAutoConfiguration.class, BootAutoConfigurations.JACKSON))
            .withPropertyValues("mq.producer.auto-startup=false");

    @Test
    void hasTheseBeansByTheseNames() {
        contextRunner.run(context -> {
            assertThat(context).getBean("mqProducer").isInstanceOf(MQProducer.class);
            assertThat(context).getBean("mqTemplate").isInstanceOf(MQTemplate.class);
            assertThat(context).getBean("mqMessageConverter").isInstanceOf(JsonMQMessageConverter.class);
            assertThat(context).getBean("mqProducerLifecycle").isInstanceOf(MQProducerLifecycle.class);
            assertThat(context).hasSingleBean(MQProducer.class).hasSingleBean(MQOperations.class);
            assertThat(context.getBean(MQTemplate.class).getProducer()).isSameAs(context.getBean(MQProducer.class));
        });
    }

    @Test
    void backsOffWithoutTheCore() {
        contextRunner
                .withClassLoader(new FilteredClassLoader(MQProducer.class))
                .run(context -> assertThat(context)
                        .doesNotHaveBean("mqProducer")
                        .doesNotHaveBean("mqTemplate")
                        .doesNotHaveBean("mqMessageConverter"));
    }

    @Test
    void backsOffWhenDisabled() {
        contextRunner
                .withPropertyValues("mq.producer.enabled=false")
                .run(context -> assertThat(context)
                        .doesNotHaveBean(MQProducer.class)
                        .doesNotHaveBean(MQTemplate.class)
                        .doesNotHaveBean(MQMessageConverter.class)
                        .doesNotHaveBean(MQProducerLifecycle.class)
                        .doesNotHaveBean(MQProducerProperties.class));
    }

    @Test
    void leavesTheProducerToTheApplication() {
        RecordingMQProducer own = new RecordingMQProducer();

        contextRunner.withBean("own", MQProducer.class, () -> own).run(context -> {
            assertThat(context).hasSingleBean(MQProducer.class).doesNotHaveBean("mqProducer");
            assertThat(context.getBean(MQTemplate.class).getProducer()).isSameAs(own);
            assertThat(context).hasSingleBean(MQProducerLifecycle.class);
        });
    }

    @Test
    void makesNoTemplateWhenThereAreTwoProducersAndNonePrimary() {
        contextRunner
                .withBean("one", MQProducer.class, RecordingMQProducer::new)
                .withBean("two", MQProducer.class, RecordingMQProducer::new)
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(MQTemplate.class)
                        .doesNotHaveBean(MQProducerLifecycle.class));
    }

    @Test
    void takesThePrimaryOfTwoProducers() {
        contextRunner
                .withUserConfiguration(TwoProducers.class)
                .run(context -> assertThat(context.getBean(MQTemplate.class).getProducer())
                        .isSameAs(context.getBean("second")));
    }

    @Test
    void leavesTheTemplateToTheApplication() {
        MQOperations own = new MQTemplate(new RecordingMQProducer(), new JsonMQMessageConverter());

        contextRunner
                .withBean("own", MQOperations.class, () -> own)
                .run(context -> assertThat(context)
                        .hasSingleBean(MQOperations.class)
                        .doesNotHaveBean("mqTemplate")
                        .hasSingleBean(MQProducer.class));
    }

    @Test
    void keepsItsTemplateBesideOneThatIsNoDefaultCandidate() {
        MQTemplate extra = new MQTemplate(new RecordingMQProducer(), new JsonMQMessageConverter());

        contextRunner
                .withBean(
                        "extra",
                        MQTemplate.class,
                        () -> extra,
                        definition -> ((AbstractBeanDefinition) definition).setDefaultCandidate(false))
                .run(context -> assertThat(context).hasBean("mqTemplate").hasBean("extra"));
    }

    @Test
    void leavesTheLifeCycleToTheApplication() {
        contextRunner
                .withBean(
                        "own",
                        MQProducerLifecycle.class,
                        () -> new MQProducerLifecycle(new RecordingMQProducer(), false, Duration.ZERO))
                .run(context -> assertThat(context).hasSingleBean(MQProducerLifecycle.class));
    }

    @Test
    void takesHooksInTheirOrder() {
        contextRunner.withUserConfiguration(HooksAndCustomizers.class).run(context -> {
            List<SendMessageHook> hooks = context.getBean(HooksAndCustomizers.class).hooks;
            assertThat(hooks)
                    .containsExactly(
                            context.getBean("first", SendMessageHook.class),
                            context.getBean("second", SendMessageHook.class),
                            context.getBean("unordered", SendMessageHook.class));
        });
    }

    @Test
    void handsTransactionCheckersToTheBuilder() {
        contextRunner
                .withBean("payments", TransactionChecker.class, () -> TransactionChecker.of("payments", half -> null))
                .withBean("others", TransactionChecker.class, () -> half -> null)
                .withUserConfiguration(HooksAndCustomizers.class)
                .run(context -> assertThat(context.getBean(HooksAndCustomizers.class).checkers)
                        .containsExactlyInAnyOrderElementsOf(
                                context.getBeansOfType(TransactionChecker.class).values()));
    }

    @Test
    void refusesTwoTransactionCheckersForOneTopic() {
        contextRunner
                .withBean("one", TransactionChecker.class, () -> TransactionChecker.of("payments", half -> null))
                .withBean("two", TransactionChecker.class, () -> TransactionChecker.of("payments", half -> null))
                .run(context -> assertThat(context)
                        .hasFailed()
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("transaction-checker: topic payments must have one only"));
    }

    @Test
    void callsCustomizersInTheirOrderWithNameAndProperties() {
        contextRunner
                .withUserConfiguration(HooksAndCustomizers.class)
                .withPropertyValues("mq.producer.group=orders")
                .run(context -> assertThat(context.getBean(HooksAndCustomizers.class).calls)
                        .containsExactly("early orders", "late orders"));
    }

    @Test
    void takesTheGroupFromTheApplicationsName() {
        contextRunner
                .withUserConfiguration(HooksAndCustomizers.class)
                .withPropertyValues("spring.application.name=order service")
                .run(context -> assertThat(context.getBean(HooksAndCustomizers.class).calls)
                        .contains("early order_service"));
    }

    @Test
    void understandsEnvironmentVariables() {
        Map<String, Object> variables =
                Map.of("MQ_PRODUCER_NAMESERVERS", "a:1,b:2", "MQ_PRODUCER_RETRY_MAXRETRIES", "7");

        contextRunner
                .withInitializer(context -> context.getEnvironment()
                        .getPropertySources()
                        .replace(
                                "systemEnvironment",
                                new SystemEnvironmentPropertySource("systemEnvironment", variables)))
                .run(context -> {
                    MQProducerProperties properties = context.getBean(MQProducerProperties.class);
                    assertThat(properties.getNameServers()).containsExactly("a:1", "b:2");
                    assertThat(properties.getRetry().getMaxRetries()).isEqualTo(7);
                });
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoProducers {

        @Bean
        MQProducer first() {
            return new RecordingMQProducer();
        }

        @Bean
        @Primary
        MQProducer second() {
            return new RecordingMQProducer();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class HooksAndCustomizers {

        private final List<String> calls = new ArrayList<>();
        private List<SendMessageHook> hooks = List.of();
        private List<TransactionChecker> checkers = List.of();

        @Bean
        SendMessageHook unordered() {
            return new SendMessageHook() {};
        }

        @Bean
        @Order(2)
        SendMessageHook second() {
            return new SendMessageHook() {};
        }

        @Bean
        @Order(1)
        SendMessageHook first() {
            return new SendMessageHook() {};
        }

        @Bean
        @Order(2)
        MQProducerBuilderCustomizer late() {
            return (name, builder) -> calls.add("late " + name);
        }

        @Bean
        @Order(1)
        MQProducerBuilderCustomizer early() {
            return (name, builder) -> {
                calls.add("early " + name);
                hooks = listOf(builder, "hooks", SendMessageHook.class);
                checkers = listOf(builder, "transactionCheckers", TransactionChecker.class);
            };
        }

        private static <T> List<T> listOf(MQProducerBuilder builder, String name, Class<T> type) {
            try {
                Field field = MQProducerBuilder.class.getDeclaredField(name);
                field.setAccessible(true);
                return ((List<?>) field.get(builder)).stream().map(type::cast).toList();
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(e);
            }
        }
    }
}
