package io.mqproducer.samples.orders;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.jayway.jsonpath.JsonPath;
import io.mqproducer.samples.orders.OrderController.OrderRequest;
import io.mqproducer.samples.orders.ReminderController.Reminder;
import io.mqproducer.samples.orders.ReminderController.ReminderRequest;
import io.mqproducer.spring.boot.test.EmbeddedMQ;
import io.mqproducer.test.EmbeddedRocketMQ;
import io.mqproducer.test.StoredMessage;
import io.netty.util.Version;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpStatus;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;

/** The whole service with a real RocketMQ, which is asked what it has stored. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = "shop.first-orders=0")
@EmbeddedMQ
class OrderServiceIT {

    private static final int MORE_THAN_THERE_IS = 1_000_000;

    private final EmbeddedRocketMQ rocketMQ;
    private final OrderBook book;
    private final RestClient client;

    OrderServiceIT(@Autowired EmbeddedRocketMQ rocketMQ, @Autowired OrderBook book, @LocalServerPort int port) {
        this.rocketMQ = rocketMQ;
        this.book = book;
        this.client = RestClient.create("http://localhost:" + port);
    }

    @BeforeAll
    static void patience(@Autowired EmbeddedRocketMQ rocketMQ) {
        PatientBroker.of(rocketMQ);
    }

    @Test
    void storesAnOrderWithItsAuditAndItsClick() {
        Receipt receipt = place(OrderMode.SYNC, "alice", 2);

        StoredMessage order = stored(OrderEvents.ORDERS, receipt.orderId());
        assertThat(receipt.outcome()).isEqualTo("stored");
        assertThat(receipt.message())
                .isEqualTo(new Receipt.Place(order.msgId(), order.brokerName(), order.queueId(), order.queueOffset()));
        assertThat(order.tags()).isEqualTo("created");
        assertThat(order.properties()).containsEntry("tenant", "acme");
        assertThat(JsonPath.<String>read(new String(order.body(), UTF_8), "$.customer"))
                .isEqualTo("alice");
        assertThat(stored(Audit.TOPIC, receipt.orderId()).properties())
                .containsEntry("pieces", "2")
                .containsEntry("tenant", "acme");
        assertThat(stored(OrderEvents.CLICKS, receipt.orderId()).body()).isEqualTo("tea".getBytes(UTF_8));
    }

    @ParameterizedTest
    @EnumSource
    void storesAnOrderAndItsAuditInEveryMode(OrderMode mode) {
        String customer = "bob-" + UUID.randomUUID();

        Receipt receipt = place(mode, customer, 1);

        StoredMessage order = stored(OrderEvents.ORDERS, receipt.orderId());
        if (receipt.message() != null) {
            assertThat(receipt.message().id()).isEqualTo(order.msgId());
        }
        stored(Audit.TOPIC, receipt.orderId());
        assertThat(book.ordersOf(customer)).hasSize(mode == OrderMode.TRANSACTIONAL ? 1 : 0);
    }

    @Test
    void nothingIsLeftOfAnOrderWhoseTransactionIsRolledBack() {
        String customer = "carol-" + UUID.randomUUID();

        assertThatThrownBy(() -> place(OrderMode.TRANSACTIONAL, customer, MORE_THAN_THERE_IS))
                .isInstanceOfSatisfying(HttpClientErrorException.class, refusal -> {
                    assertThat(refusal.getStatusCode()).isEqualTo(HttpStatus.CONFLICT);
                    assertThat(refusal.getResponseBodyAsString()).contains("rolled back", "more than there is");
                });

        // One of the same customer that is committed later: once it can be seen, the other one could be, too.
        String committed = place(OrderMode.TRANSACTIONAL, customer, 1).orderId();
        stored(OrderEvents.ORDERS, committed);
        stored(Audit.TOPIC, committed);
        assertThat(storedOrdersOf(customer, OrderEvents.ORDERS)).containsExactly(committed);
        assertThat(storedOrdersOf(customer, Audit.TOPIC)).containsExactly(committed);
        assertThat(book.ordersOf(customer)).containsExactly(committed);
    }

    @Test
    void keepsTheOrdersOfACustomerInTheirOrder() {
        List<Receipt> receipts = List.of(
                place(OrderMode.SYNC, "dave", 1), place(OrderMode.ASYNC, "dave", 2), place(OrderMode.SYNC, "dave", 3));

        assertThat(receipts)
                .extracting(receipt -> receipt.message().queue())
                .containsOnly(receipts.get(0).message().queue());
        assertThat(receipts).extracting(receipt -> receipt.message().offset()).isSorted();
    }

    @Test
    void asksForAPriceAndGetsIt() {
        rocketMQ.client().send(Prices.TOPIC, "no question".getBytes(UTF_8)); // which nobody minds

        Price price = client.get().uri("/prices/coffee?pieces=3").retrieve().body(Price.class);

        assertThat(price).isEqualTo(new Price("coffee", 3, new BigDecimal("16.20"), "EUR"));
    }

    @Test
    void deliversAReminderUnlessItIsRecalled() {
        Reminder recalled = remind(UUID.randomUUID().toString(), 3);
        Reminder kept = remind(UUID.randomUUID().toString(), 4);

        assertThat(recall(recalled.orderId())).isEqualTo(HttpStatus.NO_CONTENT);
        assertThatThrownBy(() -> recall(recalled.orderId())).isInstanceOf(HttpClientErrorException.NotFound.class);

        assertThat(stored(Reminders.TOPIC, kept.orderId()).body())
                .isEqualTo("erin, your tea is waiting".getBytes(UTF_8));
        assertThat(rocketMQ.messages(Reminders.TOPIC))
                .extracting(StoredMessage::keys)
                .doesNotContain(recalled.orderId());
    }

    @Test
    void showsMetersObservationsAndHealth() {
        for (OrderMode mode : OrderMode.values()) {
            place(mode, "frank", 1);
        }

        for (String mode : List.of("sync", "async", "oneway", "half")) {
            assertThat(count("mq.producer.send?tag=topic:sample-orders&tag=mode:" + mode))
                    .as(mode)
                    .isPositive();
        }
        assertThat(count("mq.template.send?tag=mq.template.name:audit")).isPositive();
        String health = get("/actuator/health");
        for (String producer : List.of("mqProducer", "auditMqProducer")) {
            assertThat(JsonPath.<String>read(health, "$.components.mqProducer.components." + producer + ".status"))
                    .isEqualTo("UP");
            assertThat(JsonPath.<String>read(get("/actuator/mqproducers"), "$.producers." + producer + ".state"))
                    .isEqualTo("RUNNING");
        }
    }

    @Test
    void runsOnTheNettyThatBootManages() {
        assertThat(Version.identify().get("netty-common").artifactVersion())
                .isEqualTo(System.getProperty("netty.version"));
    }

    private Receipt place(OrderMode mode, String customer, int pieces) {
        return client.post()
                .uri("/orders?mode={mode}", mode)
                .body(new OrderRequest(customer, "tea", pieces))
                .retrieve()
                .body(Receipt.class);
    }

    private Reminder remind(String orderId, int seconds) {
        return client.post()
                .uri("/orders/{id}/reminder", orderId)
                .body(new ReminderRequest("erin", "tea", seconds))
                .retrieve()
                .body(Reminder.class);
    }

    private HttpStatus recall(String orderId) {
        return HttpStatus.valueOf(client.delete()
                .uri("/orders/{id}/reminder", orderId)
                .retrieve()
                .toBodilessEntity()
                .getStatusCode()
                .value());
    }

    /** Meters are written a moment after the answer. */
    private double count(String meter) {
        return await().atMost(Duration.ofSeconds(10))
                .ignoreExceptions()
                .until(
                        () -> JsonPath.<List<Double>>read(
                                        get("/actuator/metrics/" + meter),
                                        "$.measurements[?(@.statistic == 'COUNT')].value")
                                .get(0),
                        count -> count > 0);
    }

    private String get(String path) {
        return client.get().uri(path).retrieve().body(String.class);
    }

    private List<String> storedOrdersOf(String customer, String topic) {
        return rocketMQ.messages(topic).stream()
                .filter(message -> new String(message.body(), UTF_8).contains(customer))
                .map(StoredMessage::keys)
                .toList();
    }

    private StoredMessage stored(String topic, String key) {
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> rocketMQ.messages(topic).stream()
                                .filter(message -> key.equals(message.keys()))
                                .toList(),
                        messages -> messages.size() == 1)
                .get(0);
    }
}
