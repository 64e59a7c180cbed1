package io.mqproducer.spring.transaction.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.spring.transaction.jdbc.OrderProcess.Step;
import io.mqproducer.test.EmbeddedRocketMQ;
import io.mqproducer.test.StoredMessage;
import io.mqproducer.test.junit.RocketMQExtension;
import io.mqproducer.test.process.ProcessGuard;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * What nobody else promises, on one database: a message is visible if and only if the transaction that it belongs to has committed,
 * whichever process dies when, and whoever is asked. Each test with processes of their own, against the real RocketMQ.
 */
@Tag("rocketmq")
abstract class TransactionLogScenarios {

    /** How often the test with killed processes is done; more is for runs by hand. */
    private static final int ROUNDS = Integer.getInteger("mq.transaction-log.rounds", 1);

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @RegisterExtension
    static final RocketMQExtension ROCKETMQ = RocketMQExtension.of(EmbeddedRocketMQ.builder()
            .brokerProperty("transactionOpBatchInterval", "50")
            .brokerProperty("transactionTimeOut", "1000")
            .brokerProperty("transactionCheckInterval", "1000"));

    @TempDir
    private Path folder;

    private ProcessGuard guard;
    private JdbcTemplate jdbc;
    private String topic;

    /** The JDBC URL of the database, which processes can share. */
    abstract String url();

    @BeforeEach
    void begin() {
        DataSource database = new DriverManagerDataSource(url());
        jdbc = new JdbcTemplate(database);
        jdbc.execute("DROP TABLE IF EXISTS orders");
        jdbc.execute("DROP TABLE IF EXISTS mq_transaction_log");
        jdbc.execute("CREATE TABLE orders (id VARCHAR(20) PRIMARY KEY)");
        new JdbcTransactionLog(database, Duration.ofHours(24)).initializeSchema(SchemaInitialization.ALWAYS);
        guard = ProcessGuard.start(folder);
        topic = "orders-" + System.nanoTime();
        ROCKETMQ.cluster().createTopic(topic, 4);
    }

    @AfterEach
    void end() {
        guard.close();
    }

    @Test
    void aProcessKilledAtAnyStepLeavesAMessageExactlyIfItsTransactionHasCommitted() {
        OrderChild witness = child("witness");
        List<String> undone = new ArrayList<>();
        List<String> done = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
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

        assertThat(orders()).containsExactlyInAnyOrderElementsOf(done);
        assertThat(visible()).containsExactlyInAnyOrderElementsOf(done);
    }

    @Test
    void aTransactionHeldOpenOverThreeQuestionsThatAnotherProcessAnswersIsVisibleOnceItCommits() {
        OrderChild other = child("other");
        OrderChild owner = child("owner");
        other.await("ready");
        owner.await("ready");
        owner.order("held", Step.RECORDED);
        owner.await("at RECORDED");

        Awaitility.await().atMost(LIMIT).until(() -> other.count("checked held UNKNOWN") >= 3);
        assertThat(visible()).isEmpty();
        owner.goOn();

        owner.await("taken held");
        awaitVisible(List.of("held"));
        assertThat(visible()).containsExactly("held");
        assertThat(orders()).containsExactly("held");
        assertThat(other.count("checked held ROLLBACK")).isZero();
    }

    @Test
    void aTransactionThatRecordsItsMessageTooLateIsRolledBackLikeTheMessage() {
        OrderChild owner = child("owner");
        owner.await("ready");
        owner.order("late", Step.HALF);
        owner.await("at HALF");
        OrderChild other = child("other");

        Awaitility.await()
                .atMost(LIMIT)
                .until(() -> owner.count("checked late ROLLBACK") + other.count("checked late ROLLBACK") > 0);
        owner.goOn();

        assertThat(owner.await("failed late")).contains("ROLLED_BACK").contains("was told ROLLBACK");
        assertThat(orders()).isEmpty();
        assertThat(visible()).isEmpty();
        assertThat(jdbc.queryForList("SELECT state FROM mq_transaction_log", String.class))
                .containsExactly("ROLLBACK");
        assertThat(jdbc.queryForList("SELECT producer_group FROM mq_transaction_log", String.class))
                .containsExactly(OrderProcess.GROUP + "-" + topic);
    }

    // ---- what they share

    private OrderChild child(String name) {
        return OrderChild.start(guard, name, url(), ROCKETMQ.nameServerAddresses(), topic);
    }

    private Set<String> orders() {
        return new TreeSet<>(jdbc.queryForList("SELECT id FROM orders", String.class));
    }

    /** The keys of all messages, as often as they are there. */
    private List<String> visible() {
        return ROCKETMQ.cluster().summaries(topic).stream()
                .map(StoredMessage::keys)
                .toList();
    }

    private void awaitVisible(List<String> keys) {
        Awaitility.await()
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> visible().containsAll(keys));
    }
}
