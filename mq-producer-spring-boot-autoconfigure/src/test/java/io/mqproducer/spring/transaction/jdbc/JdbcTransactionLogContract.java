package io.mqproducer.spring.transaction.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.TransactionState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionTemplate;

/** What the log does in one process, on any database. */
abstract class JdbcTransactionLogContract {

    private static final Duration DAY = Duration.ofHours(24);

    private final DataSource database = database();
    private final JdbcTemplate jdbc = new JdbcTemplate(database);
    private final TransactionTemplate business = new TransactionTemplate(new DataSourceTransactionManager(database));
    private final JdbcTransactionLog log = new JdbcTransactionLog(database, DAY);

    /** One without the table, or with what an earlier test has left. */
    abstract DataSource database();

    /** A time so long ago, in SQL. */
    abstract String hoursAgo(int hours);

    @BeforeEach
    void begin() {
        jdbc.execute("DROP TABLE IF EXISTS mq_transaction_log");
        log.initializeSchema(SchemaInitialization.ALWAYS);
    }

    @Test
    void aCommittedTransactionIsCommitted() {
        business.executeWithoutResult(status -> log.record("tx", "group"));

        assertThat(check("tx")).isEqualTo(TransactionState.COMMIT);
        assertThat(jdbc.queryForMap("SELECT tx_id, producer_group, state FROM mq_transaction_log"))
                .containsEntry("tx_id", "tx")
                .containsEntry("producer_group", "group")
                .containsEntry("state", "COMMIT");
    }

    @Test
    void aTransactionThatWasRolledBackIsRolledBackAndStaysSo() {
        business.executeWithoutResult(status -> {
            log.record("tx", "group");
            status.setRollbackOnly();
        });

        assertThat(check("tx")).isEqualTo(TransactionState.ROLLBACK);
        assertThat(check("tx")).isEqualTo(TransactionState.ROLLBACK);
        assertThat(jdbc.queryForList("SELECT state FROM mq_transaction_log", String.class))
                .containsExactly("ROLLBACK");
    }

    @Test
    void aTransactionThatIsOpenIsUnknownHoweverOftenItIsAskedAbout() throws Exception {
        CountDownLatch recorded = new CountDownLatch(1);
        CountDownLatch mayCommit = new CountDownLatch(1);
        CompletableFuture<Void> open = CompletableFuture.runAsync(() -> business.executeWithoutResult(status -> {
            log.record("tx", "group");
            recorded.countDown();
            await(mayCommit);
        }));
        await(recorded);

        for (int i = 0; i < 3; i++) {
            assertThat(check("tx")).isEqualTo(TransactionState.UNKNOWN);
        }
        mayCommit.countDown();
        open.get(20, TimeUnit.SECONDS);

        assertThat(check("tx")).isEqualTo(TransactionState.COMMIT);
    }

    @Test
    void aTransactionThatWasAnsweredRollbackCannotBeRecordedAnyMore() {
        assertThat(check("tx")).isEqualTo(TransactionState.ROLLBACK);

        assertThatExceptionOfType(MessageNotStoredException.class)
                .isThrownBy(() -> business.executeWithoutResult(status -> log.record("tx", "group")))
                .withMessageContaining("was told ROLLBACK")
                .satisfies(failure -> {
                    assertThat(failure.kind()).isEqualTo(FailureKind.ROLLED_BACK);
                    assertThat(failure.msgId()).contains("tx");
                });
        assertThat(check("tx")).isEqualTo(TransactionState.ROLLBACK);
    }

    @Test
    void aQuestionAboutWhatMayHaveBeenCleanedUpIsNotAnswered() {
        Instant now = Instant.parse("2026-11-20T12:00:00Z");
        JdbcTransactionLog later = new JdbcTransactionLog(database, DAY, Clock.fixed(now, ZoneOffset.UTC));

        assertThat(later.check("old", "group", now.minus(DAY))).isEqualTo(TransactionState.UNKNOWN);
        assertThat(rows()).isEmpty();

        assertThat(later.check("young", "group", now.minus(DAY.dividedBy(2)))).isEqualTo(TransactionState.ROLLBACK);
    }

    // ---- whose transaction

    @Test
    void needsATransactionOfItsOwnDataSource() {
        JdbcDataSource other = new JdbcDataSource();
        other.setURL("jdbc:h2:mem:" + UUID.randomUUID());

        business.executeWithoutResult(status -> log.requireTransaction());
        new TransactionTemplate(new DataSourceTransactionManager(other))
                .executeWithoutResult(status -> assertThatIllegalStateException()
                        .isThrownBy(log::requireTransaction)
                        .withMessageContaining("transaction of the DataSource that mq_transaction_log is in"));
    }

