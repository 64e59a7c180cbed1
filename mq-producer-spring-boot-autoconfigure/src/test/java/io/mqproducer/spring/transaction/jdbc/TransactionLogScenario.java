package io.mqproducer.spring.transaction.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.spring.transaction.jdbc.OrderProcess.Step;
import io.mqproducer.test.EmbeddedRocketMQ;
import io.mqproducer.test.StoredMessage;
import io.mqproducer.test.process.ProcessGuard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Orders on one database, with processes of their own that die or wait at bad moments. For one use. */
final class TransactionLogScenario {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final String database;
    private final String url;
    private final EmbeddedRocketMQ rocketMQ;
    private final ProcessGuard guard;
    private final JdbcTemplate jdbc;
    private final String topic;

    TransactionLogScenario(String database, String url, EmbeddedRocketMQ rocketMQ, ProcessGuard guard) {
        this.database = database;
        this.url = url;
        this.rocketMQ = rocketMQ;
        this.guard = guard;
        DataSource dataSource = new DriverManagerDataSource(url);
        this.jdbc = new JdbcTemplate(dataSource);
        jdbc.execute("DROP TABLE IF EXISTS orders");
        jdbc.execute("DROP TABLE IF EXISTS mq_transaction_log");
        jdbc.execute("CREATE TABLE orders (id VARCHAR(20) PRIMARY KEY)");
        new JdbcTransactionLog(dataSource, Duration.ofHours(24)).initializeSchema(SchemaInitialization.ALWAYS);
        this.topic = "orders-" + UUID.randomUUID();
        rocketMQ.createTopic(topic, 4);
    }

    void killAtEachStep(int rounds) {
        try (OrderChild witness = child("witness")) {
            List<String> undone = new ArrayList<>();
            List<String> done = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                for (Step step : List.of(Step.HALF, Step.RECORDED, Step.COMMITTED, Step.ENDING)) {
                    String key = step + "-" + round;
                    (step == Step.HALF || step == Step.RECORDED ? undone : done).add(key);
                    try (OrderChild victim = child("victim-" + key)) {
                        victim.await("ready");
                        victim.order(key, step);
                        victim.await("at " + step);
                    }
                }
            }

            undone.forEach(key -> witness.await("checked " + key + " ROLLBACK"));
            awaitVisible(done);

            assertThat(orders()).as("orders in %s", database).containsExactlyInAnyOrderElementsOf(done);
            assertThat(visible()).as("messages with %s", database).containsExactlyInAnyOrderElementsOf(done);
        }
    }

    void holdOverThreeQuestions() {
        try (OrderChild other = child("other");
                OrderChild owner = child("owner")) {
            other.await("ready");
            owner.await("ready");
            owner.order("held", Step.RECORDED);
            owner.await("at RECORDED");

            Awaitility.await("three answers of another process with " + database)
                    .atMost(LIMIT)
                    .until(() -> other.count("checked held UNKNOWN") >= 3);
            assertThat(visible()).isEmpty();
            owner.goOn();

            owner.await("taken held");
            awaitVisible(List.of("held"));
            assertThat(visible()).as("messages with %s", database).containsExactly("held");
            assertThat(orders()).as("orders in %s", database).containsExactly("held");
            assertThat(other.count("checked held ROLLBACK")).isZero();
        }
    }

    void recordTooLate() {
        try (OrderChild other = child("other");
                OrderChild owner = child("owner")) {
            other.await("ready");
            owner.await("ready");
            owner.order("late", Step.HALF);
            owner.await("at HALF");

            Awaitility.await("an answer of either process with " + database)
                    .atMost(LIMIT)
                    .until(() -> owner.count("checked late ROLLBACK") + other.count("checked late ROLLBACK") > 0);
            owner.goOn();

            assertThat(owner.await("failed late")).contains("ROLLED_BACK").contains("was told ROLLBACK");
            assertThat(orders()).as("orders in %s", database).isEmpty();
            assertThat(visible()).as("messages with %s", database).isEmpty();
            assertThat(jdbc.queryForList("SELECT state FROM mq_transaction_log", String.class))
                    .containsExactly("ROLLBACK");
            assertThat(jdbc.queryForList("SELECT producer_group FROM mq_transaction_log", String.class))
                    .containsExactly(OrderProcess.groupOf(topic));
        }
    }

    // ---- what they share

    private OrderChild child(String role) {
        return OrderChild.start(guard, topic + "-" + role, url, rocketMQ.nameServerAddresses(), topic);
    }

    private List<String> orders() {
        return jdbc.queryForList("SELECT id FROM orders", String.class);
    }

    /** The keys of all messages, as often as they are there. */
    private List<String> visible() {
        return rocketMQ.summaries(topic).stream().map(StoredMessage::keys).toList();
    }

    private void awaitVisible(List<String> keys) {
        Awaitility.await(keys + " with " + database)
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> visible().containsAll(keys));
    }
}
