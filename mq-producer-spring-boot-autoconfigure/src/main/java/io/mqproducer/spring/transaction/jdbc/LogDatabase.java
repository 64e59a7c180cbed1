package io.mqproducer.spring.transaction.jdbc;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.JdbcTemplate;

/** What databases do not agree on. */
enum LogDatabase {
    H2("schema-h2.sql", "created_at < DATEADD(SECOND, -CAST(? AS BIGINT), CURRENT_TIMESTAMP)") {

        @Override
        boolean isLockTimeout(SQLException e) {
            int code = e.getErrorCode(); // gave up waiting; another transaction has written the same; deadlock
            return code == 50200 || code == 90131 || code == 40001;
        }

        @Override
        void withLockTimeout(JdbcOperations jdbc, Duration limit, Runnable work) {
            withSetting(jdbc, "SELECT LOCK_TIMEOUT()", "SET LOCK_TIMEOUT ", limit.toMillis(), work);
        }
    },
    POSTGRESQL("schema-postgresql.sql", "created_at < clock_timestamp() - CAST(? AS BIGINT) * INTERVAL '1 second'") {

        @Override
        boolean isLockTimeout(SQLException e) {
            String state = e.getSQLState(); // lock not available; deadlock
            return "55P03".equals(state) || "40P01".equals(state);
        }

        @Override
        void withLockTimeout(JdbcOperations jdbc, Duration limit, Runnable work) {
            jdbc.execute("SET LOCAL lock_timeout = " + limit.toMillis()); // until the end of the transaction
            work.run();
        }
    },
    MYSQL("schema-mysql.sql", "created_at < CURRENT_TIMESTAMP - INTERVAL ? SECOND") {

        @Override
        boolean isLockTimeout(SQLException e) {
            int code = e.getErrorCode(); // gave up waiting; deadlock
            return code == 1205 || code == 1213;
        }

        @Override
        void withLockTimeout(JdbcOperations jdbc, Duration limit, Runnable work) {
            long seconds = Math.max(1, limit.toSeconds()); // knows no less
            withSetting(
                    jdbc,
                    "SELECT @@SESSION.innodb_lock_wait_timeout",
                    "SET SESSION innodb_lock_wait_timeout = ",
                    seconds,
                    work);
        }
    };

    private final String script;
    private final String expired;

    LogDatabase(String script, String expired) {
        this.script = script;
        this.expired = expired;
    }

    /**
     * The kind that this is; asks it.
     *
     * @throws IllegalArgumentException if it is none of these
     */
    static LogDatabase of(DataSource dataSource) {
        String product = new JdbcTemplate(dataSource).execute((ConnectionCallback<String>)
                connection -> connection.getMetaData().getDatabaseProductName());
        return switch (String.valueOf(product).toLowerCase(Locale.ROOT)) {
            case "h2" -> H2;
            case "postgresql" -> POSTGRESQL;
            case "mysql", "mariadb" -> MYSQL;
            default ->
                throw new IllegalArgumentException(
                        "transaction.jdbc: database must be H2, PostgreSQL, MySQL or MariaDB, got " + product
                                + "; for another one make a TransactionLog bean");
        };
    }

    /** The script that makes the table. */
    Resource schema() {
        return new ClassPathResource(script, LogDatabase.class);
    }

    /** The condition that a row is older than a number of seconds, which is its parameter, by the database's own clock. */
    String expired() {
        return expired;
    }

    /** Does something in the current transaction that is to wait no longer for another transaction than this. */
    abstract void withLockTimeout(JdbcOperations jdbc, Duration limit, Runnable work);

    private static void withSetting(JdbcOperations jdbc, String get, String set, long value, Runnable work) {
        Long before = jdbc.queryForObject(get, Long.class);
        jdbc.execute(set + value);
        try {
            work.run();
        } finally {
            jdbc.execute(set + before); // of the session, which others get from the pool
        }
    }

    abstract boolean isLockTimeout(SQLException e);

    /** Whether a statement failed because another transaction holds what it wanted. */
    boolean isLockTimeout(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException e && isLockTimeout(e)) {
                return true;
            }
        }
        return false;
    }
}
