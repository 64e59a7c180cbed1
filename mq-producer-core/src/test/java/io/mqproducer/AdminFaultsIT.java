package io.mqproducer;

import static io.mqproducer.Probe.TOPIC;
import static io.mqproducer.Probe.assertEndedAtDeadline;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqproducer.exception.RequestFailedException;
import io.mqproducer.internal.StoredForm;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.MessageQueue;
import io.mqproducer.message.MessageView;
import io.mqproducer.test.peer.FakeCluster;
import io.mqproducer.test.peer.Hold;
import io.mqproducer.test.peer.Reply;
import io.mqproducer.test.peer.Request;
import io.mqproducer.test.peer.ScriptedPeer;
import io.mqproducer.test.peer.codec.RouteJson;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** X1 to X8 with brokers that fail, lie or are not brokers at all. */
class AdminFaultsIT {

    private static final int CREATE_TOPIC = 17;
    private static final int SEARCH_OFFSET = 29;
    private static final int MAX_OFFSET = 30;
    private static final int VIEW_MESSAGE = 33;
    private static final int QUERY_MESSAGE = 12;
    private static final String UNIQ_KEY = "0A0B0C0D0A0B0C0D0A0B0C0D0A0B0C0D";

    private final FakeCluster cluster = FakeCluster.start(2);
    private final ScriptedPeer brokerA = cluster.broker(0);
    private final ScriptedPeer brokerB = cluster.broker(1);
    private ProducerUnderTest put;
    private MQAdmin admin;

    @BeforeEach
    void start() {
        put = ProducerUnderTest.start(cluster.nameServers(), b -> b.sendTimeout(Duration.ofMillis(800)));
        admin = put.producer().admin();
    }

    @AfterEach
    void close() {
        put.close();
        cluster.close();
    }

    // ---- X1

    @Test
    void aTopicThatOnlySomeBrokersHaveIsReportedWithTheNamesOfBoth() {
        brokerA.on(CREATE_TOPIC, Reply.success());
        brokerB.on(CREATE_TOPIC, Reply.code(16, "no way"));

        assertThatThrownBy(() -> admin.createTopic("made", 4))
                .isInstanceOf(RequestFailedException.class)
                .hasFieldOrPropertyWithValue("kind", FailureKind.BROKER_REJECTED)
                .hasMessageContaining("topic made was not created on [broker-b], but on [broker-a]")
                .hasMessageContaining("broker-b@" + brokerB.address() + " answered 16 NO_PERMISSION: no way")
                .hasMessageContaining("credentials do not permit it")
                .satisfies(e ->
                        assertThat(((RequestFailedException) e).responseCode()).hasValue(16));
    }

    @Test
    void aBrokerThatIsSilentOrWithoutMasterCountsAsFailed() {
        cluster.route(
                "TBW102",
                cluster.defaultRoute().broker("broker-c", 1, "127.0.0.1:1").queues("broker-c", 6, 1));
        brokerA.on(CREATE_TOPIC, Reply.success());
        brokerB.on(CREATE_TOPIC, Reply.never());

        long start = System.nanoTime();
        assertThatThrownBy(() -> admin.createTopic("made", 4))
                .hasFieldOrPropertyWithValue("kind", FailureKind.TIMEOUT)
                .hasMessageContaining("was not created on [broker-b, broker-c], but on [broker-a]")
                .hasMessageContaining("broker-c has no master");
        assertEndedAtDeadline(start, 800);
    }

    @Test
    void asksForATopicAsTheOfficialToolsDo() {
        brokerA.on(CREATE_TOPIC, Reply.success());
        brokerB.on(CREATE_TOPIC, Reply.success());

        admin.createTopic("key", "made", 3, Map.of("message.type", "FIFO", "cleanup.policy", "COMPACTION"));

        assertThat(brokerB.requests(CREATE_TOPIC))
                .singleElement()
                .extracting(Request::fields)
                .satisfies(fields -> assertThat(fields)
                        .containsEntry("topic", "made")
                        .containsEntry("defaultTopic", "key")
                        .containsEntry("readQueueNums", "3")
                        .containsEntry("writeQueueNums", "3")
                        .containsEntry("perm", "6")
                        .containsEntry("topicFilterType", "SINGLE_TAG")
                        .containsEntry("topicSysFlag", "0")
                        .containsEntry("order", "false")
                        .containsEntry("attributes", "+cleanup.policy=COMPACTION,+message.type=FIFO"));
    }

