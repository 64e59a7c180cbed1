package io.mqproducer;

import static io.mqproducer.Probe.GET_ROUTE;
import static io.mqproducer.Probe.SEND_MESSAGE_V2;
import static io.mqproducer.Probe.TOPIC;
import static io.mqproducer.Probe.message;
import static io.mqproducer.Probe.within;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.exception.MQProducerException;
import io.mqproducer.message.SendResult;
import io.mqproducer.test.peer.FakeCluster;
import io.mqproducer.test.peer.Hold;
import io.mqproducer.test.peer.Reply;
import io.mqproducer.test.peer.Script;
import io.mqproducer.test.peer.ScriptedPeer;
import io.mqproducer.test.peer.codec.RouteJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** S14 and F51: whatever happens to brokers, a name server gets no message. */
class NameServerSecrecyIT {

    private static final String CANARY = "CANARY-4711";

    private final FakeCluster cluster = FakeCluster.start(2);
    private final ScriptedPeer nameServer = cluster.nameServer();
    private final ScriptedPeer brokerA = cluster.broker(0);
    private final Script stores = brokerA.script(SEND_MESSAGE_V2);

    @AfterEach
    void assertNothingButLookUpsReachedTheNameServer() {
        try (cluster) {
            assertThat(nameServer.requests()).isNotEmpty().allSatisfy(asked -> {
                assertThat(asked.code()).isEqualTo(GET_ROUTE);
                assertThat(asked.body()).isEmpty();
            });
            assertThat(new String(nameServer.receivedBytes(), ISO_8859_1)).doesNotContain(CANARY);
        }
    }

    @Test
    void s14_noBodyReachesANameServerThroughAllKindsOfFailures() {
        cluster.route(TOPIC, RouteJson.of("broker-a", brokerA.address(), 4));
        List<Script> failures = List.of(
                Reply.never(),
                Reply.close(),
                Reply.reset(),
                Reply.code(1, "no"),
                Reply.code(2, "busy"),
                Reply.code(17, "no topic"),
                Reply.code(1500, "go away"),
                Reply.raw("HTTP/1.1 400 Bad Request\r\n\r\n"),
                Reply.success());

        try (ProducerUnderTest put = start()) {
            for (Script failure : failures) {
                brokerA.on(SEND_MESSAGE_V2, failure);
                for (SendVia via : SendVia.values()) {
                    via.failure(put.producer(), message(CANARY), within(200));
                }
            }
            brokerA.crash();
            SendVia.SYNC.failure(put.producer(), message(CANARY), within(200));
            brokerA.listenAgain();
            brokerA.on(SEND_MESSAGE_V2, stores);
            put.producer().send(message(CANARY), within(3000));
            put.producer().sendOneway(message(CANARY), within(2000));
        }
    }

    @Test
    void f51_s14_aBrokerThatLeavesTheRouteAndDiesWithSendsInFlightIsReplacedByAnother() {
        cluster.route(TOPIC, RouteJson.of("broker-a", brokerA.address(), 4));
        Hold held = brokerA.hold(SEND_MESSAGE_V2);

        try (ProducerUnderTest put = start()) {
            List<CompletableFuture<SendResult>> inFlight = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                inFlight.add(put.producer().sendAsync(message(CANARY), within(5000)));
            }
            held.await(100, Duration.ofSeconds(2));
            cluster.route(TOPIC, RouteJson.of("broker-b", cluster.broker(1).address(), 4));
            brokerA.crash();

            assertThat(inFlight)
                    .allSatisfy(sent -> assertThat(sent)
                            .succeedsWithin(Duration.ofSeconds(5))
                            .satisfies(result ->
                                    assertThat(result.queue().brokerName()).isEqualTo("broker-b")));
        }
    }

    @Test
    void f51_s14_aSendFailsWhenItsTopicAndItsBrokerAreGone() {
        cluster.route(TOPIC, RouteJson.of("broker-a", brokerA.address(), 4));
        Hold held = brokerA.hold(SEND_MESSAGE_V2);

        try (ProducerUnderTest put =
                ProducerUnderTest.start(cluster.nameServers(), settings -> settings.autoCreateTopics(false))) {
            CompletableFuture<SendResult> inFlight = put.producer().sendAsync(message(CANARY), within(1000));
            held.await(1, Duration.ofSeconds(2));
            cluster.withoutTopic(TOPIC);
            brokerA.crash();

            assertThat(inFlight)
                    .failsWithin(Duration.ofSeconds(2))
                    .withThrowableThat()
                    .withCauseInstanceOf(MQProducerException.class);
        }
    }

    private ProducerUnderTest start() {
        return ProducerUnderTest.start(
                cluster.nameServers(), settings -> settings.connectionRouteRefreshInterval(Duration.ofMillis(50)));
    }
}
