package io.mqproducer;

import static io.mqproducer.Probe.SEND_MESSAGE_V2;
import static io.mqproducer.Probe.assertEndedAtDeadline;
import static io.mqproducer.Transactions.END_TRANSACTION;
import static io.mqproducer.Transactions.TOPIC;
import static io.mqproducer.Transactions.ends;
import static io.mqproducer.Transactions.message;
import static io.mqproducer.Transactions.nobody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqproducer.exception.MessageMaybeStoredException;
import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Message;
import io.mqproducer.message.Outcome;
import io.mqproducer.message.SendStatus;
import io.mqproducer.message.TransactionSendResult;
import io.mqproducer.message.TransactionState;
import io.mqproducer.spi.LocalTransaction;
import io.mqproducer.test.peer.FakeCluster;
import io.mqproducer.test.peer.RecordedMessage;
import io.mqproducer.test.peer.Reply;
import io.mqproducer.test.peer.Request;
import io.mqproducer.test.peer.Script;
import io.mqproducer.test.peer.ScriptedPeer;
import io.mqproducer.test.peer.codec.RouteJson;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** F79, F80: what goes wrong with half messages and with what ends their transactions. */
class TransactionFaultsIT {

    private static final int SYSTEM_BUSY = 2;
    private static final int GO_AWAY = 1500;

    private final FakeCluster cluster = FakeCluster.start(2);
    private final ScriptedPeer broker = cluster.broker(0);
    private final Transactions.Counts counts = new Transactions.Counts();
    private final AtomicInteger runs = new AtomicInteger();

    @BeforeAll
    static void warmUp() {
        Probe.warmUp();
    }

    @BeforeEach
    void oneBroker() {
        broker.on(END_TRANSACTION, Reply.success());
        cluster.broker(1).on(END_TRANSACTION, Reply.success());
        cluster.route(TOPIC, RouteJson.of("broker-a", broker.address(), 1));
    }

    @AfterEach
    void closeCluster() {
        assertThat(cluster.nameServer().requests(END_TRANSACTION))
                .as("ends of transactions at a name server")
                .isEmpty();
        cluster.close();
    }

    // ---- the half message

