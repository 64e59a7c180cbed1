package io.mqproducer.samples.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mqproducer.message.SendMode;
import io.mqproducer.message.TransactionState;
import io.mqproducer.recording.RecordedTransaction;
import io.mqproducer.recording.RecordingMQProducer;
import io.mqproducer.spring.JsonMQMessageConverter;
import io.mqproducer.spring.MQTemplate;
import io.mqproducer.spring.transaction.SpringMessageTransactions;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabase;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseBuilder;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseType;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** A real database and its transactions; producers that take note of what they are to send. */
class TransactionalCheckoutTest {

    private final EmbeddedDatabase database = new EmbeddedDatabaseBuilder()
            .setType(EmbeddedDatabaseType.H2)
            .generateUniqueName(true)
            .addScripts("schema.sql", "data.sql")
            .build();
    private final TransactionTemplate transaction = new TransactionTemplate(new DataSourceTransactionManager(database));
    private final SpringMessageTransactions messages = new SpringMessageTransactions();
    private final RecordingMQProducer producer = new RecordingMQProducer();
    private final RecordingMQProducer auditProducer = new RecordingMQProducer();
    private final OrderBook book = new OrderBook(JdbcClient.create(database));
    private final TransactionalCheckout checkout = new TransactionalCheckout(
            book,
            new Stock(JdbcClient.create(database)),
            new OrderEvents(template(producer)),
            new Audit(template(auditProducer)));

    @AfterEach
    void close() {
        messages.close();
        database.shutdown();
    }

    @Test
    void commitsRowMessageAndAudit() {
        place(order(2));

        await().untilAsserted(() -> {
            assertThat(producer.transactions())
                    .extracting(RecordedTransaction::state)
                    .containsExactly(TransactionState.COMMIT);
            assertThat(auditProducer).hasSentOneTo(Audit.TOPIC).hasProperty("pieces", "2");
        });
        assertThat(producer)
                .hasSentOneTo(OrderEvents.ORDERS)
                .wasSentIn(SendMode.HALF)
                .hasKeys("7");
        assertThat(book.ordersOf("alice")).containsExactly("7");
    }

    @Test
    void rollsAllOfThemBackWhenTheProductIsSoldOut() {
        assertThatThrownBy(() -> place(order(1_000_000)))
                .isInstanceOf(SoldOutException.class)
                .hasMessage("1000000 × tea is more than there is");

        await().untilAsserted(() -> assertThat(producer.transactions())
                .extracting(RecordedTransaction::state)
                .containsExactly(TransactionState.ROLLBACK));
        assertThat(auditProducer).hasSentNothing();
        assertThat(book.ordersOf("alice")).isEmpty();
    }

    private void place(Order order) {
        transaction.executeWithoutResult(status -> checkout.place(order));
    }

    private static Order order(int pieces) {
        return new Order("7", "alice", "tea", pieces, Instant.EPOCH);
    }

    private MQTemplate template(RecordingMQProducer to) {
        return MQTemplate.builder(to)
                .converter(new JsonMQMessageConverter(JsonMapper.shared()::writeValueAsBytes))
                .transactions(messages)
                .build();
    }
}
