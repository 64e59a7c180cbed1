package io.mqproducer.spring.transaction;

import io.mqproducer.message.MessageView;
import io.mqproducer.message.TransactionState;
import io.mqproducer.spi.TransactionChecker;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers brokers from a {@link TransactionLog}. Half messages that it knows nothing of, because they were sent otherwise than by
 * {@code transactional()}, stay unknown: of those the log has no record whatever became of them. Thread-safe.
 */
public final class TransactionLogChecker implements TransactionChecker {

    /** The user property by which half messages that are in the log are told from others. */
    static final String LOGGED = "mq_tx_log";

    private static final Logger log = LoggerFactory.getLogger(TransactionLogChecker.class);
    private static final String PRODUCER_GROUP = "PGROUP";

    private final TransactionLog transactionLog;
    private final Set<String> topics;
    private final Set<String> toldOf = ConcurrentHashMap.newKeySet();

    /**
     * One for these topics.
     *
     * @param topics without namespace; producers keep in touch with their brokers from the start, so that they are asked about
     *     transactions of processes that are gone before they have sent anything. If empty, all that no other checker names, and
     *     in touch with their brokers only once they are used, or are warm-up topics
     */
    public TransactionLogChecker(TransactionLog transactionLog, Collection<String> topics) {
        this.transactionLog = Objects.requireNonNull(transactionLog, "transactionLog");
        this.topics = Set.copyOf(topics);
    }

    @Override
    public Set<String> topics() {
        return topics;
    }

    @Override
    public TransactionState check(MessageView message) {
        if (message.property(LOGGED).isEmpty()) {
            tellOfForeign(message);
            return TransactionState.UNKNOWN;
        }
        return transactionLog.check(
                message.msgId(), message.property(PRODUCER_GROUP).orElse(""), message.bornTime());
    }

    /** Once for each topic: brokers ask again and again. */
    private void tellOfForeign(MessageView message) {
        if (toldOf.add(message.topic())) {
            log.warn(
                    "half message {} of topic {} was not sent by transactional(), so the transaction log cannot tell what became"
                            + " of its transaction: topics of sendInTransaction(..) need a TransactionChecker of their own",
                    message.msgId(),
                    message.topic());
        }
    }

    @Override
    public String toString() {
        return "TransactionLogChecker" + (topics.isEmpty() ? "" : topics);
    }
}