    /** Spring binds the connection of a JdbcTemplate to any transaction; it is in none for that. */
    @Test
    void aConnectionThatIsMerelyBoundIsNoTransaction() {
        JdbcDataSource other = new JdbcDataSource();
        other.setURL("jdbc:h2:mem:" + UUID.randomUUID());

        new TransactionTemplate(new DataSourceTransactionManager(other)).executeWithoutResult(status -> {
            assertThat(rows()).isEmpty();
            assertThatIllegalStateException().isThrownBy(log::requireTransaction);
        });
    }

    @Test
    void refusesAReadOnlyTransaction() {
        business.setReadOnly(true);

        business.executeWithoutResult(status -> assertThatIllegalStateException()
                .isThrownBy(log::requireTransaction)
                .withMessageContaining("read-only"));
    }

    @Test
    void seesThroughATransactionAwareProxy() {
        JdbcTransactionLog proxied = new JdbcTransactionLog(new TransactionAwareDataSourceProxy(database), DAY);

        business.executeWithoutResult(status -> {
            proxied.requireTransaction();
            proxied.record("tx", "group");
            status.setRollbackOnly();
        });

        assertThat(rows()).isEmpty();
    }

    // ---- the table

    @Test
    void deletesOldRowsInPortionsAndNoOthers() {
        insertOld(1_200);
        insert("young", hoursAgo(23));
        business.executeWithoutResult(status -> log.record("new", "group"));

        assertThat(log.deleteExpired(500)).isEqualTo(500);
        assertThat(rows()).hasSize(702);
        clean(log);

        assertThat(rows()).containsExactlyInAnyOrder("young", "new");
    }

    @Test
    void severalProcessesMayCleanUpAtOnce() {
        insertOld(5_000);
        List<CompletableFuture<Void>> processes = List.of(process(), process(), process());

        CompletableFuture.allOf(processes.toArray(CompletableFuture[]::new)).join();
        clean(log);

        assertThat(rows()).isEmpty();
    }

    private CompletableFuture<Void> process() {
        JdbcTransactionLog own = new JdbcTransactionLog(database, DAY);
        return CompletableFuture.runAsync(() -> clean(own));
    }

    private static void clean(JdbcTransactionLog any) {
        JdbcTransactionLogCleaner cleaner =
                new JdbcTransactionLogCleaner(any, Duration.ofHours(1), Duration.ofHours(1));
        cleaner.start();
        cleaner.clean();
        cleaner.stop();
    }

    @Test
    void cleansUpByItselfUntilItIsStopped() throws Exception {
        insert("old", hoursAgo(25));
        JdbcTransactionLogCleaner cleaner =
                new JdbcTransactionLogCleaner(log, Duration.ofMillis(1), Duration.ofMillis(1));

        cleaner.start();
        Awaitility.await().until(() -> rows().isEmpty());
        cleaner.stop();
        cleaner.start();
        insert("older", hoursAgo(25));
        Awaitility.await().until(() -> rows().isEmpty());
        cleaner.stop();

        assertThat(cleaner.isRunning()).isFalse();
        Awaitility.await()
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .extracting(Thread::getName)
                        .doesNotContain("mq-producer-transaction-log"));
    }

    @Test
    void aMissingTableIsToldWithTheScriptThatMakesIt() {
        jdbc.execute("DROP TABLE mq_transaction_log");

        log.initializeSchema(SchemaInitialization.NEVER);

        assertThatIllegalStateException()
                .isThrownBy(log::verifyTable)
                .withMessageContaining("classpath:io/mqproducer/spring/transaction/jdbc/schema-")
                .withMessageContaining("initialize-schema=always");
        log.initializeSchema(SchemaInitialization.ALWAYS);
        log.initializeSchema(SchemaInitialization.ALWAYS);
        log.verifyTable();
    }

    @Test
    void aRetentionThatBrokersOutlastIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new JdbcTransactionLog(database, Duration.ofMinutes(59)))
                .withMessageContaining("transaction.jdbc.retention must be at least PT1H")
                .withMessageContaining("got PT59M");
    }

    @Test
    void aDatabaseThatDoesNotAnswerIsNoRollback() {
        jdbc.execute("DROP TABLE mq_transaction_log");

        assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> check("tx"));
    }

    // ---- what they share

    JdbcTemplate jdbc() {
        return jdbc;
    }

    JdbcTransactionLog log() {
        return log;
    }

    TransactionTemplate business() {
        return business;
    }

    private TransactionState check(String id) {
        return log.check(id, "group", Instant.now());
    }

    private List<String> rows() {
        return jdbc.queryForList("SELECT tx_id FROM mq_transaction_log", String.class);
    }

    private void insertOld(int count) {
        business.executeWithoutResult(status -> {
            for (int i = 0; i < count; i++) {
                insert("old-" + i, hoursAgo(25));
            }
        });
    }

    private void insert(String id, String createdAt) {
        jdbc.update(
                "INSERT INTO mq_transaction_log (tx_id, producer_group, state, created_at) VALUES (?, 'group', 'COMMIT', "
                        + createdAt + ")",
                id);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
