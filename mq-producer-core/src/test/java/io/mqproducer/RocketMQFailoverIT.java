package io.mqproducer;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.exception.Attempt;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Message;
import io.mqproducer.message.Outcome;
import io.mqproducer.message.SendOptions;
import io.mqproducer.message.SendResult;
import io.mqproducer.test.EmbeddedBroker;
import io.mqproducer.test.EmbeddedRocketMQ;
import io.mqproducer.test.EmbeddedServer;
import io.mqproducer.test.StoredMessage;
import io.mqproducer.test.junit.RocketMQExtension;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One of two real brokers is killed or frozen under load, and comes back. */
@Tag("rocketmq")
class RocketMQFailoverIT {

    private static final int IN_FLIGHT = 10_000;
    private static final byte[] BODY = new byte[1024];
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final long AT_ONCE_MILLIS = 500;
    private static final Duration BACK_IN_ROTATION = Duration.ofSeconds(30);

    /** Brokers that refuse nothing because of load, so that only what is done to them shows. */
    @RegisterExtension
    static final RocketMQExtension rocketMQ = RocketMQExtension.of(EmbeddedRocketMQ.builder()
            .brokers(2)
            .brokerProperty("waitTimeMillsInSendQueue", "60000")
            .brokerProperty("osPageCacheBusyTimeOutMills", "60000")
            .brokerProperty("sendThreadPoolQueueCapacity", "100000"));

    private final EmbeddedBroker brokerA = rocketMQ.cluster().broker("broker-a");
    private final EmbeddedBroker brokerB = rocketMQ.cluster().broker("broker-b");

    @AfterEach
    void startAgainWhatIsGone() {
        rocketMQ.cluster().brokers().stream()
                .filter(broker -> !broker.isServing())
                .forEach(EmbeddedServer::restart);
    }

    /** Frozen first, so that all of them are in flight, and nothing else, when it dies. */
    @Test
    void f16_movesThe10000SendsInFlightAtAKilledBrokerAtOnce() {
        rocketMQ.cluster().createTopic("moved", 4);
        Ledger ledger = new Ledger(2 * IN_FLIGHT);

        try (ProducerUnderTest put = start(ledger)) {
            warmUp(put, "moved-first");
            brokerA.freeze();
            sendAll(put, ledger, "moved");
            Eventually.await("in flight", TIMEOUT, () -> inFlight(put) == IN_FLIGHT);
            long killed = System.nanoTime();
            brokerA.kill();
            ledger.awaitAll(TIMEOUT);
            printMoves(ledger, killed);

            List<Long> moved = millisAfter(killed, firstAttemptsThatFailed(ledger));
            assertThat(moved.size()).isEqualTo(IN_FLIGHT);
            assertThat(last(moved)).isLessThanOrEqualTo(AT_ONCE_MILLIS);
            brokerA.restart();
            Duration back = awaitTrafficTo(put, brokerA, "moved-first");
            System.out.printf("[kill with %d in flight] traffic again after %d ms%n", IN_FLIGHT, back.toMillis());
        }

        ledger.assertEachEndedOnce();
        assertThat(ledger.count(Outcome.ACKED)).isEqualTo(2 * IN_FLIGHT);
        ledger.assertAgreesWith(rocketMQ.cluster().summaries("moved"));
    }

