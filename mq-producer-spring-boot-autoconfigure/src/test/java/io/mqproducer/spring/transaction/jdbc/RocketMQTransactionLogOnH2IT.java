package io.mqproducer.spring.transaction.jdbc;

import java.nio.file.Path;
import java.sql.SQLException;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** On H2 as a server. */
class RocketMQTransactionLogOnH2IT extends TransactionLogScenarios {

    @TempDir
    private static Path data;

    private static Server server;

    @BeforeAll
    static void start() throws SQLException {
        server = Server.createTcpServer("-tcpPort", "0", "-ifNotExists", "-baseDir", data.toString())
                .start();
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    @Override
    String url() {
        return "jdbc:h2:tcp://127.0.0.1:" + server.getPort() + "/orders;USER=sa";
    }
}