    @Test
    void f79_aHalfMessageThatIsRefusedIsNotStoredAndNothingIsRun() {
        broker.on(SEND_MESSAGE_V2, Reply.code(13, "no"));

        try (ProducerUnderTest put = start()) {
            assertThatThrownBy(() -> put.producer().sendInTransaction(message(), committing()))
                    .isInstanceOf(MessageNotStoredException.class)
                    .hasMessageContaining("13 MESSAGE_ILLEGAL");
        }

        assertThat(runs).hasValue(0);
        assertThat(ends(broker)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void f79_aHalfMessageThatMayBeStoredIsNeitherRepeatedNorRun(boolean closed) {
        cluster.route(TOPIC, cluster.defaultRoute()); // another broker is there to try
        for (int i = 0; i < 2; i++) {
            cluster.broker(i).on(SEND_MESSAGE_V2, closed ? Reply.close() : Reply.never());
        }

        try (ProducerUnderTest put =
                start(b -> b.sendTimeout(Duration.ofMillis(500)).retryAfterMaybeStored(true))) {
            assertThatThrownBy(() -> put.producer().sendInTransaction(message(), committing()))
                    .isInstanceOf(MessageMaybeStoredException.class);

            assertThat(put.count(Outcome.MAYBE_STORED)).isOne();
        }

        assertThat(sent()).isOne();
        assertThat(runs).hasValue(0);
        assertThat(ends(broker)).isEmpty();
        assertThat(ends(cluster.broker(1))).isEmpty();
    }

    @Test
    void f79_aHalfMessageIsRepeatedWhereItIsCertainlyNotStored() {
        broker.on(SEND_MESSAGE_V2, Script.sequence(Reply.code(SYSTEM_BUSY), broker.script(SEND_MESSAGE_V2)));

        try (ProducerUnderTest put = start()) {
            TransactionSendResult result = put.producer().sendInTransaction(message(), committing());

            assertThat(result.attempts()).isEqualTo(2);
            assertThat(result.confirmed()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"10, FLUSH_DISK_TIMEOUT", "11, SLAVE_NOT_AVAILABLE", "12, FLUSH_SLAVE_TIMEOUT"})
    void f79_n4_aWeaklyAcknowledgedHalfMessageIsRolledBackAndNothingIsRun(int code, SendStatus status) {
        cluster.route(TOPIC, cluster.defaultRoute());
        for (int i = 0; i < 2; i++) {
            storeWeakly(cluster.broker(i), code);
        }

        try (ProducerUnderTest put = start(b -> b.retryOnStoreFailure(true))) {
            TransactionSendResult result = put.producer().sendInTransaction(message(), committing());

            assertThat(result.status()).isEqualTo(status);
            assertThat(result.transactionState()).isEqualTo(TransactionState.ROLLBACK);
            assertThat(result.confirmed()).isTrue();
            assertThat(put.count(Outcome.WEAK)).isOne();
        }

        assertThat(runs).hasValue(0);
        assertThat(sent()).as("half messages").isOne();
        ScriptedPeer stored = ends(broker).isEmpty() ? cluster.broker(1) : broker;
        assertThat(ends(stored))
                .singleElement()
                .satisfies(end -> assertThat(end.field("commitOrRollback")).isEqualTo("12"));
    }

    @Test
    void f79_aWeaklyAcknowledgedHalfMessageCannotBePrepared() {
        storeWeakly(broker, 10);

        try (ProducerUnderTest put = start()) {
            assertThatThrownBy(() -> put.producer().prepare(message()))
                    .isInstanceOf(MessageNotStoredException.class)
                    .hasMessageContaining("FLUSH_DISK_TIMEOUT, so it is rolled back");
        }

        assertThat(ends(broker))
                .singleElement()
                .satisfies(end -> assertThat(end.field("commitOrRollback")).isEqualTo("12"));
    }

    @Test
    void f79_ofAHalfMessageWithoutAPlaceNothingIsSaidButThatItMayBeStored() {
        Script stores = broker.script(SEND_MESSAGE_V2);
        broker.on(SEND_MESSAGE_V2, request -> stores.reply(request).field("msgId", "x"));

        try (ProducerUnderTest put = start()) {
            assertThatThrownBy(() -> put.producer().sendInTransaction(message(), committing()))
                    .isInstanceOfSatisfying(
                            MessageMaybeStoredException.class,
                            e -> assertThat(e.kind()).isEqualTo(FailureKind.PROTOCOL));
        }

        assertThat(runs).hasValue(0);
    }

    // ---- the end

    @Test
    void n2_n5_theBrokerIsToldWhereItsHalfMessageIsAndAskedForAnAnswer() {
        Script stores = broker.script(SEND_MESSAGE_V2);
        broker.on(
                SEND_MESSAGE_V2,
                request -> stores.reply(request)
                        .field("msgId", "20010DB8000000000000000000000001" + "00002A9F" + "0000000000001234")
                        .field("queueOffset", "77"));

        try (ProducerUnderTest put = start()) {
            TransactionSendResult result = put.producer().sendInTransaction(message(), committing());

            assertThat(result.confirmed()).isTrue();
            Request end = ends(broker).get(0);
            assertThat(end.isOneway()).isFalse();
            assertThat(end.fields())
                    .containsExactlyInAnyOrderEntriesOf(Map.of(
                            "topic", TOPIC,
                            "producerGroup", "PG",
                            "tranStateTableOffset", "77",
                            "commitLogOffset", "4660",
                            "commitOrRollback", "8",
                            "fromTransactionCheck", "false",
                            "msgId", result.msgId(),
                            "transactionId", result.transactionId(),
                            "bname", "broker-a"));
            RecordedMessage half = cluster.messages(TOPIC).get(0);
            assertThat(half.sysFlag()).isEqualTo(4);
            assertThat(half.properties()).containsEntry("TRAN_MSG", "true").containsEntry("PGROUP", "PG");
        }
    }

    @Test
    void f80_aCommitWhoseAnswerIsLostIsUnconfirmedAtItsOwnDeadlineAndNotRepeated() {
        broker.on(END_TRANSACTION, Reply.never());

        try (ProducerUnderTest put = start(b -> b.sendTimeout(Duration.ofMillis(400)))) {
            long[] start = new long[1];
            TransactionSendResult result = put.producer().sendInTransaction(message(), half -> {
                start[0] = System.nanoTime();
                return TransactionState.COMMIT;
            });

            assertEndedAtDeadline(start[0], 400);
            assertUnconfirmed(put, result, "no answer");
        }

        assertThat(ends(broker)).hasSize(1);
    }

    @Test
    void f80_aCommitWhoseConnectionIsLostIsUnconfirmedAndNotRepeated() {
        broker.on(END_TRANSACTION, Reply.close());

        try (ProducerUnderTest put = start()) {
            assertUnconfirmed(put, put.producer().sendInTransaction(message(), committing()), "CONNECTION_LOST");
        }

        assertThat(ends(broker)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 11, 16, 604, 9999})
    void f80_aCommitThatIsRefusedForAnyOtherReasonIsUnconfirmedAndNotRepeated(int code) {
        broker.on(END_TRANSACTION, Reply.code(code, "for reasons"));

        try (ProducerUnderTest put = start()) {
            TransactionSendResult result = put.producer().sendInTransaction(message(), committing());

            assertUnconfirmed(put, result, "answered " + code);
        }

        assertThat(ends(broker)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {SYSTEM_BUSY, GO_AWAY})
    void f80_aCommitThatTheBrokerHasNotLookedAtIsRepeated(int code) {
        broker.on(END_TRANSACTION, Script.sequence(Reply.code(code), Reply.code(code), Reply.success()));

        try (ProducerUnderTest put = start()) {
            TransactionSendResult result = put.producer().sendInTransaction(message(), committing());

            assertThat(result.confirmed()).isTrue();
        }

        assertThat(ends(broker))
                .hasSize(3)
                .extracting(end -> end.field("commitLogOffset"))
                .containsOnly(offset());
        assertThat(counts.unconfirmed).hasValue(0);
    }

    @Test
    void f80_aBrokerThatIsBusyForTooLongLeavesTheCommitUnconfirmed() {
        broker.on(END_TRANSACTION, Reply.code(SYSTEM_BUSY, "busy"));

        try (ProducerUnderTest put = start(b -> b.sendTimeout(Duration.ofMillis(400)))) {
            assertUnconfirmed(put, put.producer().sendInTransaction(message(), committing()), "2 SYSTEM_BUSY: busy");
        }
    }

    @Test
    void f80_aBrokerThatIsRestartedDuringTheLocalTransactionIsToldWhenItIsBack() {
        CompletableFuture<Void> restart = new CompletableFuture<>();
        restart.thenRunAsync(broker::listenAgain, CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS));
        try (ProducerUnderTest put = start()) {
            TransactionSendResult result = put.producer().sendInTransaction(message(), half -> {
                crash(put);
                restart.complete(null);
                return TransactionState.COMMIT;
            });

            assertThat(result.confirmed()).isTrue();
        }
        assertThat(ends(broker)).hasSize(1);
    }

    @Test
    void f80_aBrokerThatStaysAwayLeavesTheCommitUnconfirmed() {
        try (ProducerUnderTest put = start(b -> b.sendTimeout(Duration.ofMillis(500)))) {
            TransactionSendResult result = put.producer().sendInTransaction(message(), half -> {
                crash(put);
                return TransactionState.COMMIT;
            });

            assertUnconfirmed(put, result, "CONNECT_FAILED");
        }

        assertThat(ends(broker)).isEmpty();
    }

    @Test
    void f80_aBrokerThatHasMovedIsToldWhereItIsNow() {
        try (ProducerUnderTest put = start(b -> b.connectionRouteRefreshInterval(Duration.ofMillis(20)))) {
            TransactionSendResult result = put.producer().sendInTransaction(message(), half -> {
                ScriptedPeer elsewhere = cluster.broker(1);
                cluster.route(TOPIC, RouteJson.of("broker-a", elsewhere.address(), 1));
                Probe.await(
                        "the new route",
                        Duration.ofSeconds(5),
                        () -> put.producer().status().brokers().stream()
                                .anyMatch(known -> known.address().equals(elsewhere.address())));
                return TransactionState.COMMIT;
            });

            assertThat(result.confirmed()).isTrue();
        }

        assertThat(ends(broker)).isEmpty();
        assertThat(ends(cluster.broker(1))).hasSize(1);
    }

    // ---- the local transaction

    @Test
    void f80_n3_nothingIsSaidOfAnUnknownState() {
        try (ProducerUnderTest put = start()) {
            for (LocalTransaction unknown : new LocalTransaction[] {half -> null, half -> TransactionState.UNKNOWN}) {
                TransactionSendResult result = put.producer().sendInTransaction(message(), unknown);

                assertThat(result.transactionState()).isEqualTo(TransactionState.UNKNOWN);
                assertThat(result.confirmed()).isFalse();
            }
        }

        assertThat(ends(broker)).isEmpty();
        assertThat(counts.unconfirmed).hasValue(0);
    }

    @Test
    void f80_n3_whatTheLocalTransactionThrowsReachesTheCallerAndNothingIsSaid() {
        try (ProducerUnderTest put = start()) {
            for (Throwable thrown : new Throwable[] {new IllegalStateException("x"), new StackOverflowError("y")}) {
                assertThatThrownBy(() -> put.producer().sendInTransaction(message(), half -> {
                            if (thrown instanceof Error error) {
                                throw error;
                            }
                            throw (RuntimeException) thrown;
                        }))
                        .isSameAs(thrown);
            }
        }

        assertThat(ends(broker)).isEmpty();
    }

    @Test
    void f80_aLocalTransactionThatTakesLongerThanASendHasAnEndWithATimeOfItsOwn() {
        try (ProducerUnderTest put = start(b -> b.sendTimeout(Duration.ofMillis(300)))) {
            TransactionSendResult result = put.producer().sendInTransaction(message(), half -> {
                long start = System.nanoTime();
                Probe.await(
                        "more than the time of a send", Duration.ofSeconds(5), () -> Probe.millisSince(start) > 400);
                return TransactionState.COMMIT;
            });

            assertThat(result.confirmed()).isTrue();
        }
    }

    @Test
    void anInterruptDuringTheLocalTransactionDoesNotKeepItsEndFromTheBroker() {
        try (ProducerUnderTest put = start()) {
            broker.on(END_TRANSACTION, Script.sequence(Reply.code(SYSTEM_BUSY), Reply.success()));
            TransactionSendResult result = put.producer().sendInTransaction(message(), half -> {
                Thread.currentThread().interrupt();
                return TransactionState.COMMIT;
            });

            assertThat(Thread.interrupted()).isTrue();
            assertThat(result.confirmed()).isTrue();
        }
    }

    @Test
    void theLocalTransactionRunsOnTheCallingThreadWithTheMessageThatWasSent() {
        try (ProducerUnderTest put = start()) {
            Thread caller = Thread.currentThread();
            Message message = message();
            put.producer().sendInTransaction(message, half -> {
                assertThat(Thread.currentThread()).isSameAs(caller);
                assertThat(half).isSameAs(message);
                return TransactionState.ROLLBACK;
            });
        }

        assertThat(ends(broker))
                .singleElement()
                .satisfies(end -> assertThat(end.field("commitOrRollback")).isEqualTo("12"));
    }

    // ---- what they share

    private ProducerUnderTest start() {
        return start(builder -> {});
    }

    private ProducerUnderTest start(Consumer<MQProducerBuilder> settings) {
        return ProducerUnderTest.start(cluster.nameServers(), builder -> {
            builder.metrics(counts).transactionChecker(nobody());
            settings.accept(builder);
        });
    }

    private LocalTransaction committing() {
        return half -> {
            runs.incrementAndGet();
            return TransactionState.COMMIT;
        };
    }

    private void storeWeakly(ScriptedPeer peer, int code) {
        Script stores = peer.script(SEND_MESSAGE_V2);
        peer.on(SEND_MESSAGE_V2, request -> stores.reply(request).frame(answer -> answer.withCode(code)));
    }

    /** Returns when the producer knows that the connection is gone, so that nothing is written to it. */
    private void crash(ProducerUnderTest put) {
        broker.crash();
        Probe.await(
                "the end of the connection",
                Duration.ofSeconds(5),
                () -> put.producer().status().brokers().stream().noneMatch(ProducerStatus.Broker::connected));
    }

    private int sent() {
        return broker.requests(SEND_MESSAGE_V2).size()
                + cluster.broker(1).requests(SEND_MESSAGE_V2).size();
    }

    private String offset() {
        return ends(broker).get(0).field("commitLogOffset");
    }

    private void assertUnconfirmed(ProducerUnderTest put, TransactionSendResult result, String why) {
        assertThat(result.transactionState()).isEqualTo(TransactionState.COMMIT);
        assertThat(result.confirmed()).isFalse();
        assertThat(counts.unconfirmed).hasValue(1);
        assertThat(put.producer().status().lastFailures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.text())
                        .startsWith("TX_UNCONFIRMED topic=" + TOPIC)
                        .contains(result.transactionId(), "COMMIT is not confirmed", "will ask", why));
    }
}