    @Test
    void f16_endsSendsThatMayNotBeRetriedWhenTheirBrokerIsKilledAndNotAtTheirDeadline() {
        rocketMQ.cluster().createTopic("single-attempt", 4);
        Ledger ledger = new Ledger(2 * IN_FLIGHT);
        SendOptions single = SendOptions.defaults().withMaxRetries(0).withTimeout(TIMEOUT);

        try (ProducerUnderTest put = start(ledger)) {
            warmUp(put, "single-attempt-first");
            brokerA.freeze();
            for (int i = 0; i < 2 * IN_FLIGHT; i++) {
                ledger.send(put.producer(), i, "single-attempt", BODY, single);
            }
            Eventually.await("in flight", TIMEOUT, () -> inFlight(put) == IN_FLIGHT);
            long killed = System.nanoTime();
            brokerA.kill();
            ledger.awaitAll(TIMEOUT);

            List<Long> done = millisAfter(
                    killed,
                    ledger.entries()
                            .filter(entry -> entry.outcome().failure().isPresent())
                            .mapToLong(Ledger.Entry::end));
            System.out.printf(
                    "[kill, no retries] %s; done after the kill: %s%n", ledger.arithmetic(), percentiles(done));
            assertThat(done.size()).isEqualTo(IN_FLIGHT);
            assertThat(last(done)).isLessThanOrEqualTo(AT_ONCE_MILLIS);
            brokerA.restart();
        }

        ledger.assertEachEndedOnce();
        assertThat(ledger.count(Outcome.MAYBE_STORED)).isPositive();
        ledger.assertAgreesWith(rocketMQ.cluster().summaries("single-attempt"));
    }

    /** In full swing, so that some of what the broker has stored is not acknowledged yet when it dies. */
    @Test
    void f16_f17_i3_i4_i5_losesNothingWhenABrokerIsKilledUnderLoadAndComesBack() throws Exception {
        rocketMQ.cluster().createTopic("kill-9", 4);
        Ledger ledger = new Ledger(6 * IN_FLIGHT);

        try (ProducerUnderTest put = start(ledger)) {
            warmUp(put, "kill-9-first");
            CompletableFuture<Void> load = CompletableFuture.runAsync(() -> sendAll(put, ledger, "kill-9"));
            Eventually.await("load", TIMEOUT, () -> ledger.count(Outcome.ACKED) > IN_FLIGHT / 2);
            int inFlight = inFlight(put);
            brokerB.kill();
            brokerB.restart();
            load.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
            ledger.awaitAll(TIMEOUT);
            Duration back = awaitTrafficTo(put, brokerB, "kill-9-first");
            System.out.printf(
                    "[kill -9 under load] %d in flight; %s; traffic to the restarted broker after %d ms%n",
                    inFlight, ledger.arithmetic(), back.toMillis());
        }

        ledger.assertEachEndedOnce();
        List<StoredMessage> stored = rocketMQ.cluster().summaries("kill-9");
        System.out.printf(
                "[kill -9 under load] %d readable, of which %d are copies%n", stored.size(), Ledger.duplicates(stored));
        ledger.assertAgreesWith(stored);
        assertThat(ledger.count(Outcome.ACKED)).isEqualTo(6 * IN_FLIGHT);
    }

    @Test
    void f18_movesSendsFromAFrozenBrokerAndComesBackToItWhenItGoesOn() {
        rocketMQ.cluster().createTopic("frozen", 4);
        int number = IN_FLIGHT;
        Ledger ledger = new Ledger(number);

        try (ProducerUnderTest put = ProducerUnderTest.start(
                rocketMQ.nameServerAddresses(), b -> b.hook(ledger).sendTimeout(Duration.ofSeconds(2)))) {
            warmUp(put, "frozen-first");
            brokerB.freeze();
            sendAll(put, ledger, "frozen");
            ledger.awaitAll(TIMEOUT);
            brokerB.unfreeze();
            Duration back = awaitTrafficTo(put, brokerB, "frozen-first");
            System.out.printf(
                    "[frozen, one of two] %s; back in rotation after %d ms%n", ledger.arithmetic(), back.toMillis());
        }

        ledger.assertEachEndedOnce();
        ledger.entries()
                .filter(entry -> entry.outcome().failure().isPresent())
                .limit(5)
                .forEach(entry -> System.out.println("[frozen, one of two] not acknowledged: " + entry));
        assertThat(ledger.count(Outcome.ACKED)).isGreaterThanOrEqualTo(number * 99 / 100);
        List<Ledger.Entry> moved =
                ledger.entries().filter(entry -> entry.attempts().size() > 1).toList();
        List<Long> budgets = moved.stream()
                .map(entry -> entry.attempts().get(0).elapsed().toMillis())
                .sorted()
                .toList();
        System.out.printf(
                "[frozen, one of two] %d sends moved, their first attempt took %s%n",
                moved.size(), percentiles(budgets));
        assertThat(budgets.get(budgets.size() / 2))
                .as("median: half of the time, with room for a busy machine")
                .isBetween(200L, 1_999L);
        assertThat(moved.stream().flatMap(entry -> entry.attempts().get(0).kind().stream()))
                .contains(FailureKind.TIMEOUT)
                .isSubsetOf(FailureKind.TIMEOUT, FailureKind.CONNECTION_LOST); // a silent connection is given up
        List<StoredMessage> stored = rocketMQ.cluster().summaries("frozen");
        assertThat(Ledger.duplicates(stored)).as("late copies").isPositive();
        ledger.assertAgreesWith(stored);
    }

