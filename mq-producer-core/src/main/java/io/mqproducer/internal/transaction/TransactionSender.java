package io.mqproducer.internal.transaction;

import io.mqproducer.exception.FailureReport;
import io.mqproducer.exception.MessageMaybeStoredException;
import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.exception.RequestFailedException;
import io.mqproducer.internal.config.ProducerConfig;
import io.mqproducer.internal.encoding.MessageRole;
import io.mqproducer.internal.encoding.Namespace;
import io.mqproducer.internal.remoting.RemotingClient;
import io.mqproducer.internal.route.TopicRouteTable;
import io.mqproducer.internal.send.MessageSender;
import io.mqproducer.internal.send.StoredHalf;
import io.mqproducer.internal.util.Throttle;
import io.mqproducer.message.DeliveryTime;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Message;
import io.mqproducer.message.SendStatus;
import io.mqproducer.message.TransactionSendResult;
import io.mqproducer.message.TransactionState;
import io.mqproducer.spi.LocalTransaction;
import io.mqproducer.spi.ProducerMetrics;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends half messages, runs what they stand for, and tells the broker how it ended. All on the calling thread, which waits.
 * Thread-safe.
 */
public final class TransactionSender {

    private static final Logger log = LoggerFactory.getLogger(TransactionSender.class);

    private final MessageSender sender;
    private final TransactionEnder ender;
    private final TransactionCheckers checkers;
    private final KnownTransactions known;
    private final ProducerConfig.Identity producer;
    private final ProducerMetrics metrics;
    private final MessageRole half;
    private final String wireGroup;
    private final RunningTransactions running = new RunningTransactions();
    private final Throttle unconfirmedLog = new Throttle(Duration.ofSeconds(1));

    /** What it works with; the rest is its own. */
    public record Services(
            ProducerConfig config,
            Namespace namespace,
            TopicRouteTable routes,
            RemotingClient brokers,
            MessageSender sender,
            ProducerMetrics metrics) {}

    /** @param known where checks find the transactions of this process */
    public TransactionSender(Services services, TransactionCheckers checkers, KnownTransactions known) {
        ProducerConfig config = services.config();
        EndTransactionRequests requests = new EndTransactionRequests(
                services.namespace(), config.identity().group());
        this.sender = services.sender();
        this.ender = new TransactionEnder(requests, services.routes(), services.brokers(), config);
        this.checkers = checkers;
        this.known = known;
        this.producer = config.identity();
        this.metrics = services.metrics();
        this.wireGroup = requests.wireGroup();
        this.half = MessageRole.half(wireGroup, this::objectionTo);
    }

    String wireGroup() {
        return wireGroup;
    }

    private @Nullable String objectionTo(Message message) {
        if (message.delivery() != DeliveryTime.now()) {
            return "a transactional message must not have a delivery time, got " + message.delivery();
        }
        return checkers.of(message.topic()) == null
                ? "no transaction checker for this topic, so nobody could answer if commit or rollback is lost"
                : null;
    }

    /**
     * Sends the half message, runs the local transaction if it is fully acknowledged, and tells the broker how it ended.
     *
     * @throws MessageNotStoredException if the half message is certainly not stored; the local transaction was not run
     * @throws MessageMaybeStoredException if it may be; likewise
     */
    public TransactionSendResult send(Message message, LocalTransaction localTransaction) {
        running.begin();
        try {
            OpenTransaction transaction = open(message, true);
            try {
                return run(transaction, localTransaction);
            } finally {
                known.remove(transaction);
            }
        } finally {
            running.end();
        }
    }

    private TransactionSendResult run(OpenTransaction transaction, LocalTransaction localTransaction) {
        if (isWeak(transaction)) {
            return end(transaction, TransactionState.ROLLBACK);
        }
        TransactionState state = localTransaction.execute(transaction.stored().message());
        return state == null || state == TransactionState.UNKNOWN ? transaction.result() : end(transaction, state);
    }

