package io.mqproducer.internal.transaction;

import io.mqproducer.internal.config.ProducerConfig;
import io.mqproducer.internal.encoding.MessageViewDecoder;
import io.mqproducer.internal.encoding.Namespace;
import io.mqproducer.internal.protocol.ProtocolException;
import io.mqproducer.internal.protocol.RemotingCommand;
import io.mqproducer.internal.protocol.ResponseCode;
import io.mqproducer.internal.remoting.Peer;
import io.mqproducer.internal.remoting.ServerRequestHandler;
import io.mqproducer.internal.util.JoinableThreads;
import io.mqproducer.internal.util.PrintableText;
import io.mqproducer.internal.util.Throttle;
import io.mqproducer.message.MessageView;
import io.mqproducer.message.TransactionState;
import io.mqproducer.spi.EndTransactionContext;
import io.mqproducer.spi.ProducerMetrics;
import io.mqproducer.spi.TransactionChecker;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers brokers that ask how a transaction ended: takes their questions in on event loops, asks the checkers on threads of its
 * own, which start with the first question, and answers on the connection that the question came on. What it does not answer is asked
 * again. Thread-safe.
 */
public final class TransactionChecks implements ServerRequestHandler, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(TransactionChecks.class);

    private static final Duration LOG_PERIOD = Duration.ofSeconds(30);
    private static final int IDLE_SECONDS = 10;
    private static final int SHOWN = 64;
    private static final String PRODUCER_GROUP = "PGROUP";

    private final TransactionCheckers checkers;
    private final KnownTransactions known;
    private final EndTransactionRequests requests;
    private final MessageViewDecoder decoder;
    private final ProducerConfig config;
    private final ProducerMetrics metrics;
    private final CheckQueue queue;
    private final JoinableThreads made;
    private final ThreadPoolExecutor threads;
    private final Throttle droppedLog = new Throttle(LOG_PERIOD);
    private final Throttle unusableLog = new Throttle(LOG_PERIOD);
    private final Throttle failedLog = new Throttle(LOG_PERIOD);
    private volatile Consumer<EndTransactionContext> hooks = ending -> {};

    /** @param known the transactions of this process */
    public TransactionChecks(
            ProducerConfig config,
            Namespace namespace,
            MessageViewDecoder decoder,
            TransactionCheckers checkers,
            KnownTransactions known,
            ProducerMetrics metrics) {
        this.config = config;
        this.checkers = checkers;
        this.known = known;
        this.metrics = metrics;
        this.requests = new EndTransactionRequests(namespace, config.identity().group());
        this.decoder = decoder;
        this.queue = new CheckQueue(config.transaction().checkQueueCapacity());
        this.made = JoinableThreads.daemons(config.identity().name(), "check");
        int count = config.transaction().checkThreads();
        this.threads =
                new ThreadPoolExecutor(count, count, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), made);
        threads.allowCoreThreadTimeOut(true);
    }

    /** Who is told that a broker is about to be told how a transaction ended. */
    public void tellHooks(Consumer<EndTransactionContext> listener) {
        hooks = listener;
    }

    // ---- on event loops

    @Override
    public void handle(RemotingCommand request, Peer from) {
        Check check = Check.of(request, from);
        switch (queue.offer(check)) {
            case ACCEPTED -> wakeThread();
            case REPLACED -> log.debug("{} asks again about {}", from.endpoint(), printable(check.subject()));
            case FULL -> dropped(check);
        }
    }

    private void wakeThread() {
        try {
            threads.execute(this::answerNext);
        } catch (RejectedExecutionException e) { // the end
            queue.clear();
        }
    }

    private void dropped(Check check) {
        metrics.transactionCheckDropped();
        if (droppedLog.permits(System.nanoTime())) {
            log.warn(
                    "{} transaction checks wait already; one of {} is dropped, and {} before it: brokers will ask again"
                            + " (transaction.check-queue-capacity, transaction.check-threads)",
                    queue.size(),
                    check.peer().endpoint(),
                    droppedLog.takeHeldBack());
        }
    }

    // ---- on the check threads

    private void answerNext() {
        Check check = queue.take();
        if (check == null) {
            return;
        }
        boolean answered = false;
        try {
            answered = answer(check);
        } catch (RuntimeException | Error e) {
            log.error(
                    "transaction check {} of {} failed",
                    printable(check.subject()),
                    check.peer().endpoint(),
                    e);
        } finally {
            if (queue.done(check, answered)) {
                wakeThread();
            }
        }
    }

    /** Whether the broker is told; if not, it asks again. */
    private boolean answer(Check check) {
        MessageView message;
        try {
            message = decoder.decode(check.message(), check.brokerName());
        } catch (ProtocolException e) {
            unusable(check, "a message that cannot be read: " + e.getMessage());
            return false;
        }
        String group = message.property(PRODUCER_GROUP).orElse("");
        if (!group.equals(requests.wireGroup())) {
            unusable(check, "a message of producer group '" + printable(group) + "'");
            return false;
        }
        if (known.isSettledSince(check.peer().openedAt(), message.msgId(), check.brokerName())) {
            dropCopy(check, message);
            return true;
        }
        OpenTransaction ours = known.get(message.msgId());
        if (ours != null) {
            ours.movedTo(check.half(message.topic(), message.msgId()));
            if (ours.isRunning()) {
                log.debug("{} asks about {}, which still runs", check.peer().endpoint(), printable(message.msgId()));
                return false;
            }
        }
        TransactionChecker checker = checkers.of(message.topic());
        if (checker == null) {
            unusable(check, "topic " + printable(message.topic()) + ", for which there is no transaction checker");
            return false;
        }
        TransactionState state = stateOf(message, checker);
        boolean told = state != TransactionState.UNKNOWN && (ours == null || ours.claimForChecker(state));
        if (told) {
            tell(queue.newest(check), message, state, ours);
        }
        return told;
    }

    /**
     * The broker has confirmed the end of this transaction on the connection that it now asks on, so it is only late in taking note of
     * that. What it asks about is a copy, which another commit would make a second message.
     */
    private void dropCopy(Check check, MessageView message) {
        log.debug("{} asks about {}, whose end it has confirmed", check.peer().endpoint(), printable(message.msgId()));
        HalfMessage copy = check.half(message.topic(), message.msgId());
        check.peer()
                .invoke(
                        requests.request(copy, TransactionState.ROLLBACK),
                        config.send().timeout());
    }

    /** What a stranger, or a broker that has mixed something up, asks about. */
    private void unusable(Check check, String what) {
        if (unusableLog.permits(System.nanoTime())) {
            log.warn(
                    "{} asks about {}: not answered, nor {} such questions before it",
                    check.peer().endpoint(),
                    what,
                    unusableLog.takeHeldBack());
        }
    }

    /** A broker's text, fit for a log. */
    private static String printable(String text) {
        return PrintableText.of(text, SHOWN);
    }

    private TransactionState stateOf(MessageView message, TransactionChecker checker) {
        try {
            TransactionState state = checker.check(message);
            return state == null ? TransactionState.UNKNOWN : state;
        } catch (RuntimeException | Error e) {
            metrics.callbackFailed();
            if (failedLog.permits(System.nanoTime())) {
                log.warn(
                        "transaction checker {} failed at message {} of topic {}, whose state counts as unknown; {} failures"
                                + " before it",
                        checker,
                        printable(message.msgId()),
                        message.topic(),
                        failedLog.takeHeldBack(),
                        e);
            }
            return TransactionState.UNKNOWN;
        }
    }

    private void tell(Check last, MessageView message, TransactionState state, @Nullable OpenTransaction ours) {
        HalfMessage half = last.half(message.topic(), message.msgId());
        String address = last.peer().endpoint().toString();
        long begun = System.nanoTime();
        hooks.accept(TransactionEnding.of(config.identity(), half, state, address));
        last.peer()
                .invoke(requests.request(half, state), config.send().timeout())
                .whenComplete((answer, failure) -> {
                    boolean confirmed = failure == null && answer.code() == ResponseCode.SUCCESS.code();
                    if (confirmed) {
                        known.settle(half, begun);
                        if (ours != null) {
                            ours.confirmed();
                        }
                    } else {
                        log.info(
                                "{} of transaction {} was not confirmed by {}, which will ask again: {}",
                                state,
                                half.printableId(),
                                address,
                                failure == null ? answer : failure.toString());
                    }
                });
    }

    // ---- the end

    /** Asks no checker any more; one that is being asked is interrupted. */
    @Override
    public void close() {
        threads.shutdownNow();
        queue.clear();
    }

    /** Waits for the threads to end. */
    public void awaitEnd(Duration limit) throws InterruptedException {
        made.join(limit);
    }
}
