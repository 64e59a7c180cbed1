package io.mqproducer.internal.transaction;

import io.mqproducer.spi.TransactionChecker;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who answers for the transactions of which topic. Immutable. */
public final class TransactionCheckers {

    private final Map<String, TransactionChecker> byTopic = new HashMap<>();
    private final @Nullable TransactionChecker ofAllOthers;

    /** @throws IllegalArgumentException if two answer for the same topic, or for all others */
    public TransactionCheckers(List<TransactionChecker> checkers) {
        TransactionChecker others = null;
        for (TransactionChecker checker : checkers) {
            Set<String> topics = Set.copyOf(checker.topics());
            if (topics.isEmpty()) {
                refuseSecond("all topics that no other names", others, checker);
                others = checker;
            }
            for (String topic : topics) {
                refuseSecond("topic " + topic, byTopic.put(topic, checker), checker);
            }
        }
        this.ofAllOthers = others;
    }

    private static void refuseSecond(String what, @Nullable TransactionChecker first, TransactionChecker second) {
        if (first != null) {
            throw new IllegalArgumentException(
                    "transaction-checker: " + what + " must have one only, got " + first + " and " + second);
        }
    }

    /** Who answers for a topic, without namespace; null if nobody does. */
    @Nullable
    TransactionChecker of(String topic) {
        TransactionChecker named = byTopic.get(topic);
        return named == null ? ofAllOthers : named;
    }

    /** The topics that are named. */
    Set<String> topics() {
        return byTopic.keySet();
    }

    /** Whether somebody answers for all that are not named. */
    boolean coverAll() {
        return ofAllOthers != null;
    }

    public boolean isEmpty() {
        return byTopic.isEmpty() && ofAllOthers == null;
    }
}
