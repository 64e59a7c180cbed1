package io.mqproducer.spring.boot.autoconfigure.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.mqproducer.message.MessageView;
import io.mqproducer.spring.MQOperations;
import io.mqproducer.spring.messaging.MQHeaders;
import io.mqproducer.spring.messaging.MQMessagingTemplate;
import io.mqproducer.test.OfficialConsumer;
import io.mqproducer.test.OfficialReplier;
import io.mqproducer.test.StoredMessage;
import io.mqproducer.test.junit.RocketMQExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.Message;
import org.springframework.messaging.core.MessageSendingOperations;
import org.springframework.messaging.support.MessageBuilder;

/** Messages of Spring's messaging, from an application to RocketMQ and back, with all that auto-configuration brings. */
class RocketMQMessagingIT {

    @RegisterExtension
    static final RocketMQExtension ROCKETMQ = RocketMQExtension.shared();

    private static final Duration LONG = Duration.ofSeconds(60);

    private static ConfigurableApplicationContext application;
    private static MQMessagingTemplate messaging;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}

    record Order(String id) {}

    @BeforeAll
    static void start() {
        application = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .properties(Map.of(
                        "spring.application.name", "messaging",
                        "mq.producer.name-servers", ROCKETMQ.nameServerAddresses(),
                        "mq.producer.send-timeout", "20s",
                        "mq.producer.template.observation-enabled", "true"))
                .run();
        messaging = application.getBean(MQMessagingTemplate.class);
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @Test
    void bringsHeadersToTheOfficialConsumerAsTheyAre() {
        ROCKETMQ.cluster().createTopic("messaging-headers", 2);
        try (OfficialConsumer consumer = OfficialConsumer.subscribe(ROCKETMQ.cluster(), "messaging-headers", "paid")) {
            messaging.send(
                    "messaging-headers",
                    MessageBuilder.withPayload(new Order("o-1"))
                            .setHeader("TAGS", "paid")
                            .setHeader("KEYS", "k-1 k-2")
                            .setHeader(MQHeaders.ORDERING_KEY, "customer")
                            .setHeader(MQHeaders.WAIT_FOR_STORE, false)
                            .setHeader("tenant", " Ä\t:=;,✓\uD83D\uDE00 ")
                            .setHeader("attempt", 3)
                            .setHeader("contentType", "application/json")
                            .setReplyChannelName("replies")
                            .build());

            assertThat(consumer.await(1, LONG)).singleElement().satisfies(message -> {
                assertThat(message.body()).asString(UTF_8).isEqualTo("{\"id\":\"o-1\"}");
                assertThat(message.tags()).isEqualTo("paid");
                assertThat(message.keys()).isEqualTo("k-1 k-2");
                assertThat(message.properties())
                        .containsEntry("tenant", " Ä\t:=;,✓\uD83D\uDE00 ")
                        .containsEntry("attempt", "3")
                        .containsEntry("__SHARDINGKEY", "customer")
                        .containsEntry("WAIT", "false")
                        .doesNotContainKeys("id", "timestamp", "contentType", "replyChannel", "mq_orderingKey");
            });
        }
    }

    @Test
    void delaysByHeader() {
        Instant start = Instant.now();

        messaging.convertAndSend("messaging-delayed", "level", Map.of("DELAY", 1));
        messaging.convertAndSend("messaging-delayed", "time", Map.of(MQHeaders.DELAY, Duration.ofSeconds(2)));

        await().atMost(LONG).until(() -> stored("messaging-delayed").size() == 2);
        assertThat(stored("messaging-delayed"))
                .allSatisfy(message -> assertThat(Instant.ofEpochMilli(message.storeTimestamp()))
                        .isAfter(start.plusMillis(800)));
    }

    @Test
    @SuppressWarnings("try") // the replier replies while it is open
    void makesMessagesOfReplies() {
        ROCKETMQ.cluster().createTopic("messaging-requests", 1);
        try (OfficialReplier replier = OfficialReplier.subscribe(ROCKETMQ.cluster(), "messaging-requests")) {
            Message<String> request = MessageBuilder.withPayload("hello")
                    .setHeader(MQHeaders.TIMEOUT, LONG)
                    .build();

            MessageView reply =
                    messaging.toSpec("messaging-requests", request).request(request.getPayload(), MessageView.class);
            Message<String> message = messaging.toMessage(reply, String.class);

            assertThat(message.getPayload()).isEqualTo("reply to hello");
            assertThat(message.getHeaders())
                    .containsKeys(MQHeaders.RECEIVED_TOPIC, MQHeaders.RECEIVED_BORN_TIME)
                    .doesNotContainKey("CORRELATION_ID");
            assertThat(message.getHeaders().get(MQHeaders.RECEIVED_PROPERTIES)).isEqualTo(reply.properties());
            assertThat(reply.properties()).containsKey("CORRELATION_ID");
        }
    }

    @Test
    void isWhatSpringsMessagingSendsBy() {
        @SuppressWarnings("unchecked")
        MessageSendingOperations<String> sending = application.getBean(MessageSendingOperations.class);

        sending.convertAndSend("messaging-operations:created", new Order("o-2"));
        application.getBean(MQOperations.class).send("messaging-operations:created", new Order("o-2"));

        assertThat(stored("messaging-operations")).hasSize(2).allSatisfy(message -> {
            assertThat(message.tags()).isEqualTo("created");
            assertThat(message.body()).asString(UTF_8).isEqualTo("{\"id\":\"o-2\"}");
        });
        assertThat(application
                        .getBean(MeterRegistry.class)
                        .get("mq.template.send")
                        .tags("mq.template.name", "messaging", "messaging.destination.name", "messaging-operations")
                        .timer()
                        .count())
                .isEqualTo(2);
    }

    private static List<StoredMessage> stored(String topic) {
        return ROCKETMQ.cluster().messages(topic);
    }
}
