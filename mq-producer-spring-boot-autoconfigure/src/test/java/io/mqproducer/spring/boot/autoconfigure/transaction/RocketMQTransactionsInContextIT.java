package io.mqproducer.spring.boot.autoconfigure.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.message.SendResult;
import io.mqproducer.spring.MQTemplate;
import io.mqproducer.spring.SendSpec;
import io.mqproducer.spring.boot.autoconfigure.BootAutoConfigurations;
import io.mqproducer.test.junit.RocketMQExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** As an application has it: a database, a transaction manager and the starter. */
@Tag("rocketmq")
class RocketMQTransactionsInContextIT {

    @RegisterExtension
    static final RocketMQExtension ROCKETMQ = RocketMQExtension.shared();

    private final ApplicationContextRunner contextRunner = LoggedApplication.on(ROCKETMQ, "tx-context")
            .withConfiguration(AutoConfigurations.of(BootAutoConfigurations.DATA_SOURCE_TRANSACTION_MANAGER));

    @Test
    void halfMessagesAreVisibleExactlyIfTheirTransactionCommits() {
        contextRunner.run(context -> {
            SendSpec spec = context.getBean(MQTemplate.class).destination("tx-context");

            transaction(context).executeWithoutResult(status -> {
                spec.transactional().send("kept 1");
                spec.transactional().send("kept 2");
                assertThat(stored("tx-context")).isEmpty();
            });
            transaction(context).executeWithoutResult(status -> {
                spec.transactional().send("dropped");
                status.setRollbackOnly();
            });

            await().atMost(Duration.ofSeconds(30))
                    .until(() -> stored("tx-context").size() == 2);
            assertThat(stored("tx-context")).containsExactlyInAnyOrder("kept 1", "kept 2");
            assertThat(new JdbcTemplate(context.getBean(DataSource.class))
                            .queryForList("SELECT state FROM mq_transaction_log", String.class))
                    .containsExactly("COMMIT", "COMMIT");
        });
    }

    @Test
    void aTopicThatIsNotNamedIsRefusedBeforeAnythingIsSent() {
        contextRunner.run(context -> transaction(context)
                .executeWithoutResult(status -> assertThatExceptionOfType(MessageNotStoredException.class)
                        .isThrownBy(() -> context.getBean(MQTemplate.class)
                                .destination("tx-other")
                                .transactional()
                                .send("x"))
                        .withMessageContaining("no transaction checker for this topic")));
    }

    @Test
    void tenThousandMessagesOfOneTransactionAreStoredInTheirOrder() {
        contextRunner.run(context -> {
            SendSpec spec =
                    context.getBean(MQTemplate.class).destination("tx-many").withOrderingKey("one");
            List<CompletableFuture<SendResult>> outcomes = new ArrayList<>();

            transaction(context).executeWithoutResult(status -> {
                for (int i = 0; i < 10_000; i++) {
                    outcomes.add(spec.afterCommit().send("" + i));
                }
            });

            CompletableFuture.allOf(outcomes.toArray(CompletableFuture[]::new)).join();
            assertThat(stored("tx-many"))
                    .isEqualTo(IntStream.range(0, 10_000).mapToObj(i -> "" + i).toList());
        });
    }

    @Test
    void whatIsCommittedWhenTheContextClosesIsStored() {
        contextRunner.run(context -> {
            SendSpec spec = context.getBean(MQTemplate.class).destination("tx-closing");

            transaction(context).executeWithoutResult(status -> {
                for (int i = 0; i < 3_000; i++) {
                    CompletableFuture<SendResult> ignored = spec.afterCommit().send("" + i);
                }
            });
            context.close();

            assertThat(stored("tx-closing")).hasSize(3_000);
        });
    }

    private static TransactionTemplate transaction(ApplicationContext context) {
        return new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
    }

    private static List<String> stored(String topic) {
        return LoggedApplication.stored(ROCKETMQ, topic);
    }
}
