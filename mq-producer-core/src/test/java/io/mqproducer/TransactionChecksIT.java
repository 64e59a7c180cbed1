package io.mqproducer;

import static io.mqproducer.Probe.within;
import static io.mqproducer.Transactions.CHECK_TRANSACTION_STATE;
import static io.mqproducer.Transactions.END_TRANSACTION;
import static io.mqproducer.Transactions.TOPIC;
import static io.mqproducer.Transactions.checker;
import static io.mqproducer.Transactions.ends;
import static io.mqproducer.Transactions.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqproducer.Transactions.Question;
import io.mqproducer.message.MessageView;
import io.mqproducer.message.SendResult;
import io.mqproducer.message.SendStatus;
import io.mqproducer.message.TransactionSendResult;
import io.mqproducer.message.TransactionState;
import io.mqproducer.spi.EndTransactionContext;
import io.mqproducer.spi.SendMessageHook;
import io.mqproducer.spi.TransactionChecker;
import io.mqproducer.test.peer.FakeCluster;
import io.mqproducer.test.peer.Reply;
import io.mqproducer.test.peer.Request;
import io.mqproducer.test.peer.ScriptedPeer;
import io.mqproducer.test.peer.codec.Frame;
import io.mqproducer.test.peer.codec.RouteJson;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** F81, F82, S17: brokers that ask how transactions ended, and strangers that do. */
class TransactionChecksIT {

    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final int HEART_BEAT = 34;
    private static final int STORM = 100_000;

    private final FakeCluster cluster = FakeCluster.start(1);
    private final ScriptedPeer broker = cluster.broker(0);
    private final Transactions.Counts counts = new Transactions.Counts();
    private final Queue<MessageView> checked = new ConcurrentLinkedQueue<>();
    private final Queue<EndTransactionContext> endings = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void oneBroker() {
        broker.on(END_TRANSACTION, Reply.success());
        cluster.route(TOPIC, RouteJson.of("broker-a", broker.address(), 1));
    }

    @AfterEach
    void closeCluster() {
        cluster.close();
    }

    // ---- answers

    @Test
    void f81_s17_aQuestionIsAnsweredOnItsConnectionWithTheMessagesOwnTopicBeforeAnythingIsSent() {
        try (ProducerUnderTest put = start(TransactionState.COMMIT)) {
            broker.awaitRequests(HEART_BEAT, 1, LIMIT);
            broker.push(Question.about("M1").at(7).frame());

            Request end = broker.awaitRequests(END_TRANSACTION, 1, LIMIT).get(0);

            assertThat(end.fields())
                    .containsExactlyInAnyOrderEntriesOf(Map.of(
                            "topic", TOPIC,
                            "producerGroup", "PG",
                            "tranStateTableOffset", "7",
                            "commitLogOffset", "700",
                            "commitOrRollback", "8",
                            "fromTransactionCheck", "true",
                            "msgId", "M1",
                            "transactionId", "M1",
                            "bname", "broker-a"));
            assertThat(end.connection())
                    .isEqualTo(broker.requests(HEART_BEAT).get(0).connection());
            assertThat(broker.requests().get(0).code()).as("first request").isEqualTo(HEART_BEAT);
            assertThat(put.begun()).as("sends").isZero();
        }
        assertThat(checked).singleElement().satisfies(view -> {
            assertThat(view.msgId()).isEqualTo("M1");
            assertThat(view.topic()).isEqualTo(TOPIC);
            assertThat(view.body()).isEqualTo(message().body());
        });
        assertThat(endings).singleElement().satisfies(ending -> {
            assertThat(ending.fromCheck()).isTrue();
            assertThat(ending.state()).isEqualTo(TransactionState.COMMIT);
            assertThat(ending.brokerAddress()).isEqualTo(broker.address());
        });
    }

    @Test
    void aQuestionOfABrokerOf49IsAnsweredWithoutNamingIt() {
        try (ProducerUnderTest put = start(TransactionState.ROLLBACK)) {
            ask(Question.about("M1").frameOf49());

            Request end = broker.awaitRequests(END_TRANSACTION, 1, LIMIT).get(0);

            assertThat(end.fields())
                    .containsEntry("topic", TOPIC)
                    .containsEntry("commitOrRollback", "12")
                    .doesNotContainKey("bname");
            assertThat(put.begun()).isZero();
        }
    }

    @Test
    void topicsAndGroupBearTheNamespaceOnTheWireAndTheCheckerDoesNotSeeIt() {
        cluster.route("ns%" + TOPIC, RouteJson.of("broker-a", broker.address(), 1));
        try (ProducerUnderTest put = start(b -> b.namespace("ns"), TransactionState.COMMIT)) {
            ask(Question.about("M1").ofTopic("ns%" + TOPIC).ofGroup("ns%PG").frame());

            Request end = broker.awaitRequests(END_TRANSACTION, 1, LIMIT).get(0);

            assertThat(end.fields()).containsEntry("topic", "ns%" + TOPIC).containsEntry("producerGroup", "ns%PG");
            assertThat(put.begun()).isZero();
        }
        assertThat(checked).extracting(MessageView::topic).containsExactly(TOPIC);
    }

