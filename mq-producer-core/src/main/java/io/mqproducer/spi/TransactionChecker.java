package io.mqproducer.spi;

import io.mqproducer.message.MessageView;
import io.mqproducer.message.TransactionState;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Says what became of a local transaction, when its broker asks because neither commit nor rollback has reached it: of this
 * process, or of another of the same producer group that may be gone. Called on the producer's check threads, one or more at
 * a time, for one message perhaps more than once; it may block.
 */
@FunctionalInterface
public interface TransactionChecker {

    /** A checker for one topic. */
    static TransactionChecker of(String topic, Function<MessageView, @Nullable TransactionState> check) {
        Objects.requireNonNull(check, "check");
        Set<String> topics = Set.of(topic);
        return new TransactionChecker() {
            @Override
            public Set<String> topics() {
                return topics;
            }

            @Override
            public @Nullable TransactionState check(MessageView message) {
                return check.apply(message);
            }

            @Override
            public String toString() {
                return "TransactionChecker" + topics;
            }
        };
    }

    /**
     * The topics it answers for, without namespace; empty for all that no other checker names. Asked once, when the producer is
     * built. The producer keeps in touch with the brokers of the topics that are named here, so that it is asked even if it has sent
     * nothing since it was started; with those of all others only once they are used, or are warm-up topics.
     */
    default Set<String> topics() {
        return Set.of();
    }

    /**
     * The state of the transaction that this half message belongs to, by durable evidence: a transaction may still be open in
     * another process, so to find nothing of it is no rollback.
     *
     * @return the state, null for {@link TransactionState#UNKNOWN}, as is an exception: the broker asks again, up to 15 times
     *     unless it is configured otherwise, and then drops the message
     */
    @Nullable
    TransactionState check(MessageView message);
}
