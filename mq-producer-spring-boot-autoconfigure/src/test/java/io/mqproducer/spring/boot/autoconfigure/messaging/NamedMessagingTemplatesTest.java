package io.mqproducer.spring.boot.autoconfigure.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.recording.RecordingMQProducer;
import io.mqproducer.spring.MQOperations;
import io.mqproducer.spring.MQTemplate;
import io.mqproducer.spring.boot.autoconfigure.BootAutoConfigurations;
import io.mqproducer.spring.boot.autoconfigure.MQProducerAutoConfiguration;
import io.mqproducer.spring.boot.autoconfigure.MQProducerFactory;
import io.mqproducer.spring.messaging.DefaultMQHeaderMapper;
import io.mqproducer.spring.messaging.MQHeaderMapper;
import io.mqproducer.spring.messaging.MQMessagingTemplate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class NamedMessagingTemplatesTest {

    private final Map<String, RecordingMQProducer> producers = new ConcurrentHashMap<>();
    private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    MQMessagingAutoConfiguration.class,
                    MQProducerAutoConfiguration.class,
                    BootAutoConfigurations.JACKSON))
            .withBean(
                    MQProducerFactory.class,
                    () -> (name, customizer) -> producers.computeIfAbsent(name, each -> new RecordingMQProducer()))
            .withPropertyValues("mq.producer.group=orders", "mq.producer.instances.audit.group=a");

    @Test
    void haveBeansByTheseNames() {
        contextRunner
                .withPropertyValues("mq.producer.instances.order-events.group=o")
                .run(context -> assertThat(context.getBeanNamesForType(MQMessagingTemplate.class))
                        .containsExactlyInAnyOrder(
                                "mqMessagingTemplate", "auditMqMessagingTemplate", "order-eventsMqMessagingTemplate"));
    }

    @Test
    void areInjectedByQualifierAndNeverInPlaceOfThePrimary() {
        contextRunner.withBean(Injected.class).run(context -> {
            Injected injected = context.getBean(Injected.class);
            assertThat(injected.primary).isSameAs(context.getBean("mqMessagingTemplate"));
            assertThat(injected.audit).isSameAs(context.getBean("auditMqMessagingTemplate"));
            assertThat(injected.all).containsExactly(injected.primary);
        });
    }

    record Injected(
            MQMessagingTemplate primary,
            @Qualifier("audit") MQMessagingTemplate audit,
            List<MQMessagingTemplate> all) {}

    @Test
    void sendByTheirOwnProducers() {
        contextRunner.run(context -> {
            context.getBean("auditMqMessagingTemplate", MQMessagingTemplate.class)
                    .convertAndSend("to-audit", "x");
            context.getBean("mqMessagingTemplate", MQMessagingTemplate.class).convertAndSend("to-orders", "x");

            assertThat(producers.get("audit").sent().message().topic()).isEqualTo("to-audit");
            assertThat(producers.get("orders").sent().message().topic()).isEqualTo("to-orders");
        });
    }

    @Test
    void followTheirInstancesSettingsInheritedOnesIncluded() {
        contextRunner
                .withPropertyValues(
                        "mq.producer.template.default-topic=orders",
                        "mq.producer.instances.audit.template.content-type-enabled=true",
                        "mq.producer.instances.payment.template.default-topic=payments")
                .run(context -> {
                    for (String bean :
                            List.of("mqMessagingTemplate", "auditMqMessagingTemplate", "paymentMqMessagingTemplate")) {
                        context.getBean(bean, MQMessagingTemplate.class).convertAndSend((Object) "x");
                    }

                    assertThat(topic("orders")).isEqualTo("orders");
                    assertThat(topic("audit")).isEqualTo("orders");
                    assertThat(topic("payment")).isEqualTo("payments");
                    assertThat(contentType("orders")).isNull();
                    assertThat(contentType("audit")).isEqualTo("text/plain;charset=UTF-8");
                    assertThat(contentType("payment")).isNull();
                });
    }

    private String topic(String producer) {
        return producers.get(producer).sent().message().topic();
    }

    private String contentType(String producer) {
        return producers.get(producer).sent().message().properties().get("contentType");
    }

    @Test
    void mapHeadersAsTheApplicationDoes() {
        contextRunner
                .withBean(MQHeaderMapper.class, () -> new DefaultMQHeaderMapper(true))
                .run(context -> {
                    context.getBean("auditMqMessagingTemplate", MQMessagingTemplate.class)
                            .convertAndSend("t", "x", Map.of("contentType", "text/csv"));

                    assertThat(contentType("audit")).isEqualTo("text/csv");
                });
    }

    @Test
    void stayWhenTheApplicationBringsAPrimaryOfItsOwn() {
        contextRunner
                .withBean(
                        "own",
                        MQMessagingTemplate.class,
                        () -> new MQMessagingTemplate(
                                new MQTemplate(new RecordingMQProducer(), payload -> new byte[1])))
                .run(context -> assertThat(context.getBeanNamesForType(MQMessagingTemplate.class))
                        .containsExactlyInAnyOrder("own", "auditMqMessagingTemplate"));
    }

    @Test
    void areNotThereWithoutTheirTemplates() {
        contextRunner
                .withPropertyValues("mq.producer.enabled=false")
                .withBean(MQOperations.class, () -> new MQTemplate(new RecordingMQProducer(), payload -> new byte[1]))
                .run(context -> assertThat(context)
                        .hasSingleBean(MQMessagingTemplate.class)
                        .hasBean("mqMessagingTemplate"));
    }

    @Test
    void areNotThereWithoutSpringMessaging() {
        contextRunner
                .withClassLoader(new FilteredClassLoader("org.springframework.messaging"))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasBean("auditMqTemplate")
                        .doesNotHaveBean("auditMqMessagingTemplate"));
    }

    @Test
    void failWithAClearErrorWhenABeanHasTheirName() {
        contextRunner
                .withBean("auditMqMessagingTemplate", String.class, () -> "x")
                .run(context -> assertThat(context)
                        .hasFailed()
                        .getFailure()
                        .hasMessageContaining("'mq.producer.instances.audit' makes a bean 'auditMqMessagingTemplate'"));
    }
}