    /**
     * Sends the half message; its owner says later how the transaction ended.
     *
     * @throws MessageNotStoredException if it is certainly not stored, or will not live because it is only weakly acknowledged
     * @throws MessageMaybeStoredException if it may be stored
     */
    public PreparedTransaction prepare(Message message) {
        running.begin();
        try {
            OpenTransaction transaction = open(message, false);
            if (isWeak(transaction)) {
                end(transaction, TransactionState.ROLLBACK);
                known.remove(transaction);
                throw new MessageNotStoredException(FailureReport.of(
                                FailureKind.BROKER_REJECTED,
                                "half message is stored, but "
                                        + transaction.stored().result().status()
                                        + ", so it is rolled back; topic "
                                        + transaction.half().topic())
                        .withMsgId(transaction.half().msgId()));
            }
            return new PreparedTransaction(this, transaction);
        } finally {
            running.end();
        }
    }

    TransactionSendResult endPrepared(OpenTransaction transaction, TransactionState state) {
        running.begin();
        try {
            return end(transaction, state);
        } finally {
            known.remove(transaction);
            running.end();
        }
    }

    private OpenTransaction open(Message message, boolean runsNow) {
        StoredHalf stored = sender.sendHalf(message, half);
        OpenTransaction transaction;
        try {
            transaction = new OpenTransaction(stored, HalfMessage.of(stored), runsNow);
        } catch (IllegalArgumentException e) {
            throw new MessageMaybeStoredException(FailureReport.of(
                            FailureKind.PROTOCOL,
                            "half message is stored, but the answer does not say where, so its transaction cannot be ended: "
                                    + e.getMessage())
                    .withMsgId(stored.result().msgId())
                    .withCause(e));
        }
        known.add(transaction);
        return transaction;
    }

    private static boolean isWeak(OpenTransaction transaction) {
        return transaction.stored().result().status() != SendStatus.SEND_OK;
    }

    /** Tells the broker, unless a checker has. */
    private TransactionSendResult end(OpenTransaction transaction, TransactionState state) {
        if (transaction.claim(state)) {
            sender.endingTransaction(TransactionEnding.of(
                    producer,
                    transaction.half(),
                    state,
                    transaction.stored().broker().toString()));
            long begun = System.nanoTime();
            String unconfirmed = ender.tell(transaction, state);
            if (unconfirmed == null) {
                transaction.confirmed();
                known.settle(transaction.half(), begun);
            } else {
                noteUnconfirmed(transaction.half(), state, unconfirmed);
            }
        }
        TransactionSendResult result = transaction.result();
        if (result.transactionState() != state) {
            log.warn(
                    "transaction {} of topic {} was to end with {}, but its checker had told the broker {}",
                    transaction.half().printableId(),
                    transaction.half().topic(),
                    state,
                    result.transactionState());
        }
        return result;
    }

    private void noteUnconfirmed(HalfMessage unsettled, TransactionState state, String why) {
        metrics.transactionUnconfirmed();
        RequestFailedException failure = new RequestFailedException(FailureReport.of(
                        FailureKind.TX_UNCONFIRMED,
                        "topic=" + unsettled.topic() + " transaction " + unsettled.printableId() + ": " + state
                                + " is not confirmed, the broker will ask the transaction checker (" + why + ")")
                .withMsgId(unsettled.msgId()));
        sender.recentFailures().add(unsettled.topic(), failure);
        if (unconfirmedLog.permits(System.nanoTime())) {
            log.warn("{}; {} before it", failure.getMessage(), unconfirmedLog.takeHeldBack());
        }
    }

    /** How many transactions a stop waits for. */
    public int running() {
        return running.count();
    }

    /**
     * Waits for the transactions whose local part runs, and for those that are being ended.
     *
     * @param deadline how long, by {@link System#nanoTime}
     * @return whether none is left
     */
    public boolean drain(long deadline) {
        return running.awaitNone(deadline);
    }
}
