package io.mqproducer.spring.boot.autoconfigure.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.mqproducer.message.Message;
import io.mqproducer.message.SendOptions;
import io.mqproducer.message.SendResult;
import io.mqproducer.message.TransactionState;
import io.mqproducer.recording.RecordingMQProducer;
import io.mqproducer.spi.TransactionChecker;
import io.mqproducer.spring.MQTemplate;
import io.mqproducer.spring.MessageTransactions;
import io.mqproducer.spring.boot.autoconfigure.BootAutoConfigurations;
import io.mqproducer.spring.boot.autoconfigure.MQProducerAutoConfiguration;
import io.mqproducer.spring.boot.autoconfigure.MQProducerLifecycle;
import io.mqproducer.spring.transaction.SpringMessageTransactions;
import io.mqproducer.spring.transaction.TransactionLog;
import io.mqproducer.spring.transaction.TransactionLogChecker;
import io.mqproducer.spring.transaction.jdbc.JdbcTransactionLog;
import io.mqproducer.spring.transaction.jdbc.JdbcTransactionLogCleaner;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mockito.Mockito;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionTemplate;

@ExtendWith(OutputCaptureExtension.class)
class MQProducerTransactionAutoConfigurationTest {

    private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    MQProducerAutoConfiguration.class,
                    MQProducerTransactionAutoConfiguration.class,
                    MQProducerJdbcTransactionLogAutoConfiguration.class))
            .withPropertyValues("mq.producer.auto-startup=false");

    private final ApplicationContextRunner withDatabase = contextRunner
            .withConfiguration(AutoConfigurations.of(
                    BootAutoConfigurations.DATA_SOURCE, BootAutoConfigurations.DATA_SOURCE_TRANSACTION_MANAGER))
            .withPropertyValues("spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID());

    private final ApplicationContextRunner withLog =
            withDatabase.withPropertyValues("mq.producer.transaction.jdbc.enabled=true");

    // ---- messages in transactions

    @Test
    void theTemplateJoinsTransactions() {
        withDatabase.withUserConfiguration(OwnProducer.class).run(context -> {
            assertThat(context).getBean("mqMessageTransactions").isInstanceOf(SpringMessageTransactions.class);
            MQTemplate template = context.getBean(MQTemplate.class);
            assertThatIllegalStateException()
                    .isThrownBy(() -> template.destination("orders").afterCommit())
                    .withMessageContaining("@Transactional");

            CompletableFuture<SendResult> outcome = new TransactionTemplate(
                            context.getBean(PlatformTransactionManager.class))
                    .execute(status ->
                            template.destination("orders:paid").afterCommit().send("x"));

            assertThat(outcome).succeedsWithin(Duration.ofSeconds(20));
            assertThat(context.getBean(RecordingMQProducer.class)
                            .sent()
                            .message()
                            .tag())
                    .contains("paid");
        });
    }

    @Test
    void hasNeitherLogNorCheckerUnlessAskedFor() {
        withDatabase.run(context -> assertThat(context)
                .hasSingleBean(MessageTransactions.class)
                .doesNotHaveBean(TransactionLog.class)
                .doesNotHaveBean(TransactionChecker.class)
                .doesNotHaveBean(JdbcTransactionLogCleaner.class));
    }

    @Test
    void backsOffWithoutSpringsTransactions() {
        contextRunner
                .withClassLoader(new FilteredClassLoader(TransactionSynchronization.class))
                .run(context -> {
                    assertThat(context).hasNotFailed().doesNotHaveBean(MessageTransactions.class);
                    assertThatIllegalStateException()
                            .isThrownBy(() -> context.getBean(MQTemplate.class)
                                    .destination("orders")
                                    .afterCommit())
                            .withMessageContaining("spring-tx");
                });
    }

    @Test
    void backsOffWhenDisabledOrReplaced() {
        withLog.withPropertyValues("mq.producer.enabled=false")
                .run(context -> assertThat(context)
                        .doesNotHaveBean(MessageTransactions.class)
                        .doesNotHaveBean(TransactionLog.class));
        withDatabase
                .withUserConfiguration(OwnTransactions.class)
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(MessageTransactions.class)
                        .doesNotHaveBean(SpringMessageTransactions.class));
    }

    /** Else messages that are committed would meet a producer that has stopped. */
    @Test
    void whatIsCommittedReachesTheProducerBeforeThatStops() {
        CountDownLatch gate = new CountDownLatch(1);
        RecordingMQProducer producer = new RecordingMQProducer() {
            @Override
            public CompletableFuture<SendResult> sendAsync(Message message, SendOptions options) {
                try {
                    gate.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return super.sendAsync(message, options);
            }

            @Override
            public void stop(Duration drain) {
                assertThat().hasSent(3);
                super.stop(drain);
            }
        };
        withDatabase
                .withPropertyValues("mq.producer.auto-startup=true")
                .withBean(RecordingMQProducer.class, () -> producer)
                .run(context -> {
                    MQTemplate template = context.getBean(MQTemplate.class);
                    new TransactionTemplate(context.getBean(PlatformTransactionManager.class))
                            .executeWithoutResult(status -> {
                                for (int i = 0; i < 3; i++) {
                                    CompletableFuture<SendResult> ignored = template.destination("orders")
                                            .afterCommit()
                                            .send("x");
                                }
                            });
                    Thread opener = new Thread(gate::countDown);

                    assertThat(MessageTransactionsLifecycle.PHASE).isGreaterThan(MQProducerLifecycle.PHASE);
                    opener.start();
                    context.close();

                    assertThat(producer.life()).contains("stop PT10S");
                });
    }

    // ---- the log

    @Test
    void hasALogInTheDatabaseWhenAskedFor() {
        withLog.withPropertyValues("mq.producer.transaction.jdbc.topics=orders,payments")
                .run(context -> {
                    assertThat(context).getBean("mqTransactionLog").isInstanceOf(JdbcTransactionLog.class);
                    assertThat(context).hasSingleBean(JdbcTransactionLogCleaner.class);
                    assertThat(context.getBean(JdbcTransactionLogCleaner.class).isRunning())
                            .isTrue();
                    assertThat(context.getBean(TransactionLogChecker.class).topics())
                            .containsExactlyInAnyOrder("orders", "payments");
                    TransactionState state =
                            context.getBean(TransactionLog.class).check("tx", "group", Instant.now());
                    assertThat(state).isEqualTo(TransactionState.ROLLBACK);
                });
    }

    @Test
    void answersForAllTopicsIfNoneIsNamedAndSaysWhatThatMeans(CapturedOutput output) {
        withLog.run(context -> {
            assertThat(context.getBean(TransactionLogChecker.class).topics()).isEmpty();
            assertThat(output).contains("name them in mq.producer.transaction.jdbc.topics");
        });
    }

    @Test
    void aCheckerOfTheApplicationsOwnKeepsItsTopic() {
        withLog.withBean(TransactionChecker.class, () -> TransactionChecker.of("payments", half -> null))
                .run(context -> assertThat(context.getBeansOfType(TransactionChecker.class))
                        .hasSize(2));
    }

    @Test
    void aLogOfTheApplicationsOwnIsUsed() {
        withLog.withUserConfiguration(OwnLog.class)
                .run(context -> assertThat(context)
                        .hasSingleBean(TransactionLog.class)
                        .doesNotHaveBean(JdbcTransactionLog.class)
                        .doesNotHaveBean(JdbcTransactionLogCleaner.class)
                        .hasSingleBean(TransactionLogChecker.class));
    }

    @Test
    void saysWhyThereIsNoLogWithoutADatabase(CapturedOutput output) {
        contextRunner
                .withPropertyValues("mq.producer.transaction.jdbc.enabled=true")
                .run(context -> {
                    assertThat(context).hasNotFailed().doesNotHaveBean(TransactionLog.class);
                    assertThat(output).contains("mq.producer.transaction.jdbc.enabled=true has no effect");
                });
    }

    @Test
    void startsWithoutSpringsJdbc() {
        contextRunner
                .withPropertyValues("mq.producer.transaction.jdbc.enabled=true")
                .withClassLoader(new FilteredClassLoader("org.springframework.jdbc"))
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(MessageTransactions.class));
    }

    @Test
    void aMissingTableFailsTheStartWithWhatToDo() {
        withLog.withPropertyValues("mq.producer.transaction.jdbc.initialize-schema=never")
                .run(context ->
                        assertThat(context).getFailure().rootCause().hasMessageContaining("MQ_TRANSACTION_LOG"));
        withLog.withPropertyValues("mq.producer.transaction.jdbc.initialize-schema=never")
                .run(context -> assertThat(context.getStartupFailure())
                        .hasMessageContaining("initialize-schema=always")
                        .hasMessageContaining("schema-h2.sql"));
    }

    /** As Flyway and Liquibase do, which know nothing of this library. */
    @Test
    void aTableThatTheApplicationMakesWhileItStartsIsInTime() {
        withLog.withPropertyValues("mq.producer.transaction.jdbc.initialize-schema=never")
                .withUserConfiguration(Migration.class)
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void aRetentionThatIsTooShortFailsTheStart() {
        withLog.withPropertyValues("mq.producer.transaction.jdbc.retention=10m")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("transaction.jdbc.retention must be at least PT1H"));
    }

    @Test
    void aNativeImageHasTheScripts() {
        RuntimeHints hints = new RuntimeHints();

        new TransactionLogRuntimeHints().registerHints(hints, null);

        for (String database : List.of("h2", "postgresql", "mysql")) {
            String script = "io/mqproducer/spring/transaction/jdbc/schema-" + database + ".sql";
            assertThat(RuntimeHintsPredicates.resource().forResource(script)).accepts(hints);
            assertThat(new ClassPathResource(script).exists()).isTrue();
        }
    }

    @Test
    void doesNotTakeOneOfSeveralDatabases() {
        withLog.withBean("second", DataSource.class, JdbcDataSource::new)
                .withBean("third", DataSource.class, JdbcDataSource::new)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(TransactionLog.class));
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnProducer {

        @Bean
        RecordingMQProducer producer() {
            return new RecordingMQProducer();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnTransactions {

        @Bean
        MessageTransactions transactions() {
            return Mockito.mock(MessageTransactions.class);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnLog {

        @Bean
        TransactionLog log() {
            return Mockito.mock(TransactionLog.class);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Migration {

        @Bean
        List<String> migration(DataSource database) {
            new ResourceDatabasePopulator(new ClassPathResource("io/mqproducer/spring/transaction/jdbc/schema-h2.sql"))
                    .execute(database);
            return new JdbcTemplate(database).queryForList("SELECT 'migrated'", String.class);
        }
    }
}
