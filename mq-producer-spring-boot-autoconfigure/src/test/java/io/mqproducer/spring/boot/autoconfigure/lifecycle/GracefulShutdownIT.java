package io.mqproducer.spring.boot.autoconfigure.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.message.SendResult;
import io.mqproducer.spring.MQTemplate;
import io.mqproducer.test.EmbeddedBroker;
import io.mqproducer.test.EmbeddedRocketMQ;
import io.mqproducer.test.StoredMessage;
import io.mqproducer.test.junit.RocketMQExtension;
import io.mqproducer.test.proxy.RouteRewritingNameServer;
import io.mqproducer.test.proxy.TcpProxy;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Applications that are closed while they send; what was stored is read back. */
class GracefulShutdownIT {

    @RegisterExtension
    static final RocketMQExtension ROCKETMQ = RocketMQExtension.shared();

    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** Nothing but what its class path brings. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}

    @Test
    void f75_losesNoneOf10000SendsInFlightToASlowBroker() {
        EmbeddedRocketMQ cluster = ROCKETMQ.cluster();
        EmbeddedBroker broker = cluster.brokers().get(0);
        cluster.createTopic("shutdown-in-flight", 4);
        try (TcpProxy slow = TcpProxy.start(address(broker.address()));
                RouteRewritingNameServer nameServer = RouteRewritingNameServer.start(
                                address(cluster.nameServerAddresses()))
                        .replace(broker.address(), slow.address())) {
            List<CompletableFuture<SendResult>> sends;
            try (ConfigurableApplicationContext application = start(
                    Application.class,
                    "mq.producer.name-servers=" + nameServer.address(),
                    "mq.producer.send-timeout=30s",
                    "mq.producer.shutdown-timeout=20s",
                    "mq.producer.backpressure.max-in-flight-messages=20000")) {
                MQTemplate template = application.getBean(MQTemplate.class);
                template.send("shutdown-in-flight", "the route is known now");
                slow.downstream()
                        .latency(Duration.ofMillis(200))
                        .freeze(); // else some are answered before all are sent
                sends = IntStream.range(0, 10_000)
                        .mapToObj(number -> template.sendAsync("shutdown-in-flight", "message " + number))
                        .toList();
                assertThat(template.getProducer().status().inFlightMessages())
                        .as("in flight when the application is closed")
                        .isEqualTo(10_000);
                slow.downstream().unfreeze();
            }

            assertThat(sends)
                    .allMatch(CompletableFuture::isDone)
                    .noneMatch(CompletableFuture::isCompletedExceptionally);
            assertThat(cluster.summaries("shutdown-in-flight"))
                    .extracting(StoredMessage::msgId)
                    .doesNotHaveDuplicates()
                    .containsAll(sends.stream().map(send -> send.join().msgId()).toList())
                    .hasSize(10_001);
        }
    }

    /** Answers a request only once the application is being closed. */
    @RestController
    static class SlowController implements ApplicationListener<ContextClosedEvent> {

        private final MQTemplate template;
        private final CountDownLatch entered = new CountDownLatch(1);
        private final CountDownLatch closing = new CountDownLatch(1);

        SlowController(MQTemplate template) {
            this.template = template;
        }

        @GetMapping("/slow")
        String send() throws InterruptedException {
            entered.countDown();
            if (!closing.await(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody closes the application");
            }
            return template.send("shutdown-web", "during the shutdown").msgId();
        }

        @Override
        public void onApplicationEvent(ContextClosedEvent event) {
            closing.countDown();
        }
    }

    @Test
    void f75_aRequestThatIsBeingServedMayStillSend() throws Exception {
        CompletableFuture<HttpResponse<String>> request;
        try (ConfigurableApplicationContext application = new SpringApplicationBuilder(
                        Application.class, SlowController.class)
                .properties("server.port=0", "mq.producer.name-servers=" + ROCKETMQ.nameServerAddresses())
                .run()) {
            URI slow = URI.create(
                    "http://localhost:" + application.getEnvironment().getProperty("local.server.port") + "/slow");
            request = HttpClient.newHttpClient()
                    .sendAsync(HttpRequest.newBuilder(slow).build(), BodyHandlers.ofString());
            assertThat(application.getBean(SlowController.class).entered.await(LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
        }

        HttpResponse<String> answer = request.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(ROCKETMQ.cluster().messages("shutdown-web"))
                .extracting(StoredMessage::msgId)
                .containsExactly(answer.body());
    }

    /** Sends again and again, and notes what went wrong. */
    @Configuration(proxyBeanMethods = false)
    @EnableScheduling
    static class Chatter {

        private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        private final Queue<String> sent = new ConcurrentLinkedQueue<>();

        @Bean
        Talk talk(MQTemplate template) {
            return new Talk(this, template);
        }
    }

    /** The task itself. */
    record Talk(Chatter chatter, MQTemplate template) {

        @Scheduled(fixedDelay = 1)
        void send() {
            try {
                chatter.sent.add(template.send("shutdown-scheduled", "again").msgId());
            } catch (RuntimeException e) {
                chatter.failures.add(e);
            }
        }
    }

    @Test
    void aScheduledTaskFindsTheProducerForAsLongAsItRuns() throws Exception {
        Chatter chatter;
        try (ConfigurableApplicationContext application =
                start(Chatter.class, "mq.producer.name-servers=" + ROCKETMQ.nameServerAddresses())) {
            chatter = application.getBean(Chatter.class);
            long limit = System.nanoTime() + LIMIT.toNanos();
            while (chatter.sent.size() < 50 && System.nanoTime() < limit) {
                Thread.onSpinWait();
            }
        }

        assertThat(chatter.failures).isEmpty();
        assertThat(ROCKETMQ.cluster().summaries("shutdown-scheduled"))
                .extracting(StoredMessage::msgId)
                .hasSizeGreaterThanOrEqualTo(50)
                .containsExactlyInAnyOrderElementsOf(chatter.sent);
    }

    private static ConfigurableApplicationContext start(Class<?> configuration, String... properties) {
        return new SpringApplicationBuilder(Application.class, configuration)
                .properties("spring.main.web-application-type=none")
                .properties(properties)
                .run();
    }

    private static InetSocketAddress address(String hostAndPort) {
        URI uri = URI.create("rocketmq://" + hostAndPort);
        return new InetSocketAddress(uri.getHost(), uri.getPort());
    }
}
