package io.mqproducer.samples.orders;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.jayway.jsonpath.JsonPath;
import io.mqproducer.samples.orders.OrderController.Confirmation;
import io.mqproducer.samples.orders.OrderController.OrderRequest;
import io.mqproducer.test.StoredMessage;
import io.mqproducer.test.junit.RocketMQExtension;
import io.netty.util.Version;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.client.RestClient;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@DirtiesContext
class OrderServiceIT {

    @RegisterExtension
    static final RocketMQExtension ROCKETMQ = RocketMQExtension.shared();

    private final RestClient client;

    OrderServiceIT(@LocalServerPort int port) {
        this.client = RestClient.create("http://localhost:" + port);
    }

    @DynamicPropertySource
    static void nameServers(DynamicPropertyRegistry registry) {
        registry.add("mq.producer.name-servers", ROCKETMQ::nameServerAddresses);
    }

    @Test
    void storesAnOrderWithItsAuditAndItsClick() {
        Confirmation confirmation = client.post()
                .uri("/orders")
                .body(new OrderRequest("alice", "tea", 2))
                .retrieve()
                .body(Confirmation.class);

        StoredMessage order = stored(OrderEvents.ORDERS, confirmation.orderId());
        assertThat(order.msgId()).isEqualTo(confirmation.messageId());
        assertThat(order.brokerName()).isEqualTo(confirmation.broker());
        assertThat(order.queueId()).isEqualTo(confirmation.queue());
        assertThat(order.queueOffset()).isEqualTo(confirmation.offset());
        assertThat(order.tags()).isEqualTo("created");
        assertThat(order.properties()).containsEntry("tenant", "acme");
        assertThat(JsonPath.<String>read(new String(order.body(), UTF_8), "$.customer"))
                .isEqualTo("alice");
        assertThat(stored(OrderEvents.AUDIT, confirmation.orderId()).properties())
                .containsEntry("pieces", "2")
                .containsEntry("tenant", "acme");
        assertThat(stored(OrderEvents.CLICKS, confirmation.orderId()).body()).isEqualTo("tea".getBytes(UTF_8));
    }

    @Test
    void showsMetersAndHealth() {
        client.post()
                .uri("/orders")
                .body(new OrderRequest("bob", "tea", 1))
                .retrieve()
                .toBodilessEntity();

        String health = get("/actuator/health");
        assertThat(JsonPath.<String>read(health, "$.components.mqProducer.status"))
                .isEqualTo("UP");
        assertThat(JsonPath.<String>read(health, "$.components.mqProducer.details.state"))
                .isEqualTo("RUNNING");
        for (String mode : List.of("sync", "async", "oneway")) {
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(JsonPath.<List<Double>>read(
                                    get("/actuator/metrics/mq.producer.send?tag=mode:" + mode),
                                    "$.measurements[?(@.statistic == 'COUNT')].value"))
                            .allMatch(count -> count >= 1));
        }
    }

    @Test
    void runsOnTheNettyThatBootManages() {
        assertThat(Version.identify().get("netty-common").artifactVersion())
                .isEqualTo(System.getProperty("netty.version"));
    }

    private String get(String path) {
        return client.get().uri(path).retrieve().body(String.class);
    }

    private static StoredMessage stored(String topic, String orderId) {
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> ROCKETMQ.cluster().messages(topic).stream()
                                .filter(message -> orderId.equals(message.keys()))
                                .toList(),
                        messages -> messages.size() == 1)
                .get(0);
    }
}
