package io.mqproducer.spring.transaction.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.message.TransactionState;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

class JdbcTransactionLogTest extends JdbcTransactionLogContract {

    private static final Duration DAY = Duration.ofHours(24);

    @Override
    DataSource database() {
        return inMemory("");
    }

    private static DataSource inMemory(String options) {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1" + options);
        return database;
    }

    @Override
    String hoursAgo(int hours) {
        return "DATEADD(HOUR, -" + hours + ", CURRENT_TIMESTAMP)";
    }

    @AfterEach
    void end() {
        jdbc().execute("SHUTDOWN");
    }

    /** Whatever the database's own default is: what another transaction has not committed counts for nothing. */
    @Test
    void isNotMisledByWhatIsNotCommitted() throws SQLException {
        try (Connection dirty = Objects.requireNonNull(jdbc().getDataSource()).getConnection()) {
            dirty.setTransactionIsolation(Connection.TRANSACTION_READ_UNCOMMITTED);
            SingleConnectionDataSource reader = new SingleConnectionDataSource(dirty, true);
            reader.setAutoCommit(true);
            JdbcTransactionLog careless = new JdbcTransactionLog(reader, DAY);

            business().executeWithoutResult(status -> {
                log().record("tx", "group");
                assertThat(CompletableFuture.supplyAsync(() -> careless.check("tx", "group", Instant.now()))
                                .orTimeout(5, TimeUnit.SECONDS)
                                .join())
                        .isEqualTo(TransactionState.UNKNOWN);
            });

            assertThat(dirty.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_READ_UNCOMMITTED);
            assertThat(new JdbcTemplate(reader).queryForObject("SELECT LOCK_TIMEOUT()", Long.class))
                    .as("lock timeout of the pooled connection afterwards")
                    .isEqualTo(2000);
        }
    }

    @Test
    void aDatabaseInMemoryGetsItsTableByDefault() {
        jdbc().execute("DROP TABLE mq_transaction_log");

        log().initializeSchema(SchemaInitialization.EMBEDDED);

        log().verifyTable();
    }

    /** H2 in its MySQL mode understands the statements that make the table; the build has no MySQL. */
    @Test
    void theScriptForMySqlIsOne() {
        DataSource mysql = inMemory(";MODE=MySQL");
        JdbcTemplate template = new JdbcTemplate(mysql);
        LogSchema schema = new LogSchema(template, mysql, LogDatabase.MYSQL);

        schema.initialize(SchemaInitialization.ALWAYS);

        schema.verify();
        template.execute("SHUTDOWN");
    }
}
