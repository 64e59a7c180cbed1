package io.mqproducer;

import static io.mqproducer.Probe.SEND_MESSAGE_V2;
import static io.mqproducer.Probe.TOPIC;
import static io.mqproducer.Probe.assertEndedAtDeadline;
import static io.mqproducer.Probe.message;
import static io.mqproducer.Probe.within;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.exception.MQProducerException;
import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Message;
import io.mqproducer.message.Outcome;
import io.mqproducer.message.SendResult;
import io.mqproducer.test.peer.FakeCluster;
import io.mqproducer.test.peer.Hold;
import io.mqproducer.test.peer.Reply;
import io.mqproducer.test.peer.Request;
import io.mqproducer.test.peer.Script;
import io.mqproducer.test.peer.ScriptedPeer;
import io.mqproducer.test.peer.codec.RouteJson;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** F27: a broker that is shutting down and sends its clients away. */
class GoAwayIT {

    private static final int GO_AWAY = 1500;

    /** Brokers answer GO_AWAY only to clients that say they are newer than this. */
    private static final int V5_3_1 = 475;

    private final FakeCluster cluster = FakeCluster.start(2);
    private final ScriptedPeer broker = cluster.broker(0);
    private final Script stores = broker.script(SEND_MESSAGE_V2);

    @BeforeEach
    void onlyOneBroker() {
        cluster.route(TOPIC, RouteJson.of("broker-a", broker.address(), 1));
    }

    @AfterEach
    void closeCluster() {
        cluster.close();
    }

    @ParameterizedTest
    @EnumSource
    void f27_onceIsInvisibleAndRepeatsTheSameMessageOnANewConnection(SendVia via) {
        broker.on(SEND_MESSAGE_V2, Script.sequence(Reply.code(GO_AWAY, "shutting down"), stores));
        Message message = Message.builder(TOPIC)
                .tag("tag")
                .keys("key")
                .property("own", "value")
                .body("body".getBytes(UTF_8))
                .build();

        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            SendResult result = via.send(put.producer(), message, within(2000));

            List<Request> sent = broker.requests(SEND_MESSAGE_V2);
            assertThat(sent).hasSize(2);
            assertThat(sent).allSatisfy(request -> assertThat(request.version()).isGreaterThan(V5_3_1));
            assertThat(sent.get(1).connection()).isNotEqualTo(sent.get(0).connection());
            assertThat(sent.get(1).opaque()).isNotEqualTo(sent.get(0).opaque());
            assertThat(sent.get(1).fields()).isEqualTo(sent.get(0).fields());
            assertThat(sent.get(1).body()).isEqualTo(sent.get(0).body());
            assertThat(result.mayBeDuplicate()).isFalse();
            assertThat(put.begun()).isEqualTo(1);
            assertThat(put.count(Outcome.ACKED)).isEqualTo(1);
            assertThat(cluster.messages(TOPIC)).hasSize(1);
            broker.awaitOpenConnections(1, Duration.ofSeconds(1));
        }
    }

    @Test
    void f27_whatIsInFlightOnTheOldConnectionIsStillAnswered() {
        Hold held = broker.hold(SEND_MESSAGE_V2);

        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            CompletableFuture<SendResult> before = put.producer().sendAsync(message("before"), within(3000));
            held.await(1, Duration.ofSeconds(1));
            CompletableFuture<SendResult> sentAway = put.producer().sendAsync(message("sent away"), within(3000));
            held.await(2, Duration.ofSeconds(1));
            held.release(1, Reply.code(GO_AWAY));
            held.await(2, Duration.ofSeconds(1));
            held.release(1);
            assertThat(sentAway).succeedsWithin(Duration.ofSeconds(1));
            broker.awaitOpenConnections(2, Duration.ofSeconds(1));
            held.release(0);

            assertThat(before)
                    .succeedsWithin(Duration.ofSeconds(1))
                    .satisfies(result -> assertThat(result.attempts()).isEqualTo(1));
            broker.awaitOpenConnections(1, Duration.ofSeconds(1));
        }
    }

    @Test
    void f27_twiceGoesToAnotherBroker() {
        cluster.route(TOPIC, cluster.defaultRoute());
        broker.on(SEND_MESSAGE_V2, Reply.code(GO_AWAY));

        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            for (int i = 0; i < 20; i++) {
                SendResult result = put.producer().send(message(), within(2000));

                assertThat(result.queue().brokerName()).isEqualTo("broker-b");
                assertThat(result.mayBeDuplicate()).isFalse();
            }
            assertThat(cluster.messages(TOPIC)).hasSize(20);
        }
    }

    @Test
    void f27_isRepeatedWithoutCountingAsLongAsThereIsTime() {
        Reply goAway = Reply.code(GO_AWAY);
        broker.on(SEND_MESSAGE_V2, Script.sequence(goAway, goAway, goAway, goAway, goAway, stores));

        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            SendResult result = put.producer().send(message(), within(5000));

            assertThat(result.mayBeDuplicate()).isFalse();
            assertThat(broker.requests(SEND_MESSAGE_V2)).hasSize(6);
            assertThat(cluster.messages(TOPIC)).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void f27_forAllEndsNotStoredAtTheDeadline(SendVia via) {
        broker.on(SEND_MESSAGE_V2, Reply.code(GO_AWAY, "shutting down"));

        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            long start = System.nanoTime();
            MQProducerException failure = via.failure(put.producer(), message(), within(600));

            assertEndedAtDeadline(start, 600);
            assertThat(failure)
                    .isInstanceOf(MessageNotStoredException.class)
                    .hasMessageContaining(
                            "broker-a@" + broker.address() + " answered CODE 1500 GO_AWAY: shutting down");
            assertThat(failure.kind()).isEqualTo(FailureKind.BROKER_REJECTED);
            assertThat(failure.responseCode()).hasValue(GO_AWAY);
            assertThat(put.begun()).isEqualTo(1);
            assertThat(put.count(Outcome.NOT_STORED)).isEqualTo(1);
        }
    }

    @Test
    void f27_endsAtOnceWhenNoRetriesAreAllowed() {
        broker.on(SEND_MESSAGE_V2, Reply.code(GO_AWAY));

        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            MQProducerException failure =
                    SendVia.SYNC.failure(put.producer(), message(), within(2000).withMaxRetries(0));

            assertThat(failure.responseCode()).hasValue(GO_AWAY);
            assertThat(broker.requests(SEND_MESSAGE_V2)).hasSize(1);
        }
    }
}
