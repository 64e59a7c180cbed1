package io.mqproducer.spring.boot.autoconfigure.observation;

import static io.micrometer.observation.tck.TestObservationRegistryAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.transport.SenderContext;
import io.mqproducer.message.MessageQueue;
import io.mqproducer.message.SendResult;
import io.mqproducer.spring.MQTemplate;
import io.mqproducer.spring.boot.autoconfigure.MQProducerAutoConfiguration;
import io.mqproducer.test.OfficialConsumer;
import io.mqproducer.test.StoredMessage;
import io.mqproducer.test.junit.RocketMQExtension;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.util.TestPropertyValues;

class RocketMQObservationIT {

    @RegisterExtension
    static final RocketMQExtension ROCKETMQ = RocketMQExtension.shared();

    private static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";
    private static final Duration LONG = Duration.ofSeconds(60);

    private final TestObservationRegistry registry = TestObservationRegistry.create();
    private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    MQTemplateObservationAutoConfiguration.class, MQProducerAutoConfiguration.class))
            .withPropertyValues(
                    "mq.producer.group=observed",
                    "mq.producer.send-timeout=20s",
                    "mq.producer.template.observation-enabled=true")
            .withInitializer(
                    context -> TestPropertyValues.of("mq.producer.name-servers=" + ROCKETMQ.nameServerAddresses())
                            .applyTo(context))
            .withBean(ObservationRegistry.class, () -> registry);

    RocketMQObservationIT() {
        registry.observationConfig().observationHandler(new W3CPropagation());
    }

    @Test
    void carriesTheTraceToTheOfficialConsumer() {
        ROCKETMQ.cluster().createTopic("observed-trace", 2);
        try (OfficialConsumer consumer = OfficialConsumer.subscribe(ROCKETMQ.cluster(), "observed-trace", "*")) {
            contextRunner.run(context -> {
                MQTemplate template = context.getBean(MQTemplate.class);
                SendResult result = template.destination("observed-trace")
                        .withHeader("tenant", "acme")
                        .send("x");
                template.sendBatch("observed-trace", List.of("y", "z"));

                List<StoredMessage> received = consumer.await(3, LONG);

                assertThat(received)
                        .allSatisfy(message -> assertThat(message.properties().get("traceparent"))
                                .matches("00-" + TRACE_ID + "-[0-9a-f]{16}-01"));
                Map<String, List<StoredMessage>> spans = received.stream()
                        .collect(Collectors.groupingBy(
                                message -> message.properties().get("traceparent")));
                assertThat(spans.values()).extracting(List::size).containsExactlyInAnyOrder(1, 2);
                assertThat(received)
                        .filteredOn(message -> message.msgId().equals(result.msgId()))
                        .singleElement()
                        .satisfies(message -> assertThat(message.properties()).containsEntry("tenant", "acme"));
                assertThat(registry)
                        .hasNumberOfObservationsEqualTo(2)
                        .hasAnObservation(observation -> observation
                                .hasContextualNameEqualTo("observed-trace send")
                                .hasLowCardinalityKeyValue("mq.template.name", "observed")
                                .hasHighCardinalityKeyValue("messaging.message.id", result.msgId()));
            });
        }
    }

    @Test
    void isThereInCallbacksOfTheRealProducer() {
        contextRunner.run(context -> {
            CompletableFuture<String> inside = new CompletableFuture<>();
            Observation parent = Observation.start("request", registry);
            parent.scoped(() -> {
                context.getBean(MQTemplate.class)
                        .sendAsync("observed-async", "x") // looks up the route first, so it is not over at once
                        .thenAccept(result -> inside.complete(String.valueOf(registry.getCurrentObservation())));
            });
            parent.stop();

            assertThat(inside).succeedsWithin(LONG).asString().contains("mq.template.send");
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(registry)
                            .hasObservationWithNameEqualTo("mq.template.send")
                            .that()
                            .hasParentObservationEqualTo(parent)
                            .hasBeenStopped());
        });
    }

    @Test
    void endsWithTheFailureOfTheRealProducer() {
        contextRunner.run(context -> {
            MQTemplate template = context.getBean(MQTemplate.class);
            var nowhere = new MessageQueue("observed-nowhere", "no-such-broker", 0);
            var future = template.destination("observed-nowhere")
                    .withQueue(nowhere)
                    .withTimeout(Duration.ofSeconds(1))
                    .sendAsync("x");

            assertThat(future).failsWithin(LONG);
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(registry)
                            .hasSingleObservationThat()
                            .hasError()
                            .hasBeenStopped());
        });
    }

    /** Writes {@code traceparent} as the W3C asks for, one span per observation. */
    private static final class W3CPropagation implements ObservationHandler<SenderContext<Object>> {

        @Override
        public void onStart(SenderContext<Object> context) {
            String span = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
            context.getSetter().set(context.getCarrier(), "traceparent", "00-" + TRACE_ID + "-" + span + "-01");
        }

        @Override
        public boolean supportsContext(Observation.Context context) {
            return context instanceof SenderContext;
        }
    }
}
