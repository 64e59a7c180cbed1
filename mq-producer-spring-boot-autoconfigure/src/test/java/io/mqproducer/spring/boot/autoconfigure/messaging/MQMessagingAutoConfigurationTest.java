package io.mqproducer.spring.boot.autoconfigure.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.message.MessageView;
import io.mqproducer.recording.RecordingMQProducer;
import io.mqproducer.spring.MQTemplate;
import io.mqproducer.spring.SendSpec;
import io.mqproducer.spring.boot.autoconfigure.BootAutoConfigurations;
import io.mqproducer.spring.boot.autoconfigure.MQProducerAutoConfiguration;
import io.mqproducer.spring.messaging.DefaultMQHeaderMapper;
import io.mqproducer.spring.messaging.MQHeaderMapper;
import io.mqproducer.spring.messaging.MQMessagingTemplate;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.support.MessageBuilder;

class MQMessagingAutoConfigurationTest {

    private final RecordingMQProducer producer = new RecordingMQProducer();
    private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    MQMessagingAutoConfiguration.class,
                    MQProducerAutoConfiguration.class,
                    BootAutoConfigurations.JACKSON))
            .withBean(RecordingMQProducer.class, () -> producer);

    @Test
    void sendsByTheTemplate() {
        contextRunner
                .withPropertyValues("mq.producer.template.default-topic=orders:created")
                .run(context -> {
                    MQMessagingTemplate messaging = context.getBean("mqMessagingTemplate", MQMessagingTemplate.class);

                    messaging.convertAndSend(
                            Map.of("a", 1),
                            message -> MessageBuilder.fromMessage(message)
                                    .setHeader("contentType", "application/x")
                                    .build());

                    assertThat(producer.sent().message().tag()).contains("created");
                    assertThat(producer.sent().message().properties()).isEmpty();
                    assertThat(new String(producer.sent().message().body(), StandardCharsets.UTF_8))
                            .isEqualTo("{\"a\":1}");
                });
    }

    @Test
    void readsByTheConverter() {
        contextRunner.run(context -> assertThat(context.getBean(MQMessagingTemplate.class)
                        .toMessage(
                                MessageView.builder("t", new byte[] {'[', '1', ']'})
                                        .build(),
                                int[].class)
                        .getPayload())
                .containsExactly(1));
    }

    @Test
    void sendsTheContentTypeWhenAsked() {
        contextRunner
                .withPropertyValues("mq.producer.template.content-type-enabled=true")
                .run(context -> {
                    MQMessagingTemplate messaging = context.getBean(MQMessagingTemplate.class);
                    messaging.convertAndSend("orders", "x");
                    messaging.convertAndSend("orders", "x", Map.of("contentType", "text/csv"));

                    assertThat(producer.sends())
                            .extracting(sent -> sent.message().properties().get("contentType"))
                            .containsExactly("text/plain;charset=UTF-8", "text/csv");
                });
    }

    @Test
    void mapsHeadersAsTheApplicationDoes() {
        contextRunner.withBean(MQHeaderMapper.class, NoHeaders::new).run(context -> {
            assertThat(context).doesNotHaveBean(DefaultMQHeaderMapper.class);

            context.getBean(MQMessagingTemplate.class).convertAndSend("orders", "x", Map.of("a", "b"));

            assertThat(producer.sent().message().properties()).isEmpty();
        });
    }

    @Test
    void backsOffBeforeTheApplicationsOwn() {
        contextRunner
                .withBean(
                        "own",
                        MQMessagingTemplate.class,
                        () -> new MQMessagingTemplate(new MQTemplate(producer, p -> new byte[1])))
                .run(context -> assertThat(context)
                        .hasSingleBean(MQMessagingTemplate.class)
                        .hasBean("own"));
    }

    @Test
    void backsOffWithoutSpringMessaging() {
        contextRunner
                .withClassLoader(new FilteredClassLoader("org.springframework.messaging"))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(MQTemplate.class)
                        .doesNotHaveBean("mqMessagingTemplate")
                        .doesNotHaveBean("mqHeaderMapper"));
    }

    @Test
    void backsOffWithoutATemplateOrWithTwo() {
        contextRunner
                .withPropertyValues("mq.producer.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("mqMessagingTemplate"));
        contextRunner
                .withBean("one", MQTemplate.class, () -> new MQTemplate(producer, p -> new byte[1]))
                .withBean("two", MQTemplate.class, () -> new MQTemplate(producer, p -> new byte[1]))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("mqMessagingTemplate"));
    }

    /** Sends none and tells of none. */
    private static final class NoHeaders implements MQHeaderMapper {

        @Override
        public SendSpec toSpec(MessageHeaders headers, SendSpec spec) {
            return spec;
        }

        @Override
        public Map<String, Object> toHeaders(MessageView message) {
            return Map.of();
        }
    }
}
