package io.mqproducer.spring.transaction.jdbc;

import io.mqproducer.exception.FailureReport;
import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.TransactionState;
import io.mqproducer.spring.transaction.TransactionLog;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A {@link TransactionLog} in the table {@code mq_transaction_log} of the application's database: H2, PostgreSQL, MySQL or MariaDB. Its
 * records are rows {@code COMMIT}, inserted by the application's own transaction. Whoever is asked about a transaction that has no row
 * inserts one that says {@code ROLLBACK}, in a transaction of its own: either this succeeds, and the application's insert will
 * fail, or it meets the application's row, committed or not. Thread-safe.
 *
 * <p>The application's transactions have to be of the same {@code DataSource}: by {@code DataSourceTransactionManager}, {@code
 * JdbcTransactionManager}, or JPA's or Hibernate's if they show their connection to Spring. Not JTA.
 */
public final class JdbcTransactionLog implements TransactionLog {

    /** What {@code retention} must be at least: brokers may ask that long, by their defaults, and be down for a while. */
    public static final Duration LEAST_RETENTION = Duration.ofHours(1);

    private static final Logger log = LoggerFactory.getLogger(JdbcTransactionLog.class);

    /** How long a check waits for a transaction that has inserted its row and not ended. */
    private static final Duration LOCK_TIMEOUT = Duration.ofMillis(200);

    /** How much the clocks of processes and the database may differ. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(15);

    private static final String SELECT = "SELECT state FROM mq_transaction_log WHERE tx_id = ?";
    private static final String INSERT =
            "INSERT INTO mq_transaction_log (tx_id, producer_group, state) VALUES (?, ?, ?)";
    private static final String DELETE = "DELETE FROM mq_transaction_log WHERE tx_id = ?";

    private final DataSource dataSource;
    private final JdbcTemplate jdbc;
    private final LogDatabase database;
    private final TransactionTemplate ownTransaction;
    private final Duration retention;
    private final Clock clock;

    /**
     * A log in this database, which is asked what it is.
     *
     * @param retention for how long rows are kept, 1 h at least
     * @throws IllegalArgumentException if that is less, or the database is none of those known
     * @throws DataAccessException if the database does not answer
     */
    public JdbcTransactionLog(DataSource dataSource, Duration retention) {
        this(dataSource, retention, Clock.systemUTC());
    }

    JdbcTransactionLog(DataSource dataSource, Duration retention, Clock clock) {
        if (retention.compareTo(LEAST_RETENTION) < 0) {
            throw new IllegalArgumentException("transaction.jdbc.retention must be at least " + LEAST_RETENTION
                    + ", because brokers ask about transactions that long, got " + retention);
        }
        this.dataSource = target(Objects.requireNonNull(dataSource, "dataSource"));
        this.jdbc = new JdbcTemplate(this.dataSource);
        this.database = LogDatabase.of(this.dataSource);
        this.ownTransaction = new TransactionTemplate(new DataSourceTransactionManager(this.dataSource));
        ownTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        ownTransaction.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
        this.retention = retention;
        this.clock = clock;
    }

    /** What transaction managers bind connections for. */
    private static DataSource target(DataSource dataSource) {
        return dataSource instanceof TransactionAwareDataSourceProxy proxy && proxy.getTargetDataSource() != null
                ? proxy.getTargetDataSource()
                : dataSource;
    }

    /** Makes the table if it is to be made; makes sure of it later, in {@link #verifyTable}. */
    public void initializeSchema(SchemaInitialization mode) {
        new LogSchema(jdbc, dataSource, database).initialize(mode);
    }

    /**
     * Makes sure that the table is there.
     *
     * @throws IllegalStateException if it cannot be read, saying how to make it
     */
    public void verifyTable() {
        new LogSchema(jdbc, dataSource, database).verify();
    }

    @Override
    public void requireTransaction() {
        if (TransactionSynchronizationManager.isCurrentTransactionReadOnly()) {
            throw new IllegalStateException(
                    "transactional() needs a transaction that can be recorded in mq_transaction_log, this one is read-only");
        }
        boolean ofThisDatabase = TransactionSynchronizationManager.hasResource(dataSource)
                && Boolean.FALSE.equals(jdbc.execute((ConnectionCallback<Boolean>) Connection::getAutoCommit));
        if (!ofThisDatabase) {
            throw new IllegalStateException(
                    "transactional() needs a transaction of the DataSource that mq_transaction_log"
                            + " is in: the transaction manager of this one has begun none there");
        }
    }

    @Override
    public void record(String transactionId, String producerGroup) {
        try {
            jdbc.update(INSERT, transactionId, producerGroup, TransactionState.COMMIT.name());
        } catch (DuplicateKeyException e) {
            throw new MessageNotStoredException(FailureReport.of(
                            FailureKind.ROLLED_BACK,
                            "a broker asked about the half message before its transaction had recorded it, and was told ROLLBACK,"
                                    + " so the transaction must be rolled back too")
                    .withMsgId(transactionId)
                    .withCause(e));
        }
    }

    @Override
    public TransactionState check(String transactionId, String producerGroup, Instant sentAt) {
        TransactionState recorded = read(transactionId);
        if (recorded != null) {
            return recorded;
        }
        if (sentAt.isBefore(clock.instant().minus(retention).plus(CLOCK_SKEW))) {
            log.warn(
                    "a broker asks about half message {} of {}, which may have been recorded and cleaned up since: its transaction"
                            + " stays unknown (transaction.jdbc.retention is {})",
                    transactionId,
                    sentAt,
                    retention);
            return TransactionState.UNKNOWN;
        }
        try {
            inOwnTransaction(() -> jdbc.update(INSERT, transactionId, producerGroup, TransactionState.ROLLBACK.name()));
            return TransactionState.ROLLBACK;
        } catch (DuplicateKeyException e) {
            TransactionState decided = read(transactionId);
            return decided == null ? TransactionState.UNKNOWN : decided;
        } catch (DataAccessException e) {
            if (database.isLockTimeout(e)) {
                log.debug("transaction {} is still open", transactionId);
                return TransactionState.UNKNOWN;
            }
            throw e;
        }
    }

    private @Nullable TransactionState read(String transactionId) {
        List<String> states = ownTransaction.execute(status -> jdbc.queryForList(SELECT, String.class, transactionId));
        return states == null || states.isEmpty() ? null : TransactionState.valueOf(states.get(0));
    }

    private void inOwnTransaction(Runnable work) {
        ownTransaction.executeWithoutResult(status -> database.withLockTimeout(jdbc, LOCK_TIMEOUT, work));
    }

    /**
     * Deletes rows that are older than the retention, the oldest first. Any number of processes may do so at once.
     *
     * @param atMost how many at most, in one transaction
     * @return how many were found
     * @throws DataAccessException if the database does not answer, or another process deletes the same rows and takes long
     */
    public int deleteExpired(int atMost) {
        String expired = "SELECT tx_id FROM mq_transaction_log WHERE " + database.expired()
                + " ORDER BY created_at, tx_id LIMIT " + atMost;
        List<String> ids = jdbc.queryForList(expired, String.class, retention.toSeconds());
        if (!ids.isEmpty()) {
            List<Object[]> rows = ids.stream().map(id -> new Object[] {id}).toList();
            inOwnTransaction(() -> jdbc.batchUpdate(DELETE, rows));
        }
        return ids.size();
    }
}