    // ---- what they share

    private static ProducerUnderTest start(Ledger ledger) {
        return ProducerUnderTest.start(
                rocketMQ.nameServerAddresses(),
                builder -> builder.hook(ledger)
                        .sendTimeout(TIMEOUT)
                        .backpressureMaxInFlightMessages(2 * IN_FLIGHT)
                        .connectionRouteRefreshInterval(Duration.ofSeconds(1)));
    }

    /** Connects to both brokers and has the code compiled. */
    private static void warmUp(ProducerUnderTest put, String topic) {
        rocketMQ.cluster().createTopic(topic, 4);
        for (int i = 0; i < 1_000; i++) {
            put.producer().send(Message.of(topic, BODY));
        }
    }

    private static void sendAll(ProducerUnderTest put, Ledger ledger, String topic) {
        for (int i = 0; i < ledger.size(); i++) {
            ledger.send(put.producer(), i, topic, BODY, SendOptions.defaults());
        }
    }

    private static int inFlight(ProducerUnderTest put) {
        return put.producer().status().inFlightMessages();
    }

    /** Sends until one is stored there, and tells how long that took. */
    private static Duration awaitTrafficTo(ProducerUnderTest put, EmbeddedBroker broker, String topic) {
        return Eventually.await("traffic to " + broker, BACK_IN_ROTATION, () -> {
            SendResult result = put.producer().send(Message.of(topic, BODY));
            return result.queue().brokerName().equals(broker.name());
        });
    }

    private static LongStream firstAttemptsThatFailed(Ledger ledger) {
        return ledger.entries()
                .filter(entry -> entry.attempts().get(0).kind().isPresent())
                .mapToLong(Ledger.Entry::firstAttemptEnd);
    }

    private static List<Long> millisAfter(long event, LongStream times) {
        return times.map(time -> TimeUnit.NANOSECONDS.toMillis(time - event))
                .sorted()
                .boxed()
                .toList();
    }

    private static long last(List<Long> sorted) {
        return sorted.get(sorted.size() - 1);
    }

    private static String percentiles(List<Long> sorted) {
        return "p50 %d ms, max %d ms".formatted(sorted.get(sorted.size() / 2), last(sorted));
    }

    private static void printMoves(Ledger ledger, long killed) {
        long written = ledger.entries()
                .map(entry -> entry.attempts().get(0))
                .filter(first -> first.outcome() == Outcome.MAYBE_STORED)
                .map(Attempt::number)
                .count();
        List<Long> done = millisAfter(
                killed,
                ledger.entries().filter(entry -> entry.attempts().size() > 1).mapToLong(Ledger.Entry::end));
        System.out.printf(
                "[kill with %d in flight] %s; %d were written; moved: %s; acknowledged: %s%n",
                IN_FLIGHT,
                ledger.arithmetic(),
                written,
                percentiles(millisAfter(killed, firstAttemptsThatFailed(ledger))),
                percentiles(done));
    }
}
