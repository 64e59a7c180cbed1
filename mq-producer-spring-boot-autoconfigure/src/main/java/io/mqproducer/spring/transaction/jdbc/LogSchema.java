package io.mqproducer.spring.transaction.jdbc;

import java.sql.SQLException;
import java.util.Locale;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** The table of the transaction log. */
final class LogSchema {

    private final JdbcTemplate jdbc;
    private final DataSource dataSource;
    private final LogDatabase database;

    LogSchema(JdbcTemplate jdbc, DataSource dataSource, LogDatabase database) {
        this.jdbc = jdbc;
        this.dataSource = dataSource;
        this.database = database;
    }

    /** Makes the table if it is to be made and is not there. */
    void initialize(SchemaInitialization mode) {
        boolean wanted = switch (mode) {
            case EMBEDDED -> isInMemory();
            case ALWAYS -> true;
            case NEVER -> false;
        };
        if (wanted && !exists()) {
            try {
                new ResourceDatabasePopulator(database.schema()).execute(dataSource);
            } catch (DataAccessException e) {
                if (!exists()) { // nobody else has made it at the same moment
                    throw e;
                }
            }
        }
    }

    private boolean isInMemory() {
        return Boolean.TRUE.equals(jdbc.execute((ConnectionCallback<Boolean>) connection -> {
            String url = connection.getMetaData().getURL();
            return url != null && url.toLowerCase(Locale.ROOT).startsWith("jdbc:h2:mem:");
        }));
    }

    private boolean exists() {
        try {
            read();
            return true;
        } catch (DataAccessException e) {
            return false;
        }
    }

    private void read() {
        jdbc.queryForList("SELECT tx_id, producer_group, state, created_at FROM mq_transaction_log WHERE tx_id = ''");
    }

    /** @throws IllegalStateException if the table cannot be read, saying how to make it */
    void verify() {
        try {
            read();
        } catch (DataAccessException e) {
            String reason = e.getCause() instanceof SQLException cause ? cause.getMessage() : e.getMessage();
            throw new IllegalStateException(
                    "mq.producer.transaction.jdbc.enabled=true needs the table mq_transaction_log: run classpath:"
                            + "io/mqproducer/spring/transaction/jdbc/"
                            + database.schema().getFilename()
                            + " on the database, or set mq.producer.transaction.jdbc.initialize-schema=always ("
                            + reason
                            + ")",
                    e);
        }
    }
}
