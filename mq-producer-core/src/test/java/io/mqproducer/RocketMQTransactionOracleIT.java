package io.mqproducer;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.message.TransactionState;
import io.mqproducer.test.EmbeddedBroker;
import io.mqproducer.test.EmbeddedRocketMQ;
import io.mqproducer.test.StoredMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Transactions while brokers and the producing process are killed: every committed message is visible, no other is, and
 * more than once only where the broker was killed after a commit and before it had noted that.
 */
@Tag("rocketmq")
class RocketMQTransactionOracleIT {

    private static final String TOPIC = "oracle";
    private static final int TRANSACTIONS = 2000;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** How often the first broker notes which half messages have been dealt with, in milliseconds. */
    private static final int NOTE_INTERVAL = 300;

    /**
     * How long a commit may go without a note: the broker looks once in an interval for what has waited for one; and what
     * two busy processors may add to that.
     */
    private static final long LONGEST_WITHOUT_NOTE = 2 * NOTE_INTERVAL + 600;

    /**
     * How long a broker may forget that it has asked: it asks about a copy, and notes the end of that; of the original it knows only that
     * it has come past it, which it writes down every 5 s, 10 s after its start for the first time.
     */
    private static final long LONGEST_WITHOUT_PLACE = 15_000 + 600;

    /** A property that the broker gives to the copy that it asks about. */
    private static final String ASKED_ABOUT = "TRANSACTION_CHECK_TIMES";

    @TempDir
    private Path folder;

    @Test
    void f80_f81_everyCommittedMessageIsVisibleAndNoOtherWhenTheBrokerIsKilledTwiceAndTheProcessOnce()
            throws Exception {
        try (EmbeddedRocketMQ rocketMQ = EmbeddedRocketMQ.builder()
                .brokerProperty("transactionOpBatchInterval", Integer.toString(NOTE_INTERVAL))
                .brokerProperty("transactionTimeOut", "2500") // longer than that, or what is committed is asked about
                .brokerProperty("transactionCheckInterval", "2500")
                .start()) {
            rocketMQ.createTopic(TOPIC, 4);
            List<long[]> kills = new ArrayList<>();
            try (TransactionWorkerProcess first = start(rocketMQ, "a", Integer.MAX_VALUE)) {
                awaitDecided(first, TRANSACTIONS / 4);
                kills.add(killAndRestart(rocketMQ.broker("broker-a")));
                awaitDecided(first, TRANSACTIONS / 2);
                first.kill();
            }
            int before = decided().size();
            try (TransactionWorkerProcess second = start(rocketMQ, "b", TRANSACTIONS - before)) {
                awaitDecided(second, 3 * TRANSACTIONS / 4);
                kills.add(killAndRestart(rocketMQ.broker("broker-a")));
                String said = second.await("done");

                Oracle oracle = settle(rocketMQ, second);

                List<Commit> repeated = oracle.repeated().stream()
                        .map(copies -> Commit.first(copies, kills))
                        .toList();
                System.out.printf(
                        "[2 kills of the broker, 1 of the process] %d transactions (%d before the process was killed; then %s):"
                                + " %s; of these committed %s by their process, %s by an answer before a kill%n",
                        decided().size(),
                        before,
                        said,
                        oracle.arithmetic(),
                        Commit.range(repeated, false),
                        Commit.range(repeated, true));
                assertThat(oracle.decided).hasSize(TRANSACTIONS);
                oracle.assertCommittedAndNothingElse();
                assertThat(repeated)
                        .allSatisfy(first -> assertThat(first.beforeAKill())
                                .isLessThanOrEqualTo(first.byAnswer() ? LONGEST_WITHOUT_PLACE : LONGEST_WITHOUT_NOTE));
            }
        }
    }

    @Test
    void f81_eachCommittedMessageIsVisibleOnceWhenOnlyTheProcessIsKilled() throws Exception {
        try (EmbeddedRocketMQ rocketMQ = EmbeddedRocketMQ.builder()
                .brokerProperty("transactionOpBatchInterval", "50")
                .brokerProperty("transactionTimeOut", "1500")
                .brokerProperty("transactionCheckInterval", "1500")
                .start()) {
            rocketMQ.createTopic(TOPIC, 4);
            try (TransactionWorkerProcess first = start(rocketMQ, "a", Integer.MAX_VALUE)) {
                awaitDecided(first, TRANSACTIONS / 2);
                first.kill();
            }
            int before = decided().size();
            try (TransactionWorkerProcess second = start(rocketMQ, "b", TRANSACTIONS - before)) {
                String said = second.await("done");

                Oracle oracle = settle(rocketMQ, second);

                System.out.printf(
                        "[1 kill of the process] %d transactions (%d before it was killed; then %s): %s%n",
                        decided().size(), before, said, oracle.arithmetic());
                assertThat(oracle.decided).hasSize(TRANSACTIONS);
                oracle.assertCommittedAndNothingElse();
                assertThat(oracle.repeated()).as("more than one copy").isEmpty();
            }
        }
    }

