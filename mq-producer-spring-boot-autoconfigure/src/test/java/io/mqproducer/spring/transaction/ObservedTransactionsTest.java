package io.mqproducer.spring.transaction;

import static io.micrometer.observation.tck.TestObservationRegistryAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.observation.Observation;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.mqproducer.message.SendMode;
import io.mqproducer.message.SendResult;
import io.mqproducer.recording.RecordingMQProducer;
import io.mqproducer.spring.MQTemplate;
import io.mqproducer.spring.observation.ObservedMQProducer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Messages of a transaction belong to what the thread that asked for them was doing. */
class ObservedTransactionsTest {

    private final TestObservationRegistry registry = TestObservationRegistry.create();
    private final RecordingMQProducer producer = new RecordingMQProducer();
    private final SpringMessageTransactions transactions = new SpringMessageTransactions();
    private final MQTemplate template = MQTemplate.builder(producer)
            .transactions(transactions)
            .decorator(target -> new ObservedMQProducer("orders", target, registry, null))
            .build();
    private final TransactionTemplate transaction =
            new TransactionTemplate(new DataSourceTransactionManager(database()));

    private static JdbcDataSource database() {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:" + UUID.randomUUID());
        return database;
    }

    @AfterEach
    void close() {
        transactions.close();
    }

    @Test
    void afterTheCommitIsAChildOfTheCallersObservationAndInOrder() throws Exception {
        List<CompletableFuture<SendResult>> outcomes = new ArrayList<>();
        Observation first = observed("first", outcomes, "1", "2");
        Observation second = observed("second", outcomes, "3");

        for (CompletableFuture<SendResult> outcome : outcomes) {
            outcome.get(20, TimeUnit.SECONDS);
        }

        assertThat(producer.sends())
                .extracting(sent -> new String(sent.message().body()))
                .containsExactly("1", "2", "3");
        assertThat(producer.sends()).allMatch(sent -> sent.mode() == SendMode.ASYNC);
        await().untilAsserted(() -> assertThat(registry)
                .hasHandledContextsThatSatisfy(contexts -> assertThat(contexts)
                        .filteredOn(context -> context.getName().equals("mq.template.send"))
                        .extracting(Observation.Context::getParentObservation)
                        .containsExactly(first, first, second)));
    }

    private Observation observed(String name, List<CompletableFuture<SendResult>> outcomes, String... payloads) {
        Observation observation = Observation.start(name, registry);
        observation.scoped(() -> transaction.executeWithoutResult(status -> {
            for (String payload : payloads) {
                outcomes.add(template.destination("orders").afterCommit().send(payload));
            }
        }));
        observation.stop();
        return observation;
    }
}
