package io.mqproducer.spring.transaction;

import io.mqproducer.MQProducer;
import io.mqproducer.PreparedMessage;
import io.mqproducer.message.Message;
import io.mqproducer.message.SendOptions;
import io.mqproducer.message.SendResult;
import io.mqproducer.message.TransactionSendResult;
import io.mqproducer.message.TransactionState;
import io.mqproducer.spring.MessageTransactions;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Messages of the calling thread's transaction, whichever of Spring's transaction managers runs it: of the innermost that is not
 * suspended, and only as far as it is not rolled back to a savepoint. One serves any number of producers. Thread-safe.
 *
 * <p>Neither a commit nor a rollback waits for a message. What is sent after a commit is sent by a thread of this object, one per
 * producer at a time, in the order of commits and of the calls in each; it waits for room in flight where the producer is configured to.
 * Hooks run there, and each message's time begins there. Brokers are told how a transaction ended by up to 16 such threads, so that
 * several half messages of one transaction do not wait for each other; they become visible in no particular order. Futures of messages that
 * are not sent complete on such threads too.
 */
public final class SpringMessageTransactions implements MessageTransactions, AutoCloseable {

    private final @Nullable TransactionLog log;
    private final TransactionThreads threads = new TransactionThreads();
    private final AfterCommitSends sends = new AfterCommitSends(threads);
    private final HalfMessageEnds ends = new HalfMessageEnds(threads);

    /** Without a log: whether a transaction has committed is for the application's checkers to find out. */
    public SpringMessageTransactions() {
        this(null);
    }

    /**
     * With a log, in which every half message is recorded.
     *
     * @param log null for none; else its {@link TransactionLogChecker} has to answer for the topics
     */
    public SpringMessageTransactions(@Nullable TransactionLog log) {
        this.log = log;
    }

    @Override
    public void requireTransaction() {
        if (TransactionSynchronizationManager.isActualTransactionActive()
                && TransactionSynchronizationManager.isSynchronizationActive()) {
            return;
        }
        throw new IllegalStateException(
                "afterCommit() and transactional() need a transaction that the calling thread is in: "
                        + (TransactionSynchronizationManager.isActualTransactionActive()
                                ? "its transaction is over, or its transaction manager does not synchronise"
                                : TransactionSynchronizationManager.isSynchronizationActive()
                                        ? "it runs without one (propagation SUPPORTS, NOT_SUPPORTED or NEVER)"
                                        : "call them in a @Transactional method or a TransactionTemplate"));
    }

    @Override
    public CompletableFuture<SendResult> sendAfterCommit(MQProducer producer, Message message, SendOptions options) {
        Objects.requireNonNull(producer, "producer");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(options, "options");
        TransactionMessages messages = current();
        Message kept = message.withBody(message.body().clone()); // the array may be the caller's
        AfterCommitSend send = new AfterCommitSend(producer, kept, options);
        messages.add(send);
        return send.outcome();
    }

    /**
     * Stores a half message, and records it in the log if there is one. If that fails the half message is rolled back, and the
     * transaction cannot commit any more.
     *
     * @throws IllegalStateException as {@link #requireTransaction} and {@link TransactionLog#requireTransaction}
     * @throws io.mqproducer.exception.MQProducerException as {@link MQProducer#prepare}; {@code MessageNotStoredException} of kind
     *     {@code ROLLED_BACK} if a broker has asked about the half message before it was recorded
     */
    @Override
    public TransactionSendResult sendWithTransaction(MQProducer producer, Message message) {
        TransactionMessages messages = current();
        if (messages.isCompleting()) {
            throw new IllegalStateException("transactional() comes too late: the transaction is being completed");
        }
        PreparedMessage prepared = log == null ? producer.prepare(message) : logged(producer, message, log, messages);
        messages.add(prepared);
        return TransactionSendResult.of(prepared.sendResult(), TransactionState.UNKNOWN, false);
    }

    private static PreparedMessage logged(
            MQProducer producer, Message message, TransactionLog log, TransactionMessages messages) {
        log.requireTransaction();
        PreparedMessage prepared = producer.prepare(
                message.toBuilder().property(TransactionLogChecker.LOGGED, "1").build());
        try {
            log.record(prepared.sendResult().msgId(), prepared.producerGroup());
            return prepared;
        } catch (RuntimeException | Error e) {
            messages.addFailed(prepared, e);
            throw e;
        }
    }

    private TransactionMessages current() {
        requireTransaction();
        TransactionMessages bound = (TransactionMessages) TransactionSynchronizationManager.getResource(this);
        if (bound != null && !bound.isCompleted()) {
            return bound;
        }
        if (bound != null) { // completed on another thread
            TransactionSynchronizationManager.unbindResource(this);
        }
        TransactionMessages messages = new TransactionMessages(this, sends, ends);
        TransactionSynchronizationManager.registerSynchronization(messages);
        TransactionSynchronizationManager.bindResource(this, messages);
        return messages;
    }

    /**
     * Waits until all committed messages have been handed to their producers, and brokers have been told the ends of transactions;
     * to be done before the producers stop. An interrupt ends the wait, and stays set.
     *
     * @param limit how long
     * @return whether nothing is left
     */
    public boolean drain(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            boolean handedOver = sends.awaitHandedOver(deadline);
            return ends.awaitNone(deadline) && handedOver;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Ends its threads once what they have to do is done. What commits later is not sent, and fails with kind {@code CLOSED}. */
    @Override
    public void close() {
        threads.close();
    }
}
