package io.mqproducer.spring.transaction.jdbc;

import io.mqproducer.test.EmbeddedRocketMQ;
import io.mqproducer.test.junit.RocketMQExtension;
import io.mqproducer.test.process.ProcessGuard;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * What nobody else promises: a message is visible if and only if the transaction that it belongs to has committed, whichever
 * process dies when, and whoever is asked. On H2 and on PostgreSQL at the same time, against the real RocketMQ.
 */
@Tag("rocketmq")
class RocketMQTransactionLogIT {

    /** How often a process is killed at each step; more is for runs by hand. */
    private static final int ROUNDS = Integer.getInteger("mq.transaction-log.rounds", 1);

    @RegisterExtension
    static final RocketMQExtension ROCKETMQ = RocketMQExtension.of(EmbeddedRocketMQ.builder()
            .brokerProperty("transactionOpBatchInterval", "50")
            .brokerProperty("transactionTimeOut", "1000")
            .brokerProperty("transactionCheckInterval", "1000"));

    @TempDir
    private static Path folder;

    private static EmbeddedPostgres postgres;
    private static Server h2;
    private static ProcessGuard guard;

    @BeforeAll
    static void start() throws Exception {
        guard = ProcessGuard.start(folder);
        postgres = TestPostgres.start();
        h2 = Server.createTcpServer("-tcpPort", "0", "-ifNotExists", "-baseDir", folder.toString())
                .start();
    }

    @AfterAll
    static void stop() throws Exception {
        guard.close();
        h2.stop();
        postgres.close();
    }

    @Test
    void aProcessKilledAtAnyStepLeavesAMessageExactlyIfItsTransactionHasCommitted() {
        onEachDatabase(scenario -> scenario.killAtEachStep(ROUNDS));
    }

    @Test
    void aTransactionHeldOpenOverThreeQuestionsThatAnotherProcessAnswersIsVisibleOnceItCommits() {
        onEachDatabase(TransactionLogScenario::holdOverThreeQuestions);
    }

    @Test
    void aTransactionThatRecordsItsMessageTooLateIsRolledBackLikeTheMessage() {
        onEachDatabase(TransactionLogScenario::recordTooLate);
    }

    private static void onEachDatabase(Consumer<TransactionLogScenario> test) {
        Map<String, String> urls = Map.of(
                "h2", "jdbc:h2:tcp://127.0.0.1:" + h2.getPort() + "/orders;USER=sa",
                "postgres", postgres.getJdbcUrl("postgres", "postgres"));
        List<CompletableFuture<Void>> running = urls.entrySet().stream()
                .map(database -> CompletableFuture.runAsync(
                        () -> test.accept(new TransactionLogScenario(
                                database.getKey(), database.getValue(), ROCKETMQ.cluster(), guard)),
                        task -> new Thread(task, database.getKey()).start()))
                .toList();
        try {
            CompletableFuture.allOf(running.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException e) {
            throw new AssertionError(e.getCause().getMessage(), e.getCause());
        }
    }
}
