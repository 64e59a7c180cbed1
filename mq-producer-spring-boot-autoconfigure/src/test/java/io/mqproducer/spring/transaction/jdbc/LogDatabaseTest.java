package io.mqproducer.spring.transaction.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mockito.InOrder;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.jdbc.core.JdbcOperations;

class LogDatabaseTest {

    @ParameterizedTest
    @CsvSource({"H2, H2", "PostgreSQL, POSTGRESQL", "MySQL, MYSQL", "MariaDB, MYSQL"})
    void isKnownByWhatItCallsItself(String product, LogDatabase database) throws SQLException {
        assertThat(LogDatabase.of(called(product))).isEqualTo(database);
    }

    @Test
    void othersAreRefused() throws SQLException {
        DataSource oracle = called("Oracle");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> LogDatabase.of(oracle))
                .withMessageContaining("must be H2, PostgreSQL, MySQL or MariaDB, got Oracle")
                .withMessageContaining("TransactionLog bean");
    }

    private static DataSource called(String product) throws SQLException {
        DatabaseMetaData metaData = mock(DatabaseMetaData.class);
        given(metaData.getDatabaseProductName()).willReturn(product);
        Connection connection = mock(Connection.class);
        given(connection.getMetaData()).willReturn(metaData);
        DataSource dataSource = mock(DataSource.class);
        given(dataSource.getConnection()).willReturn(connection);
        return dataSource;
    }

    @Test
    void mySqlWaitsASecondAndThePooledConnectionGetsItsOwnTimeBackEvenAfterAFailure() {
        JdbcOperations jdbc = mock(JdbcOperations.class);
        given(jdbc.queryForObject("SELECT @@SESSION.innodb_lock_wait_timeout", Long.class))
                .willReturn(50L);
        Runnable work = mock(Runnable.class);
        CannotAcquireLockException failure =
                new CannotAcquireLockException("locked", new SQLException("lock wait", "HY000", 1205));
        willThrow(failure).given(work).run();

        assertThatThrownBy(() -> LogDatabase.MYSQL.withLockTimeout(jdbc, Duration.ofMillis(200), work))
                .isSameAs(failure);

        InOrder order = inOrder(jdbc, work);
        order.verify(jdbc).execute("SET SESSION innodb_lock_wait_timeout = 1");
        order.verify(work).run();
        order.verify(jdbc).execute("SET SESSION innodb_lock_wait_timeout = 50");
        assertThat(LogDatabase.MYSQL.isLockTimeout(failure)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "H2, 50200, HYT00, true",
        "H2, 90131, 90131, true",
        "H2, 23505, 23505, false",
        "POSTGRESQL, 0, 55P03, true",
        "POSTGRESQL, 0, 40P01, true",
        "POSTGRESQL, 0, 23505, false",
        "MYSQL, 1205, HY000, true",
        "MYSQL, 1213, 40001, true",
        "MYSQL, 1062, 23000, false"
    })
    void tellsALockFromOtherFailures(LogDatabase database, int code, String state, boolean lock) {
        SQLException failure = new SQLException("x", state, code);

        assertThat(database.isLockTimeout(new IllegalStateException(failure))).isEqualTo(lock);
    }
}
