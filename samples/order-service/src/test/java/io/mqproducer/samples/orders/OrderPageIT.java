package io.mqproducer.samples.orders;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import io.mqproducer.samples.orders.OrderPage.Row;
import io.mqproducer.spring.boot.test.EmbeddedMQ;
import io.mqproducer.test.EmbeddedBroker;
import io.mqproducer.test.EmbeddedRocketMQ;
import io.mqproducer.test.StoredMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.chrome.ChromeDriver;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The page in a real browser; what it says is compared with what the broker has. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = "shop.first-orders=0")
@EmbeddedMQ
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OrderPageIT {

    private static final Path PICTURE = Path.of("target/screenshots/order-service.png");

    private final EmbeddedRocketMQ rocketMQ;
    private final OrderBook book;
    private final String url;
    private final String customer = someone("gina");
    private ChromeDriver browser;
    private OrderPage page;

    OrderPageIT(@Autowired EmbeddedRocketMQ rocketMQ, @Autowired OrderBook book, @LocalServerPort int port) {
        this.rocketMQ = rocketMQ;
        this.book = book;
        this.url = "http://localhost:" + port + "/";
    }

    @BeforeAll
    void open(@TempDir Path profile) {
        PatientBroker.of(rocketMQ);
        browser = Chromium.start(profile);
        page = OrderPage.open(browser, url);
        assertThat(page.requests()).contains(url + "app.js", url + "webjars/chart.js/dist/chart.umd.min.js");
    }

    @AfterAll
    void close() throws IOException {
        if (browser != null) {
            page.photograph(PICTURE);
            browser.quit();
        }
    }

    /** Answers that are no successes are in the console, too; they are looked at where they are asked for. */
    @AfterEach
    void nothingIsComplainedAboutAndNothingIsLoadedFromElsewhere() {
        assertThat(page.console()).allMatch(message -> message.matches(".* status of (409|503|504) .*"));
        assertThat(page.requests()).allMatch(address -> address.startsWith(url));
    }

    @ParameterizedTest
    @CsvSource({"sync, stored", "async, stored", "transactional, committed"})
    void showsWhereEachOrderIs(String mode, String outcome) {
        List<Row> rows = page.place(mode, 10, customer);

        Map<String, StoredMessage> stored = stored(rows);
        assertThat(rows).hasSize(10).allSatisfy(row -> {
            assertThat(row.mode()).isEqualTo(mode);
            assertThat(row.outcome()).isEqualTo(outcome);
            assertThat(row.millis()).isBetween(0.0, 3000.0);
            StoredMessage order = stored.get(msgId(row));
            assertThat(row.place())
                    .startsWith(order.brokerName(), Integer.toString(order.queueId()))
                    .element(2)
                    .isEqualTo(mode.equals("transactional") ? "–" : Long.toString(order.queueOffset()));
            assertThat(new String(order.body(), UTF_8)).contains(customer);
        });
        assertThat(page.text("summary")).startsWith("10 orders in ").endsWith(" s: 10 " + outcome + ".");
    }

    @Test
    void saysThatNobodyWaitsForOneWayOrders() {
        String unheard = someone("hal");

        List<Row> rows = page.place("oneway", 10, unheard);

        assertThat(rows).hasSize(10).allSatisfy(row -> {
            assertThat(row.mode()).isEqualTo("one-way");
            assertThat(row.outcome()).isEqualTo("handed over");
            assertThat(row.place()).containsExactly("written to the connection; nobody waits for an answer");
        });
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(ordersOf(unheard)).hasSize(10));
    }

    @Test
    void showsThatAFailedTransactionIsRolledBack() {
        String greedy = someone("greedy");

        Row failed = page.placeTooMany(greedy);
        Row committed = page.place("transactional", 1, greedy).get(0);

        assertThat(failed.mode()).isEqualTo("transactional");
        assertThat(failed.outcome()).isEqualTo("rolled back");
        assertThat(failed.place()).singleElement().asString().contains("more than there is; row and message are gone");
        stored(List.of(committed));
        assertThat(ordersOf(greedy))
                .singleElement()
                .extracting(StoredMessage::msgId)
                .isEqualTo(msgId(committed));
        assertThat(book.ordersOf(greedy)).hasSize(1);
    }

    @Test
    void saysThatAnOrderIsMaybeStored() {
        EmbeddedBroker broker = rocketMQ.brokers().get(0);
        broker.freeze();
        try {
            Row row = page.place("sync", 1, customer).get(0);

            assertThat(row.outcome()).isEqualTo("maybe stored");
            assertThat(row.place()).containsExactly("Perhaps ordered, ask before you order again (TIMEOUT)");
        } finally {
            broker.unfreeze();
        }
    }

    @Test
    void asksForAPrice() {
        page.type("pieces", "3");

        assertThat(page.textAfter("ask", "price")).startsWith("11.70 EUR for 3 × tea");

        page.type("pieces", "2");
    }

    @Test
    void setsAReminderAndRecallsIt() {
        String forgetful = someone("ivy");
        page.place("sync", 1, forgetful);
        page.type("seconds", "60");

        assertThat(page.textAfter("remind", "reminder")).startsWith("“" + forgetful + ", your tea is waiting” at ");
        assertThat(page.enabled("recall")).isTrue();
        assertThat(page.textAfter("recall", "reminder")).isEqualTo("Recalled: it will never be delivered.");
        assertThat(page.enabled("recall")).isFalse();
    }

    @Test
    void saysThatAReminderIsDelivered() {
        String patient = someone("joe");
        page.place("sync", 1, patient);
        page.type("seconds", "1");

        page.textAfter("remind", "reminder");

        page.await("reminder", "“" + patient + ", your tea is waiting” is delivered.");
        assertThat(page.enabled("recall")).isFalse();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(rocketMQ.messages(Reminders.TOPIC))
                        .extracting(message -> new String(message.body(), UTF_8))
                        .contains(patient + ", your tea is waiting"));
    }

    @Test
    void drawsThroughputAndLatencyOfEachMode() {
        for (String mode : List.of("sync", "async", "oneway", "transactional")) {
            page.place(mode, 1, customer);
        }

        for (String mode : List.of("sync", "async", "one-way", "transactional")) {
            await(mode).atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
                assertThat(page.points("throughput").get(mode)).anyMatch(rate -> rate.doubleValue() > 0);
                assertThat(page.points("latency").get(mode + " p50")).isNotEmpty();
                assertThat(page.points("latency").get(mode + " p99")).isNotEmpty();
            });
        }
        assertThat(page.await("health", "UP")).isEqualTo("UP · 2 producers · 1 broker");
        assertThat(page.await("producers", "audit")).contains("primary", "order-service", "order-audit", "broker-a");
    }

    @Test
    void countsOrdersPerSecondWhateverBecameOfThem() {
        Map<String, Object> before = reading(1000, 10, 1);
        Map<String, Object> now = reading(3000, 30, 3);

        assertThat(rates(before, now)).containsOnlyKeys("sync", "async", "oneway", "transactional");
        assertThat(rates(before, now)).contains(entry("sync", 11L), entry("async", 0L));
        assertThat(rates(now, before)).contains(entry("sync", 0L));
        assertThat(now.get("modes")).asString().contains("sync={count=33, p50=null, p99=500}");
    }

    private Map<String, Object> reading(long at, int stored, int notStored) {
        String text = """
                mq_producer_send_seconds_count{mode="sync",outcome="acked",topic="sample-orders"} %d
                mq_producer_send_seconds_count{mode="sync",outcome="not_stored",topic="sample-orders"} %d
                mq_producer_send_seconds_count{mode="sync",outcome="acked",topic="sample-audit"} 7
                mq_producer_send_seconds{mode="sync",outcome="acked",topic="sample-orders",quantile="0.99"} 0.5
                mq_producer_send_seconds{mode="sync",outcome="not_stored",topic="sample-orders",quantile="0.99"} 3.0
                """.formatted(stored, notStored);
        return Map.of("at", at, "modes", page.call(url + "js/meters.js", "readMeters", text));
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> rates(Map<String, Object> before, Map<String, Object> now) {
        return (Map<String, Object>) page.call(url + "js/meters.js", "rates", before, now);
    }

    /** Whom no other test has. */
    private static String someone(String name) {
        return name + "-" + UUID.randomUUID().toString().substring(0, 8);
    }

    private static String msgId(Row row) {
        return row.place().get(3);
    }

    /** The messages of these rows, by their ids. */
    private Map<String, StoredMessage> stored(List<Row> rows) {
        Set<String> ids = rows.stream().map(OrderPageIT::msgId).collect(toSet());
        return await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> rocketMQ.messages(OrderEvents.ORDERS).stream()
                                .filter(message -> ids.contains(message.msgId()))
                                .collect(toMap(StoredMessage::msgId, message -> message)),
                        messages -> messages.size() == ids.size());
    }

    private List<StoredMessage> ordersOf(String name) {
        return rocketMQ.messages(OrderEvents.ORDERS).stream()
                .filter(message -> new String(message.body(), UTF_8).contains(name))
                .toList();
    }
}