    @Test
    void aTopicThatBreaksARuleIsRefusedBeforeAnythingIsSent() {
        for (String topic : new String[] {"", "a b", "a/b", "x".repeat(128), "\u00e4"}) {
            assertThatThrownBy(() -> admin.createTopic(topic, 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("topic must be 1 to 127");
        }
        for (int queues : new int[] {-1, 0, 16_385}) {
            assertThatThrownBy(() -> admin.createTopic("made", queues))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("queues must be 1 to 16384, got '" + queues + "'");
        }
        for (String value : new String[] {"", "a,b", "a=b", "+a", "-a", "a b"}) {
            assertThatThrownBy(() -> admin.createTopic("TBW102", "made", 1, Map.of("k", value)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("attribute k must not be empty");
        }
        assertThat(brokerA.requests(CREATE_TOPIC)).isEmpty();
    }

    // ---- X2 to X5

    @Test
    void looksForTheLowerOffsetAtTheMasterOfTheQueuesBroker() {
        brokerB.on(SEARCH_OFFSET, Reply.success("offset", "17"));

        assertThat(admin.searchOffset(new MessageQueue(TOPIC, "broker-b", 1), Instant.ofEpochMilli(1234)))
                .isEqualTo(17);

        assertThat(brokerB.requests(SEARCH_OFFSET).get(0).fields())
                .containsEntry("topic", TOPIC)
                .containsEntry("queueId", "1")
                .containsEntry("timestamp", "1234")
                .containsEntry("boundaryType", "LOWER");
    }

    @Test
    void asksAlsoOfQueuesThatCanOnlyBeRead() {
        cluster.route(TOPIC, cluster.defaultRoute().permission("broker-b", 4));
        brokerB.on(MAX_OFFSET, Reply.success("offset", "17"));

        assertThat(admin.maxOffset(new MessageQueue(TOPIC, "broker-b", 1))).isEqualTo(17);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "99999999999999999999"})
    void anAnswerThatCannotBeReadIsReportedAsSuch(String offset) {
        brokerA.on(MAX_OFFSET, offset.isEmpty() ? Reply.success() : Reply.success("offset", offset));

        assertThatThrownBy(() -> admin.maxOffset(new MessageQueue(TOPIC, "broker-a", 0)))
                .isInstanceOf(RequestFailedException.class)
                .hasFieldOrPropertyWithValue("kind", FailureKind.PROTOCOL)
                .hasMessageContaining("unusable answer from broker-a@" + brokerA.address() + ": field offset is");
    }

    @Test
    void anInterruptEndsTheWait() {
        brokerA.on(MAX_OFFSET, Reply.never());
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> admin.maxOffset(new MessageQueue(TOPIC, "broker-a", 0)))
                .hasFieldOrPropertyWithValue("kind", FailureKind.INTERRUPTED);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aCallMayHaveADeadlineOfItsOwn() {
        brokerA.on(MAX_OFFSET, Reply.never());

        long start = System.nanoTime();
        assertThatThrownBy(() ->
                        admin.withTimeout(Duration.ofMillis(200)).maxOffset(new MessageQueue(TOPIC, "broker-a", 0)))
                .hasFieldOrPropertyWithValue("kind", FailureKind.TIMEOUT);
        assertEndedAtDeadline(start, 200);
        assertThatThrownBy(() -> admin.withTimeout(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aStoppedProducerAsksNothing() {
        put.producer().stop(Duration.ZERO);

        assertThatThrownBy(() -> admin.maxOffset(new MessageQueue(TOPIC, "broker-a", 0)))
                .isInstanceOf(RequestFailedException.class)
                .hasFieldOrPropertyWithValue("kind", FailureKind.CLOSED);
    }

    // ---- X6

    @Test
    void s12_s14_anOffsetIdLeadsOnlyToBrokersOfTheRoute() {
        try (ScriptedPeer stranger = ScriptedPeer.start()) {
            brokerA.on(QUERY_MESSAGE, Reply.code(22));
            brokerB.on(QUERY_MESSAGE, Reply.code(22));

            assertThat(admin.viewMessage(TOPIC, offsetId(stranger.port()))).isEmpty();
            assertThat(admin.viewMessage(TOPIC, offsetId(cluster.nameServer().port())))
                    .isEmpty();

            assertThat(stranger.connections().accepted()).isZero();
            assertThat(cluster.nameServer().requests(VIEW_MESSAGE)).isEmpty();
            assertThat(brokerA.requests(VIEW_MESSAGE)).isEmpty();
        }
    }

    @Test
    void aBrokerThatIsKnownByNameIsAskedIfThePortIsRight() {
        cluster.route(TOPIC, RouteJson.of("broker-a", "localhost:" + brokerA.port(), 1));
        brokerA.on(VIEW_MESSAGE, Reply.code(1, "can not find message by the offset, 4660"));

        assertThat(admin.viewMessage(TOPIC, offsetId(brokerA.port()))).isEmpty();

        assertThat(brokerA.requests(VIEW_MESSAGE).get(0).fields()).containsEntry("offset", "4660");
    }

    @Test
    void anotherMessageThanTheOneThatWasAskedForIsNotShown() {
        brokerA.on(
                VIEW_MESSAGE, Reply.success().body(new StoredForm().topic(TOPIC).bytes())); // stored at 10.0.0.1

        assertThat(admin.viewMessage(TOPIC, offsetId(brokerA.port()))).isEmpty();
    }

    @Test
    void s16_aMessageThatCannotBeReadIsReportedAndNoSendPaysForIt() {
        brokerA.on(VIEW_MESSAGE, Reply.success().body(new byte[] {1, 2, 3}));
        assertThatThrownBy(() -> admin.viewMessage(TOPIC, offsetId(brokerA.port())))
                .isInstanceOf(RequestFailedException.class)
                .hasFieldOrPropertyWithValue("kind", FailureKind.PROTOCOL)
                .hasMessageContaining("unusable answer from broker-a@" + brokerA.address());

        int sends = brokerA.connections().accepted();
        Hold hold = brokerA.hold(Probe.SEND_MESSAGE_V2);
        CompletableFuture<?> inFlight = put.producer().sendAsync(Probe.message(), Probe.to("broker-a", 0));
        hold.await(1, Duration.ofSeconds(2));
        brokerA.on(VIEW_MESSAGE, Reply.success().wireInt(0, 64 * 1024 * 1024)); // a frame longer than any
        assertThatThrownBy(() -> admin.viewMessage(TOPIC, offsetId(brokerA.port())))
                .isInstanceOf(RequestFailedException.class)
                .hasFieldOrPropertyWithValue("kind", FailureKind.CONNECTION_LOST)
                .hasMessageContaining("PROTOCOL frame length 67108864");
        hold.end();

        inFlight.join(); // on a connection of its own, untouched
        assertThat(brokerA.connections().accepted()).isGreaterThan(sends);
    }

    @Test
    void ofSeveralCopiesWithOneIdTheFirstIsShown() {
        StoredForm late = new StoredForm().topic(TOPIC).properties("UNIQ_KEY", UNIQ_KEY);
        late.bornTimestamp += 5000;
        brokerA.on(QUERY_MESSAGE, Reply.success().body(late.bytes()));
        brokerB.on(
                QUERY_MESSAGE,
                Reply.success()
                        .body(new StoredForm()
                                .topic(TOPIC)
                                .properties("UNIQ_KEY", UNIQ_KEY)
                                .bytes()));

        MessageView first = admin.viewMessage(TOPIC, UNIQ_KEY).orElseThrow();

        assertThat(first.bornTime()).isEqualTo(Instant.ofEpochMilli(1_700_000_000_000L));
        assertThat(first.queue()).hasValue(new MessageQueue(TOPIC, "broker-b", 2));
        assertThat(brokerA.requests(QUERY_MESSAGE).get(0).fields())
                .containsEntry("topic", TOPIC)
                .containsEntry("key", UNIQ_KEY)
                .containsEntry("indexType", "U")
                .containsEntry("_UNIQUE_KEY_QUERY", "true");
    }

    // ---- X7, Q8

    @Test
    void asksForKeysWithTheirIndexAndWithoutWhatOldBrokersDoNotSign() {
        brokerA.on(QUERY_MESSAGE, Reply.code(22, "can not find message, maybe time range not correct"));
        brokerB.on(QUERY_MESSAGE, Reply.code(22));

        assertThat(admin.queryMessage(TOPIC, "k1", 5, Instant.ofEpochMilli(1), Instant.ofEpochMilli(2)))
                .isEmpty();

        assertThat(brokerB.requests(QUERY_MESSAGE).get(0).fields())
                .containsEntry("topic", TOPIC)
                .containsEntry("key", "k1")
                .containsEntry("maxNum", "5")
                .containsEntry("beginTimestamp", "1")
                .containsEntry("endTimestamp", "2")
                .containsEntry("indexType", "K")
                .doesNotContainKey("_UNIQUE_KEY_QUERY");
    }

    /** An index holds hashes, so a broker finds more than it was asked for. */
    @Test
    void whatOnlyHasTheSameHashIsLeftOut() throws Exception {
        ByteArrayOutputStream two = new ByteArrayOutputStream();
        two.write(new StoredForm().topic(TOPIC).properties("KEYS", "k1 k2").bytes());
        two.write(new StoredForm().topic(TOPIC).properties("KEYS", "k12").bytes());
        brokerA.on(QUERY_MESSAGE, Reply.success().body(two.toByteArray()));
        brokerB.on(QUERY_MESSAGE, Reply.code(22));

        assertThat(admin.queryMessage(TOPIC, "k1", 5, Instant.EPOCH, Instant.MAX))
                .singleElement()
                .satisfies(view -> assertThat(view.keys()).containsExactly("k1", "k2"));
    }

    @Test
    void aBrokerThatDoesNotAnswerIsNotTakenForOneThatHasNothing() {
        brokerA.on(
                QUERY_MESSAGE,
                Reply.success()
                        .body(new StoredForm()
                                .topic(TOPIC)
                                .properties("KEYS", "k")
                                .bytes()));
        brokerB.on(QUERY_MESSAGE, Reply.code(2, "busy"));

        assertThatThrownBy(() -> admin.queryMessage(TOPIC, "k", 5, Instant.EPOCH, Instant.MAX))
                .isInstanceOf(RequestFailedException.class)
                .hasMessageContaining("could not be looked up on every broker: broker-b@" + brokerB.address()
                        + " answered 2 SYSTEM_BUSY: busy");
    }

    @Test
    void asksAReplicaWhereThereIsNoMaster() {
        cluster.route(
                TOPIC,
                RouteJson.empty().broker("broker-a", 1, brokerA.address()).queues("broker-a", 4, 1));
        brokerA.on(
                QUERY_MESSAGE,
                Reply.success()
                        .body(new StoredForm()
                                .topic(TOPIC)
                                .properties("KEYS", "k")
                                .bytes()));

        assertThat(admin.queryMessage(TOPIC, "k", 5, Instant.EPOCH, Instant.MAX))
                .hasSize(1);
    }

    @Test
    void aQueryThatBreaksARuleIsRefusedBeforeAnythingIsSent() {
        assertThatThrownBy(() -> admin.queryMessage(TOPIC, "", 5, Instant.EPOCH, Instant.MAX))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> admin.queryMessage(TOPIC, "k", 65, Instant.EPOCH, Instant.MAX))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("maxMessages must be 1 to 64, got 65");
        assertThatThrownBy(() -> admin.queryMessage(TOPIC, "k", 5, Instant.MAX, Instant.EPOCH))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(brokerA.requests(QUERY_MESSAGE)).isEmpty();
    }

    // ---- X8

    @Test
    void asksTheNameServersForTheQueuesOfATopicEachTime() {
        assertThat(put.producer().publishQueues(TOPIC)).hasSize(8);
        cluster.route(TOPIC, RouteJson.of("broker-b", brokerB.address(), 2));

        assertThat(put.producer().publishQueues(TOPIC))
                .containsExactly(new MessageQueue(TOPIC, "broker-b", 0), new MessageQueue(TOPIC, "broker-b", 1));
    }

    private static String offsetId(int port) {
        return "7F000001" + String.format("%08X", port) + "0000000000001234";
    }
}