    @Test
    void aBrokerThatComesBackIsConnectedAgainWithoutASend() {
        try (ProducerUnderTest put =
                start(b -> b.connectionHeartbeatInterval(Duration.ofMillis(50)), TransactionState.COMMIT)) {
            broker.awaitOpenConnections(1, LIMIT);
            broker.crash();
            broker.listenAgain();

            broker.awaitAcceptedConnections(2, LIMIT);
            ask(Question.about("M1").frame());

            broker.awaitRequests(END_TRANSACTION, 1, LIMIT);
            assertThat(put.begun()).isZero();
        }
    }

    @Test
    void aTopicThatHasNoRouteYetIsLookedForUntilItHas() {
        cluster.withoutTopic(TOPIC);
        try (ProducerUnderTest put = start(
                b -> b.autoCreateTopics(false).connectionHeartbeatInterval(Duration.ofMillis(50)),
                TransactionState.COMMIT)) {
            Probe.await(
                    "a look-up",
                    LIMIT,
                    () -> !cluster.nameServer().requests(Probe.GET_ROUTE).isEmpty());
            cluster.route(TOPIC, RouteJson.of("broker-a", broker.address(), 1));

            broker.awaitOpenConnections(1, LIMIT);
            assertThat(put.begun()).isZero();
        }
    }

    @Test
    void anIdleTimeShorterThanTheHeartbeatsDoesNotCutTheBrokersThatMayAsk() {
        try (ProducerUnderTest put = start(
                b -> b.connectionIdleTimeout(Duration.ofMillis(50)).connectionHeartbeatInterval(Duration.ofMillis(200)),
                TransactionState.COMMIT)) {
            broker.awaitRequests(HEART_BEAT, 5, LIMIT);

            assertThat(broker.connections().accepted()).isOne();
            assertThat(put.begun()).isZero();
        }
    }

    @Test
    void aCheckerOfAllTopicsIsReachedByTheBrokersOfThoseThatAreWarmedUp() {
        try (ProducerUnderTest put = ProducerUnderTest.start(
                cluster.nameServers(),
                b -> b.warmUpTopics(TOPIC).transactionChecker(half -> TransactionState.COMMIT))) {
            ask(Question.about("M1").frame());

            broker.awaitRequests(END_TRANSACTION, 1, LIMIT);
            assertThat(put.begun()).isZero();
        }
    }

    // ---- questions that get no answer

    @Test
    void f82_s17_strangersGetNoAnswer() {
        try (ProducerUnderTest put = start(TransactionState.COMMIT)) {
            ask(Question.about("foreign").ofGroup("other-group").frame());
            ask(Question.about("unknown").ofTopic("another-topic").frame());
            ask(Question.about("garbage").frame().withBody("garbage"));
            ask(Question.about("nowhere").frame().withField("tranStateTableOffset", "-1"));
            ask(Question.about("ours").frame());

            assertThat(broker.awaitRequests(END_TRANSACTION, 1, LIMIT))
                    .extracting(end -> end.field("msgId"))
                    .containsExactly("ours");
            assertThat(put.begun()).isZero();
        }
        assertThat(checked).extracting(MessageView::msgId).containsExactly("ours");
    }

    @Test
    void f82_s17_aNameServerIsNoBroker() {
        try (ProducerUnderTest put = start(TransactionState.COMMIT)) {
            cluster.nameServer().awaitOpenConnections(1, LIMIT);
            cluster.nameServer().push(Question.about("M1").frame());
            assertThat(cluster.nameServer().push(CHECK_TRANSACTION_STATE, Map.of(), new byte[0]))
                    .succeedsWithin(LIMIT)
                    .satisfies(answer -> assertThat(answer.code()).isEqualTo(3));
            assertThat(put.begun()).isZero();
        }
        assertThat(checked).isEmpty();
    }

    @Test
    void f82_aCheckerThatThrowsOrDoesNotKnowGetsTheQuestionAgain() {
        Queue<String> left = new ConcurrentLinkedQueue<>(List.of("throw", "fail", "null", "unknown", "commit"));
        TransactionChecker moody = checker(half -> switch (left.remove()) {
            case "throw" -> throw new IllegalStateException("no connection to the database");
            case "fail" -> throw new StackOverflowError();
            case "null" -> null;
            case "unknown" -> TransactionState.UNKNOWN;
            default -> TransactionState.COMMIT;
        });
        try (ProducerUnderTest put = ProducerUnderTest.start(
                cluster.nameServers(), b -> b.metrics(counts).transactionChecker(moody))) {
            for (int i = 4; i >= 0; i--) {
                int remaining = i;
                ask(Question.about("M1").at(i).frame());
                Probe.await("an answer of the checker", LIMIT, () -> left.size() == remaining);
            }

            assertThat(broker.awaitRequests(END_TRANSACTION, 1, LIMIT))
                    .singleElement()
                    .satisfies(
                            end -> assertThat(end.field("tranStateTableOffset")).isEqualTo("0"));
            assertThat(put.begun()).isZero();
        }
        assertThat(counts.failed).hasValue(2);
    }