    @Test
    void f81_aTransactionWhoseProcessWasKilledBeforeItsCommitIsCommittedOnceByAnother() throws Exception {
        try (EmbeddedRocketMQ rocketMQ = EmbeddedRocketMQ.start()) {
            rocketMQ.createTopic(TOPIC, 4);
            try (TransactionWorkerProcess first = start(rocketMQ, "a", 0)) {
                first.await("done");
                first.tell("hang");
                first.await("hanging");
                first.kill();
            }
            assertThat(rocketMQ.messages(TOPIC)).isEmpty();

            try (TransactionWorkerProcess second = start(rocketMQ, "b", 0)) {
                Eventually.await(
                        "the commit", LIMIT, () -> rocketMQ.messages(TOPIC).size() == 1);
                settle(rocketMQ, second).assertCommittedAndNothingElse();
                assertThat(rocketMQ.messages(TOPIC)).hasSize(1);
            }
        }
    }

    // ---- what they share

    private TransactionWorkerProcess start(EmbeddedRocketMQ rocketMQ, String prefix, int transactions)
            throws IOException {
        return TransactionWorkerProcess.start(rocketMQ.nameServerAddresses(), TOPIC, database(), prefix, transactions);
    }

    private Path database() {
        return folder.resolve("database");
    }

    private List<String> decided() {
        try {
            return Files.exists(database()) ? Files.readAllLines(database()) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitDecided(TransactionWorkerProcess worker, int count) {
        Eventually.await(count + " transactions", LIMIT, () -> {
            worker.assertAlive();
            return decided().size() >= count;
        });
    }

    /** Returns when it began to die, and when it was dead. */
    private static long[] killAndRestart(EmbeddedBroker broker) {
        long begun = System.currentTimeMillis();
        broker.kill();
        long dead = System.currentTimeMillis();
        broker.restart();
        return new long[] {begun, dead};
    }

    /**
     * The first commit of a message.
     *
     * @param byAnswer whether it was the answer to a question
     * @param beforeAKill how many milliseconds before the next kill of the broker it was; very many if there was none
     */
    private record Commit(boolean byAnswer, long beforeAKill) {

        static Commit first(List<StoredMessage> copies, List<long[]> kills) {
            StoredMessage first = copies.stream()
                    .min(Comparator.comparingLong(StoredMessage::storeTimestamp))
                    .orElseThrow();
            return new Commit(
                    first.properties().containsKey(ASKED_ABOUT),
                    kills.stream()
                            .filter(kill -> first.storeTimestamp() <= kill[1])
                            .mapToLong(kill -> Math.max(0, kill[0] - first.storeTimestamp()))
                            .min()
                            .orElse(Long.MAX_VALUE));
        }

        static String range(List<Commit> commits, boolean byAnswer) {
            LongSummaryStatistics early = commits.stream()
                    .filter(commit -> commit.byAnswer() == byAnswer)
                    .mapToLong(Commit::beforeAKill)
                    .summaryStatistics();
            return early.getCount() == 0
                    ? "none"
                    : "%d %d to %d ms".formatted(early.getCount(), early.getMin(), early.getMax());
        }
    }

    /** When the broker has asked about all that it could: it asks in the order of the half messages, twice. */
    private Oracle settle(EmbeddedRocketMQ rocketMQ, TransactionWorkerProcess worker) throws Exception {
        for (int i = 0; i < 2; i++) {
            worker.tell("question");
            worker.await("asked");
        }
        Oracle oracle = new Oracle(decided());
        Eventually.await(
                "all that is committed",
                LIMIT,
                () -> oracle.look(rocketMQ.summaries(TOPIC)).containsAll(oracle.committed));
        return oracle;
    }

    /** What the database says, and what consumers see. */
    private static final class Oracle {

        private final Set<String> decided;
        private final Set<String> committed;
        private Map<String, List<StoredMessage>> visible = Map.of();

        Oracle(List<String> decided) {
            this.decided = new HashSet<>(decided);
            this.committed = decided.stream()
                    .filter(key -> TransactionWorker.decisionOf(key) == TransactionState.COMMIT)
                    .collect(Collectors.toSet());
        }

        Set<String> look(List<StoredMessage> stored) {
            visible = stored.stream().collect(Collectors.groupingBy(StoredMessage::keys));
            return visible.keySet();
        }

        List<List<StoredMessage>> repeated() {
            return visible.values().stream().filter(copies -> copies.size() > 1).toList();
        }

        void assertCommittedAndNothingElse() {
            assertThat(visible.keySet()).isEqualTo(committed);
            assertThat(visible.values())
                    .allSatisfy(copies -> assertThat(copies)
                            .extracting(StoredMessage::msgId)
                            .as("ids of all copies")
                            .containsOnly(copies.get(0).msgId()));
        }

        String arithmetic() {
            int copies = visible.values().stream().mapToInt(List::size).sum();
            return "%d committed, %d rolled back; visible %d messages of %d keys, %d keys more than once"
                    .formatted(
                            committed.size(),
                            decided.size() - committed.size(),
                            copies,
                            visible.size(),
                            repeated().size());
        }
    }
}
