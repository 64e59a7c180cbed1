package io.mqproducer.spring.transaction;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Message;
import io.mqproducer.message.MessageView;
import io.mqproducer.message.TransactionState;
import io.mqproducer.spring.transaction.jdbc.JdbcTransactionLog;
import io.mqproducer.spring.transaction.jdbc.SchemaInitialization;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Half messages and the transaction log together. */
class LoggedTransactionsTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final JdbcDataSource database = new JdbcDataSource();
    private final JdbcTemplate jdbc = new JdbcTemplate(database);
    private final DataSourceTransactionManager manager = new DataSourceTransactionManager(database);
    private final TransactionTemplate transaction = new TransactionTemplate(manager);
    private final TransactionalProducer producer = new TransactionalProducer();
    private JdbcTransactionLog log;
    private SpringMessageTransactions transactions;

    @BeforeEach
    void begin() {
        database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        log = new JdbcTransactionLog(database, Duration.ofHours(24));
        log.initializeSchema(SchemaInitialization.EMBEDDED);
        jdbc.execute("CREATE TABLE orders (id VARCHAR(10) PRIMARY KEY)");
        transactions = new SpringMessageTransactions(log);
    }

    @AfterEach
    void end() {
        transactions.close();
        jdbc.execute("SHUTDOWN");
    }

    @Test
    void aHalfMessageIsRecordedInTheTransactionThatItBelongsTo() {
        transaction.executeWithoutResult(status -> {
            order("a");
            assertThat(producer.log).containsExactly("prepare a");
        });

        assertThat(transactions.drain(LIMIT)).isTrue();
        assertThat(producer.log).containsExactly("prepare a", "COMMIT a");
        assertThat(log()).containsExactly(Map.of("TX_ID", "id-a", "PRODUCER_GROUP", "group", "STATE", "COMMIT"));
    }

    @Test
    void aTransactionThatWasAnsweredRollbackBeforeItsRecordIsRolledBack() {
        assertThat(log.check("id-a", "group", Instant.now())).isEqualTo(TransactionState.ROLLBACK);

        assertThatExceptionOfType(MessageNotStoredException.class)
                .isThrownBy(() -> transaction.executeWithoutResult(status -> order("a")))
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.ROLLED_BACK))
                .withMessageContaining("was told ROLLBACK");

        assertNothingHappened("ROLLBACK a");
    }

    /** H2 and MySQL would commit the rest of it. */
    @Test
    void evenIfTheApplicationGoesOn() {
        assertThat(log.check("id-a", "group", Instant.now())).isEqualTo(TransactionState.ROLLBACK);

        assertThatExceptionOfType(MessageNotStoredException.class)
                .isThrownBy(() -> transaction.executeWithoutResult(status -> {
                    assertThatExceptionOfType(MessageNotStoredException.class).isThrownBy(() -> order("a"));
                    jdbc.update("INSERT INTO orders (id) VALUES ('b')");
                }))
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.ROLLED_BACK))
                .withMessageContaining("could not be recorded");

        assertNothingHappened("ROLLBACK a");
    }

    @Test
    void butNotIfThatPartOfItIsRolledBackToASavepoint() {
        assertThat(log.check("id-a", "group", Instant.now())).isEqualTo(TransactionState.ROLLBACK);
        TransactionTemplate nested = new TransactionTemplate(manager);
        nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);

        transaction.executeWithoutResult(status -> {
            assertThatExceptionOfType(MessageNotStoredException.class)
                    .isThrownBy(() -> nested.executeWithoutResult(inner -> order("a")));
            order("b");
        });

        assertThat(transactions.drain(LIMIT)).isTrue();
        assertThat(orders()).containsExactly("b");
        assertThat(producer.log).contains("ROLLBACK a", "COMMIT b").doesNotContain("COMMIT a");
    }

    @Test
    void aDatabaseThatDoesNotTakeTheRecordLeavesNothingBehind() {
        jdbc.execute("DROP TABLE mq_transaction_log");

        assertThatExceptionOfType(MessageNotStoredException.class)
                .isThrownBy(() -> transaction.executeWithoutResult(status -> {
                    try {
                        order("a");
                    } catch (RuntimeException e) {
                        assertThat(e).hasMessageContaining("mq_transaction_log");
                    }
                }));

        assertNothingHappened("ROLLBACK a");
    }

    @Test
    void aTransactionOfAnotherDatabaseIsRefusedBeforeTheHalfMessage() {
        JdbcDataSource other = new JdbcDataSource();
        other.setURL("jdbc:h2:mem:" + UUID.randomUUID());

        new TransactionTemplate(new DataSourceTransactionManager(other))
                .executeWithoutResult(status -> assertThatIllegalStateException()
                        .isThrownBy(() -> transactions.sendWithTransaction(producer, message("a"))));

        assertThat(producer.log).isEmpty();
    }

    @Test
    void theCheckerAnswersFromTheLogAndLeavesWhatIsNotInItUnknown() {
        transaction.executeWithoutResult(status -> order("a"));
        TransactionLogChecker checker = new TransactionLogChecker(log, List.of("orders"));

        assertThat(checker.topics()).containsExactly("orders");
        assertThat(checker.check(half("id-a", Map.of("PGROUP", "group", "mq_tx_log", "1"))))
                .isEqualTo(TransactionState.COMMIT);
        assertThat(checker.check(half("id-b", Map.of("PGROUP", "group", "mq_tx_log", "1"))))
                .isEqualTo(TransactionState.ROLLBACK);
        assertThat(checker.check(half("id-c", Map.of("PGROUP", "group")))).isEqualTo(TransactionState.UNKNOWN);
        assertThat(log()).extracting(row -> row.get("TX_ID")).containsExactlyInAnyOrder("id-a", "id-b");
    }

    // ---- what they share

    private void order(String id) {
        jdbc.update("INSERT INTO orders (id) VALUES (?)", id);
        transactions.sendWithTransaction(producer, message(id));
    }

    private static Message message(String body) {
        return Message.of("orders", body.getBytes(UTF_8));
    }

    private static MessageView half(String msgId, Map<String, String> properties) {
        return MessageView.builder("orders", new byte[1])
                .msgId(msgId)
                .properties(properties)
                .born(Instant.now(), "127.0.0.1:1")
                .build();
    }

    private List<Map<String, Object>> log() {
        return jdbc.queryForList("SELECT tx_id, producer_group, state FROM mq_transaction_log");
    }

    private List<String> orders() {
        return jdbc.queryForList("SELECT id FROM orders", String.class);
    }

    private void assertNothingHappened(String end) {
        assertThat(transactions.drain(LIMIT)).isTrue();
        assertThat(orders()).isEmpty();
        assertThat(producer.log).containsExactly("prepare a", end);
    }
}
