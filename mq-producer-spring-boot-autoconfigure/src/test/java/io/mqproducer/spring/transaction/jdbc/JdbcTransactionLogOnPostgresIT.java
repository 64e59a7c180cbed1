package io.mqproducer.spring.transaction.jdbc;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class JdbcTransactionLogOnPostgresIT extends JdbcTransactionLogContract {

    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void start() throws IOException {
        postgres = TestPostgres.start();
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    @Override
    DataSource database() {
        return postgres.getPostgresDatabase();
    }

    @Override
    String hoursAgo(int hours) {
        return "CURRENT_TIMESTAMP - INTERVAL '" + hours + " hours'";
    }

    @Test
    void aDatabaseThatIsNotInMemoryGetsNoTableByDefault() {
        jdbc().execute("DROP TABLE mq_transaction_log");

        log().initializeSchema(SchemaInitialization.EMBEDDED);

        assertThatIllegalStateException()
                .isThrownBy(() -> log().verifyTable())
                .withMessageContaining("schema-postgresql.sql");
    }
}
