package io.mqproducer.samples.readme;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mqproducer.MQProducer;
import io.mqproducer.message.MessageView;
import io.mqproducer.spring.boot.autoconfigure.MQConnectionDetails;
import io.mqproducer.test.OfficialConsumer;
import io.mqproducer.test.StoredMessage;
import io.mqproducer.test.junit.RocketMQExtension;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.ClassUtils;

/**
 * Every block of Java in README.md, compiled as it is in its {@link Surroundings} and run in a Spring Boot application with the
 * YAML of its section, on a real RocketMQ.
 */
@Timeout(60)
class ReadmeCodeIT {

    @RegisterExtension
    static final RocketMQExtension ROCKETMQ = RocketMQExtension.shared();

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final String NOTHING_SET = "mq.producer.enabled: true";

    private final Readme readme = Readme.read();

    @Test
    void useIt() {
        run(
                "UseIt",
                readme.block("Use it/yaml/1"),
                context -> context.getBean(Runnable.class).run());

        assertThat(stored("orders", "use-it")).singleElement().satisfies(order -> {
            assertThat(order.tags()).isEqualTo("created");
            assertThat(body(order)).isEqualTo("{\"id\":\"use-it\",\"customer\":\"alice\",\"product\":\"tea\"}");
        });
        assertThat(ROCKETMQ.cluster().messages("audit"))
                .extracting(ReadmeCodeIT::body)
                .contains(body(stored("orders", "use-it").get(0)));
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(ROCKETMQ.cluster().messages("clicks"))
                        .extracting(ReadmeCodeIT::body)
                        .containsExactly("tea"));
    }

    @Test
    void theTemplateDoesTheRestToo() {
        ROCKETMQ.cluster().createTopic("prices", 1);
        run("TheRest", NOTHING_SET, context -> {
            try (OfficialConsumer asked = OfficialConsumer.subscribe(ROCKETMQ.cluster(), "prices", "*")) {
                CompletableFuture<Void> done = CompletableFuture.runAsync(context.getBean(Runnable.class));
                StoredMessage question = asked.await(1, TIMEOUT).get(0);
                assertThat(body(question)).isEqualTo("{\"product\":\"tea\"}");
                MessageView view = MessageView.builder("prices", question.body())
                        .properties(question.properties())
                        .build();
                context.getBean(MQProducer.class).reply(view, "{\"product\":\"tea\",\"cents\":350}".getBytes(UTF_8));
                done.join();
            }
        });

        assertThat(ROCKETMQ.cluster().messages("metrics")).hasSize(3);
        assertThat(ROCKETMQ.cluster().messages("payments"))
                .extracting(ReadmeCodeIT::body)
                .contains("{\"id\":\"7\"}");
    }

    @Test
    void withSpringsTransactions() {
        run(
                "SpringTransactions",
                readme.block("With Spring's transactions/yaml/1"),
                context -> context.getBean(Runnable.class).run());

        await().atMost(TIMEOUT).untilAsserted(() -> {
            assertThat(ROCKETMQ.cluster().messages("orders"))
                    .extracting(ReadmeCodeIT::body)
                    .contains("{\"id\":\"committed\"}");
            assertThat(ROCKETMQ.cluster().messages("audit"))
                    .extracting(ReadmeCodeIT::body)
                    .contains("{\"id\":\"committed\"}");
        });
        assertThat(ROCKETMQ.cluster().messages("orders"))
                .extracting(ReadmeCodeIT::body)
                .doesNotContain("{\"id\":\"rolled back\"}");
    }

    @Test
    void severalProducers() {
        run("Qualified", readme.block("Several producers/yaml/1"), context -> {
            context.getBean(Runnable.class).run();
            assertThat(context.containsBean("auditMqProducer")).isTrue();
            assertThat(context.containsBean("auditMqTemplate")).isTrue();
        });

        assertThat(ROCKETMQ.cluster().messages("primary")).hasSize(1);
    }

    /** A test class, with a RocketMQ of its own. */
    @Test
    void testWithIt() {
        Surroundings.of("TestWithIt").compile(readme, loader -> {
            SummaryGeneratingListener listener = new SummaryGeneratingListener();
            LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                    .selectors(DiscoverySelectors.selectClass(ClassUtils.resolveClassName("readme.OrdersIT", loader)))
                    .build();
            LauncherFactory.create().execute(request, listener);

            assertThat(listener.getSummary().getFailures())
                    .extracting(failure -> failure.getException())
                    .isEmpty();
            assertThat(listener.getSummary().getTestsSucceededCount()).isEqualTo(1);
        });
    }

    @Test
    void testWithoutANetwork() {
        run("Recording", NOTHING_SET, context -> context.getBean(Runnable.class).run());
    }

    @Test
    void transactions() {
        run(
                "Transactions",
                NOTHING_SET,
                context -> context.getBean(Runnable.class).run());

        assertThat(stored("payments", "7")).extracting(ReadmeCodeIT::body).containsExactly("paid");
    }

    @Test
    @SuppressWarnings("unchecked")
    void batchesTransactionsRequestsDelays() {
        ROCKETMQ.cluster().createTopic("questions", 1);
        run("Everything", NOTHING_SET, context -> {
            try (OfficialConsumer asked = OfficialConsumer.subscribe(ROCKETMQ.cluster(), "questions", "*")) {
                CompletableFuture<Void> done = CompletableFuture.runAsync(context.getBean(Runnable.class));
                asked.await(1, TIMEOUT).forEach((Consumer<StoredMessage>) context.getBean(Consumer.class));
                done.join();
            }
        });

        assertThat(ROCKETMQ.cluster().messages("batches")).hasSize(2);
        assertThat(ROCKETMQ.cluster().messages("payments"))
                .extracting(StoredMessage::body)
                .contains(new byte[] {3});
    }

    private void run(String surroundings, String yaml, Consumer<ConfigurableApplicationContext> user) {
        Surroundings.of(surroundings).compile(readme, loader -> {
            SpringApplicationBuilder application = new SpringApplicationBuilder(
                            Application.class, ClassUtils.resolveClassName("readme." + surroundings, loader))
                    .web(WebApplicationType.NONE)
                    .initializers(context ->
                            context.getEnvironment().getPropertySources().addFirst(Yaml.source(yaml)));
            try (ConfigurableApplicationContext context = application.run()) {
                user.accept(context);
            }
        });
    }

    private static List<StoredMessage> stored(String topic, String key) {
        return ROCKETMQ.cluster().messages(topic).stream()
                .filter(message -> key.equals(message.keys()))
                .toList();
    }

    private static String body(StoredMessage message) {
        return new String(message.body(), UTF_8);
    }

    /** An application whose name servers are those of the test, whatever the README calls them. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        MQConnectionDetails embedded() {
            return () -> List.of(ROCKETMQ.nameServerAddresses());
        }
    }
}