    @Test
    void ofSeveralQuestionsAboutATransactionOnlyTheLastIsAnswered() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch known = new CountDownLatch(1);
        AtomicInteger times = new AtomicInteger();
        TransactionChecker slow = checker(half -> {
            times.incrementAndGet();
            asked.countDown();
            awaitUninterrupted(known);
            return TransactionState.COMMIT;
        });
        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers(), b -> b.transactionChecker(slow))) {
            ask(Question.about("M1").at(1).frame());
            asked.await();
            ask(Question.about("M2").at(2).frame());
            ask(Question.about("M1").at(3).frame());
            ask(Question.about("M2").at(4).frame());
            ask(Question.about("M1").at(5).frame());
            put.producer().send(Probe.message(), within(2000)); // answered after all the questions were read
            known.countDown();

            assertThat(broker.awaitRequests(END_TRANSACTION, 2, LIMIT))
                    .extracting(end -> end.field("msgId") + " at " + end.field("tranStateTableOffset"))
                    .containsExactly("M1 at 5", "M2 at 4");
            assertThat(times).hasValue(2);
        }
    }

    // ---- too many

    @Test
    void f82_i1_aStormOfQuestionsHoldsUpNeitherSendsNorTheAnswersAfterIt() throws Exception {
        CountDownLatch known = new CountDownLatch(1);
        TransactionChecker stuck = checker(half -> {
            awaitUninterrupted(known);
            checked.add(half);
            return TransactionState.COMMIT;
        });
        try (ProducerUnderTest put = ProducerUnderTest.start(
                cluster.nameServers(),
                b -> b.metrics(counts).transactionCheckQueueCapacity(50).transactionChecker(stuck))) {
            broker.awaitOpenConnections(1, LIMIT);
            IntStream.range(0, STORM)
                    .forEach(i -> broker.push(Question.about("M" + i).at(i + 1).frame()));
            for (int i = 0; i < 100; i++) {
                SendResult result = put.producer().send(Probe.message(), within(5000));
                assertThat(result.status()).isEqualTo(SendStatus.SEND_OK);
            }
            assertThat(counts.dropped.get()).as("found no room").isPositive();
            known.countDown();
            Probe.await("an end of the storm", Duration.ofSeconds(20), () -> {
                broker.push(Question.about("after").at(STORM + 1).frame());
                return checked.stream().anyMatch(view -> view.msgId().equals("after"));
            });

            assertThat(checked.size()).as("of the storm, asked").isBetween(51, STORM / 10);
        }
    }

    // ---- transactions of this process

    @Test
    void n6_aTransactionThatStillRunsIsNotAskedAboutAndItsEndGoesToWhereTheBrokerLooksForIt() {
        try (ProducerUnderTest put = start(TransactionState.ROLLBACK)) {
            TransactionSendResult result = put.producer().sendInTransaction(message(), half -> {
                String msgId = cluster.messages(TOPIC).get(0).uniqueKey();
                ask(Question.about(msgId).at(8).frame());
                ask(Question.about("marker").at(9).frame());
                Probe.await("the question behind it", LIMIT, () -> !checked.isEmpty());
                return TransactionState.COMMIT;
            });

            assertThat(result.confirmed()).isTrue();
            assertThat(checked).extracting(MessageView::msgId).containsExactly("marker");
            assertThat(ends(broker))
                    .filteredOn(end -> end.field("msgId").equals(result.msgId()))
                    .singleElement()
                    .satisfies(end -> {
                        assertThat(end.field("commitOrRollback")).isEqualTo("8");
                        assertThat(end.field("tranStateTableOffset")).isEqualTo("8");
                        assertThat(end.field("fromTransactionCheck")).isEqualTo("true");
                    });
        }
    }

    @Test
    void aPreparedMessageWhoseCheckerHasAnsweredIsNotEndedAgain() {
        try (ProducerUnderTest put = start(TransactionState.ROLLBACK)) {
            PreparedMessage prepared = put.producer().prepare(message());
            assertThat(prepared.producerGroup()).isEqualTo(Transactions.GROUP);
            ask(Question.about(prepared.sendResult().msgId()).at(8).frame());
            broker.awaitRequests(END_TRANSACTION, 1, LIMIT);

            TransactionSendResult result = prepared.commit();

            assertThat(result.transactionState()).isEqualTo(TransactionState.ROLLBACK);
            assertThatThrownBy(prepared::commit).isInstanceOf(IllegalStateException.class);
            assertThat(ends(broker)).hasSize(1);
        }
    }

    @Test
    void theCopyThatABrokerAsksAboutAlthoughItHasConfirmedTheCommitIsDropped() {
        try (ProducerUnderTest put = start(TransactionState.COMMIT)) {
            TransactionSendResult result = put.producer().sendInTransaction(message(), half -> TransactionState.COMMIT);
            ask(Question.about(result.msgId()).at(8).frame());
            ask(Question.about("M1").at(9).frame());
            broker.awaitRequests(END_TRANSACTION, 3, LIMIT);
            ask(Question.about("M1").at(10).frame());

            assertThat(broker.awaitRequests(END_TRANSACTION, 4, LIMIT))
                    .extracting(end -> end.field("tranStateTableOffset") + " " + end.field("commitOrRollback") + " "
                            + end.field("fromTransactionCheck"))
                    .containsExactly(result.queueOffset() + " 8 false", "8 12 true", "9 8 true", "10 12 true");
        }
        assertThat(checked).extracting(MessageView::msgId).containsExactly("M1");
        assertThat(endings).hasSize(2);
    }

    /** Whether it still has what it has confirmed on an earlier connection, nobody knows. */
    @Test
    void aBrokerThatAsksOnAnotherConnectionThanItConfirmedOnIsAnsweredByTheChecker() {
        try (ProducerUnderTest put =
                start(b -> b.connectionHeartbeatInterval(Duration.ofMillis(50)), TransactionState.COMMIT)) {
            TransactionSendResult result = put.producer().sendInTransaction(message(), half -> TransactionState.COMMIT);
            broker.closeConnections();
            broker.awaitAcceptedConnections(2, LIMIT);
            ask(Question.about(result.msgId()).at(8).frame());

            assertThat(broker.awaitRequests(END_TRANSACTION, 2, LIMIT))
                    .extracting(end -> end.field("commitOrRollback"))
                    .containsExactly("8", "8");
        }
    }

    // ---- the end

    @Test
    void aCheckerThatIsStuckDoesNotKeepTheProducerFromStopping() {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        TransactionChecker stuck = checker(half -> {
            asked.countDown();
            try {
                never.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return TransactionState.COMMIT;
        });
        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers(), b -> b.transactionChecker(stuck))) {
            put.closeWithin(Duration.ofSeconds(3));
            ask(Question.about("M1").frame());
            awaitUninterrupted(asked);
        }
        assertThat(ends(broker)).isEmpty();
    }

    @Test
    void stopWaitsForATransactionThatRunsAndNotForOneThatIsPrepared() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch stopping = new CountDownLatch(1);
        try (ProducerUnderTest put = start(TransactionState.COMMIT)) {
            PreparedMessage prepared = put.producer().prepare(message());
            Queue<TransactionSendResult> results = new ConcurrentLinkedQueue<>();
            Thread running = new Thread(() -> results.add(put.producer().sendInTransaction(message(), half -> {
                inside.countDown();
                awaitUninterrupted(stopping);
                return TransactionState.COMMIT;
            })));
            running.start();
            inside.await();
            Thread stopper = new Thread(() -> put.producer().stop(Duration.ofSeconds(5)));
            stopper.start();
            Probe.await("the stop", LIMIT, () -> put.producer().status().state() == ProducerStatus.State.STOPPING);
            stopping.countDown();
            running.join();
            stopper.join();

            assertThat(results)
                    .singleElement()
                    .satisfies(result -> assertThat(result.confirmed()).isTrue());
            TransactionSendResult late = prepared.commit();
            assertThat(late.confirmed()).isFalse();
            assertThat(late.transactionState()).isEqualTo(TransactionState.COMMIT);
            assertThat(counts.unconfirmed).hasValue(1);
        }
        assertThat(ends(broker)).hasSize(1);
    }

    // ---- what they share

    private ProducerUnderTest start(TransactionState answer) {
        return start(b -> {}, answer);
    }

    private ProducerUnderTest start(Consumer<MQProducerBuilder> settings, TransactionState answer) {
        SendMessageHook listening = new SendMessageHook() {
            @Override
            public void onEndTransaction(EndTransactionContext context) {
                endings.add(context);
            }
        };
        return ProducerUnderTest.start(cluster.nameServers(), builder -> {
            builder.hook(listening).metrics(counts).transactionChecker(checker(half -> {
                checked.add(half);
                return answer;
            }));
            settings.accept(builder);
        });
    }

    private void ask(Frame question) {
        broker.awaitOpenConnections(1, LIMIT);
        broker.push(question);
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
