package io.mqproducer.spring.transaction;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.mqproducer.MQProducer;
import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Message;
import io.mqproducer.message.SendOptions;
import io.mqproducer.message.SendResult;
import io.mqproducer.message.TransactionSendResult;
import io.mqproducer.message.TransactionState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

class SpringMessageTransactionsTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final JdbcDataSource database = database();
    private final JdbcTemplate jdbc = new JdbcTemplate(database);
    private final DataSourceTransactionManager manager = new DataSourceTransactionManager(database);
    private final TransactionTemplate transaction = new TransactionTemplate(manager);
    private final TransactionalProducer producer = new TransactionalProducer();
    private final SpringMessageTransactions transactions = new SpringMessageTransactions();

    private static JdbcDataSource database() {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        new JdbcTemplate(database).execute("CREATE TABLE orders (id VARCHAR(10) PRIMARY KEY)");
        return database;
    }

    @AfterEach
    void leaveNothing() {
        transactions.close();
        assertThat(TransactionSynchronizationManager.getResourceMap()).isEmpty();
        jdbc.execute("SHUTDOWN");
    }

    // ---- after the commit

    @Test
    void sendsAfterTheCommitAndInTheOrderOfTheCalls() throws Exception {
        List<CompletableFuture<SendResult>> outcomes = new ArrayList<>();

        transaction.executeWithoutResult(status -> {
            for (int i = 0; i < 10; i++) {
                insert("" + i);
                outcomes.add(afterCommit("" + i));
            }
            assertThat(producer.log).isEmpty();
        });

        assertThat(outcomes.get(9).get(20, TimeUnit.SECONDS).msgId()).isEqualTo("x");
        assertThat(producer.log)
                .isEqualTo(IntStream.range(0, 10).mapToObj(i -> "send " + i).toList());
    }

    @Test
    void sendsNothingAfterARollbackAndTheFuturesSaySo() {
        List<CompletableFuture<SendResult>> outcomes = new ArrayList<>();

        transaction.executeWithoutResult(status -> {
            outcomes.add(afterCommit("a"));
            outcomes.add(afterCommit("b"));
            status.setRollbackOnly();
        });

        assertThat(outcomes).allSatisfy(outcome -> assertRolledBack(outcome, "the transaction was rolled back"));
        assertThat(producer.log).isEmpty();
    }

    @Test
    void sendsNothingWhenItIsNotKnownWhetherTheTransactionHasCommitted() {
        TransactionTemplate doubtful = new TransactionTemplate(new DoubtfulTransactionManager());
        List<CompletableFuture<SendResult>> outcomes = new ArrayList<>();

        assertThatExceptionOfType(TransactionSystemException.class)
                .isThrownBy(() -> doubtful.executeWithoutResult(status -> outcomes.add(afterCommit("a"))));

        assertRolledBack(outcomes.get(0), "not known whether the transaction has committed");
        assertThat(producer.log).isEmpty();
    }

    @Test
    void doesNotHoldUpTheCommittingThreadWhenThereIsNoRoomInFlight() throws Exception {
        producer.gate = new CountDownLatch(1);

        CompletableFuture<SendResult> outcome = transaction.execute(status -> afterCommit("a"));

        assertThat(outcome).isNotDone(); // and here the committing thread is
        assertThat(transactions.drain(Duration.ofMillis(1))).isFalse();
        producer.gate.countDown();
        outcome.get(20, TimeUnit.SECONDS);
        assertThat(transactions.drain(LIMIT)).isTrue();
    }

    @Test
    void aProducerWithoutRoomDoesNotHoldUpAnother() throws Exception {
        TransactionalProducer other = new TransactionalProducer();
        producer.gate = new CountDownLatch(1);

        CompletableFuture<SendResult> outcome = transaction.execute(status -> {
            CompletableFuture<SendResult> ignored = afterCommit("a");
            return afterCommit(other, "b");
        });

        outcome.get(20, TimeUnit.SECONDS);
        assertThat(producer.log).isEmpty();
        producer.gate.countDown();
        assertThat(transactions.drain(LIMIT)).isTrue();
        assertThat(producer.log).containsExactly("send a");
    }

    @Test
    void keepsTheOrderOfCommits() {
        producer.gate = new CountDownLatch(1);

        for (int i = 0; i < 100; i++) {
            String body = "" + i;
            transaction.executeWithoutResult(status -> afterCommit(body));
        }
        producer.gate.countDown();

        assertThat(transactions.drain(LIMIT)).isTrue();
        assertThat(producer.log)
                .isEqualTo(IntStream.range(0, 100).mapToObj(i -> "send " + i).toList());
    }

    @Test
    void tenThousandMessagesInOneTransactionAreSentInOrder() {
        List<CompletableFuture<SendResult>> outcomes = new ArrayList<>();

        transaction.executeWithoutResult(status -> {
            for (int i = 0; i < 10_000; i++) {
                outcomes.add(afterCommit("" + i));
            }
        });

        CompletableFuture.allOf(outcomes.toArray(CompletableFuture[]::new)).join();
        assertThat(producer.log)
                .isEqualTo(IntStream.range(0, 10_000).mapToObj(i -> "send " + i).toList());
    }

    @Test
    void sendsTheBodyThatTheMessageHadWhenItWasGiven() {
        byte[] body = "before".getBytes(UTF_8);

        transaction.executeWithoutResult(status -> {
            CompletableFuture<SendResult> ignored =
                    transactions.sendAfterCommit(producer, Message.of("orders", body), SendOptions.defaults());
            System.arraycopy("after!".getBytes(UTF_8), 0, body, 0, 6);
        });

        assertThat(transactions.drain(LIMIT)).isTrue();
        assertThat(producer.log).containsExactly("send before");
    }

    @Test
    void aMessageThatIsCancelledBeforeTheCommitIsNeverSent() {
        transaction.executeWithoutResult(status -> {
            assertThat(afterCommit("a").cancel(false)).isTrue();
            CompletableFuture<SendResult> ignored = afterCommit("b");
        });

        assertThat(transactions.drain(LIMIT)).isTrue();
        assertThat(producer.log).containsExactly("send b");
    }

    @Test
    void cancellingAfterTheCommitCancelsTheSend() {
        CompletableFuture<SendResult> sending = new CompletableFuture<>();
        producer.answer = () -> sending;

        CompletableFuture<SendResult> outcome = transaction.execute(status -> afterCommit("a"));
        assertThat(transactions.drain(LIMIT)).isTrue();
        outcome.cancel(false);

        assertThat(sending).isCancelled();
    }

    @Test
    void aFailureOfTheSendReachesTheFutureUnwrapped() {
        MessageNotStoredException failure = new MessageNotStoredException(FailureKind.NO_ROUTE, "no route");
        producer.answer = () -> CompletableFuture.failedFuture(failure);

        CompletableFuture<SendResult> outcome = transaction.execute(status -> afterCommit("a"));

        assertThat(outcome).failsWithin(LIMIT).withThrowableThat().havingCause().isSameAs(failure);
    }

    /** It would wait for itself if the first future completed on the thread that sends. */
    @Test
    void aFutureThatFailsAtOnceMayBeContinuedByWaitingForALaterOne() {
        producer.answer = () -> CompletableFuture.failedFuture(new IllegalStateException("no"));
        List<CompletableFuture<?>> waited = new ArrayList<>();

        transaction.executeWithoutResult(status -> {
            CompletableFuture<SendResult> first = afterCommit("a");
            CompletableFuture<SendResult> second = afterCommit("b");
            waited.add(
                    first.handle((result, failure) -> second.handle((r, f) -> r).join()));
        });

        assertThat(waited.get(0)).succeedsWithin(LIMIT);
    }

    @Test
    void aMessageThatAnotherSynchronizationSendsAfterTheCommitIsSent() throws Exception {
        List<CompletableFuture<SendResult>> outcomes = new ArrayList<>();

        transaction.executeWithoutResult(status ->
                TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                    @Override
                    public void afterCommit() {
                        outcomes.add(SpringMessageTransactionsTest.this.afterCommit("late"));
                    }
                }));

        outcomes.get(0).get(20, TimeUnit.SECONDS);
        assertThat(producer.log).containsExactly("send late");
    }

    @Test
    void messagesOfAReadOnlyTransactionAreSent() throws Exception {
        transaction.setReadOnly(true);

        CompletableFuture<SendResult> outcome = transaction.execute(status -> afterCommit("a"));

        outcome.get(20, TimeUnit.SECONDS);
    }

    @Test
    void whatCommitsAfterTheCloseFailsAsClosed() {
        transactions.close();

        CompletableFuture<SendResult> outcome = transaction.execute(status -> afterCommit("a"));

        assertFailed(outcome, FailureKind.CLOSED, "committed, but the context is closed");
    }

    @Test
    void commitsAreRefusedWhenTooManyMessagesWaitAlready() {
        TransactionThreads threads = new TransactionThreads();
        AfterCommitSends sends = new AfterCommitSends(threads, 2);
        producer.gate = new CountDownLatch(1);
        List<AfterCommitSend> messages = IntStream.range(0, 5)
                .mapToObj(i -> new AfterCommitSend(producer, message("" + i), SendOptions.defaults()))
                .toList();

        sends.submit(messages.subList(0, 4)); // of which one is with the producer
        sends.submit(messages.subList(4, 5));

        assertFailed(messages.get(4).outcome(), FailureKind.BUFFER_FULL, "committed messages wait to be sent already");
        producer.gate.countDown();
        assertThat(messages.get(3).outcome()).succeedsWithin(LIMIT);
        threads.close();
    }

    // ---- transactions in transactions

    @Test
    void anInnerTransactionSendsItsOwnMessagesWhenItCommits() {
        List<CompletableFuture<SendResult>> outcomes = new ArrayList<>();

        transaction.executeWithoutResult(outer -> {
            outcomes.add(afterCommit("outer before"));
            requiresNew().executeWithoutResult(inner -> outcomes.add(afterCommit("inner")));
            assertThat(outcomes.get(1)).succeedsWithin(LIMIT);
            outcomes.add(afterCommit("outer after"));
            assertThat(producer.log).containsExactly("send inner");
            outer.setRollbackOnly();
        });

        assertRolledBack(outcomes.get(0), "the transaction was rolled back");
        assertRolledBack(outcomes.get(2), "the transaction was rolled back");
        assertThat(producer.log).containsExactly("send inner");
    }

    @Test
    void anInnerTransactionThatIsRolledBackTakesOnlyItsOwnMessagesAlong() {
        List<CompletableFuture<SendResult>> outcomes = new ArrayList<>();

        transaction.executeWithoutResult(outer -> {
            outcomes.add(afterCommit("before"));
            requiresNew().executeWithoutResult(inner -> {
                outcomes.add(afterCommit("inner"));
                inner.setRollbackOnly();
            });
            outcomes.add(afterCommit("after"));
        });

        assertThat(outcomes.get(2)).succeedsWithin(LIMIT);
        assertRolledBack(outcomes.get(1), "the transaction was rolled back");
        assertThat(producer.log).containsExactly("send before", "send after");
    }

    @Test
    void aRollbackToASavepointTakesTheMessagesSinceThenAlong() {
        List<CompletableFuture<SendResult>> outcomes = new ArrayList<>();

        transaction.executeWithoutResult(outer -> {
            outcomes.add(afterCommit("before"));
            nested().executeWithoutResult(inner -> {
                outcomes.add(afterCommit("undone"));
                inner.setRollbackOnly();
            });
            nested().executeWithoutResult(inner -> outcomes.add(afterCommit("kept")));
        });

        assertThat(outcomes.get(2)).succeedsWithin(LIMIT);
        assertRolledBack(outcomes.get(1), "rolled back to a savepoint");
        assertThat(producer.log).containsExactly("send before", "send kept");
    }

    @Test
    void aRollbackToASavepointThatIsOlderThanTheFirstMessageTakesAllAlong() {
        List<CompletableFuture<SendResult>> outcomes = new ArrayList<>();

        transaction.executeWithoutResult(outer -> {
            nested().executeWithoutResult(inner -> {
                outcomes.add(afterCommit("undone"));
                inner.setRollbackOnly();
            });
            outcomes.add(afterCommit("after"));
        });

        assertThat(outcomes.get(1)).succeedsWithin(LIMIT);
        assertRolledBack(outcomes.get(0), "rolled back to a savepoint");
        assertThat(producer.log).containsExactly("send after");
    }

    // ---- without a transaction

    @Test
    void withoutATransactionItSaysWhatIsMissing() {
        assertMissing(() -> transactions.requireTransaction(), "@Transactional");
        assertMissing(() -> afterCommit("a"), "@Transactional");
        assertMissing(() -> transactional("a"), "@Transactional");
        assertThat(producer.log).isEmpty();
    }

    @Test
    void aScopeWithoutATransactionIsNotOne() {
        transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_SUPPORTS);

        transaction.executeWithoutResult(status -> assertMissing(() -> afterCommit("a"), "SUPPORTS"));
    }

    @Test
    void aTransactionManagerThatDoesNotSynchronizeIsNamed() {
        manager.setTransactionSynchronization(DataSourceTransactionManager.SYNCHRONIZATION_NEVER);

        transaction.executeWithoutResult(status -> assertMissing(() -> afterCommit("a"), "@Transactional"));
    }

    // ---- half messages

    @Test
    void aHalfMessageIsStoredAtOnceAndCommittedWithTheTransaction() {
        transaction.executeWithoutResult(status -> {
            TransactionSendResult result = transactional("a");

            assertThat(result.transactionState()).isEqualTo(TransactionState.UNKNOWN);
            assertThat(result.confirmed()).isFalse();
            assertThat(result.msgId()).isEqualTo("id-a");
            assertThat(producer.log).containsExactly("prepare a");
        });

        assertThat(transactions.drain(LIMIT)).isTrue();
        assertThat(producer.log).containsExactly("prepare a", "COMMIT a");
    }

    @Test
    void halfMessagesAreRolledBackWithTheTransaction() {
        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                    transactional("a");
                    throw new IllegalArgumentException("no");
                }))
                .hasMessage("no");

        assertThat(transactions.drain(LIMIT)).isTrue();
        assertThat(producer.log).containsExactly("prepare a", "ROLLBACK a");
    }

    @Test
    void ofADoubtfulTransactionNothingIsToldAndTheCheckerDecides() {
        TransactionTemplate doubtful = new TransactionTemplate(new DoubtfulTransactionManager());

        assertThatExceptionOfType(TransactionSystemException.class)
                .isThrownBy(() -> doubtful.executeWithoutResult(status -> transactional("a")));

        assertThat(transactions.drain(LIMIT)).isTrue();
        assertThat(producer.log).containsExactly("prepare a");
    }

    @Test
    void halfMessagesSinceASavepointAreRolledBackToIt() {
        transaction.executeWithoutResult(outer -> {
            transactional("a");
            nested().executeWithoutResult(inner -> {
                transactional("b");
                inner.setRollbackOnly();
            });
        });

        assertThat(transactions.drain(LIMIT)).isTrue();
        assertThat(producer.log).containsExactlyInAnyOrder("prepare a", "prepare b", "ROLLBACK b", "COMMIT a");
    }

    @Test
    void neitherTheCommittingThreadNorAnotherHalfMessageWaitsForTheBroker() {
        producer.gate = new CountDownLatch(1);

        transaction.executeWithoutResult(status -> {
            for (int i = 0; i < 16; i++) {
                transactional("" + i);
            }
        });

        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().startsWith("mq-producer-transaction-end-"))
                .hasSizeGreaterThanOrEqualTo(16);
        producer.gate.countDown();
        assertThat(transactions.drain(LIMIT)).isTrue();
        assertThat(producer.log).filteredOn(line -> line.startsWith("COMMIT")).hasSize(16);
    }

    @Test
    void aHalfMessageComesTooLateOnceTheTransactionIsBeingCompleted() {
        List<Throwable> thrown = new ArrayList<>();

        transaction.executeWithoutResult(status -> {
            transactional("a");
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    try {
                        transactional("b");
                    } catch (IllegalStateException e) {
                        thrown.add(e);
                    }
                }
            });
        });

        assertThat(thrown).singleElement().asString().contains("too late");
        assertThat(producer.log).doesNotContain("prepare b");
    }

    // ---- what they share

    private CompletableFuture<SendResult> afterCommit(String body) {
        return afterCommit(producer, body);
    }

    private CompletableFuture<SendResult> afterCommit(MQProducer by, String body) {
        return transactions.sendAfterCommit(by, message(body), SendOptions.defaults());
    }

    private TransactionSendResult transactional(String body) {
        return transactions.sendWithTransaction(producer, message(body));
    }

    private static Message message(String body) {
        return Message.of("orders", body.getBytes(UTF_8));
    }

    private void insert(String id) {
        jdbc.update("INSERT INTO orders (id) VALUES (?)", id);
    }

    private TransactionTemplate requiresNew() {
        return template(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    private TransactionTemplate nested() {
        return template(TransactionDefinition.PROPAGATION_NESTED);
    }

    private TransactionTemplate template(int propagation) {
        TransactionTemplate template = new TransactionTemplate(manager);
        template.setPropagationBehavior(propagation);
        return template;
    }

    private static void assertMissing(ThrowingCallable call, String what) {
        assertThatIllegalStateException()
                .isThrownBy(call)
                .withMessageStartingWith("afterCommit() and transactional() need a transaction")
                .withMessageContaining(what);
    }

    private static void assertRolledBack(CompletableFuture<SendResult> outcome, String why) {
        assertFailed(outcome, FailureKind.ROLLED_BACK, why);
    }

    private static void assertFailed(CompletableFuture<SendResult> outcome, FailureKind kind, String why) {
        assertThat(outcome)
                .failsWithin(LIMIT)
                .withThrowableOfType(ExecutionException.class)
                .havingCause()
                .asInstanceOf(type(MessageNotStoredException.class))
                .satisfies(failure -> {
                    assertThat(failure.kind()).isEqualTo(kind);
                    assertThat(failure).hasMessageContaining(why).hasMessageContaining("orders");
                });
    }

    /** Its commits fail in a way that leaves open what became of them. */
    private static final class DoubtfulTransactionManager extends AbstractPlatformTransactionManager {

        @Override
        protected Object doGetTransaction() {
            return new Object();
        }

        @Override
        protected void doBegin(Object transaction, TransactionDefinition definition) {}

        @Override
        protected void doCommit(DefaultTransactionStatus status) {
            throw new TransactionSystemException("connection lost");
        }

        @Override
        protected void doRollback(DefaultTransactionStatus status) {}
    }
}
