package io.mqproducer;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.exception.MQProducerException;
import io.mqproducer.message.Message;
import io.mqproducer.message.MessageQueue;
import io.mqproducer.message.QueueTarget;
import io.mqproducer.message.SendOptions;
import io.mqproducer.message.SendResult;
import io.mqproducer.test.peer.FakeCluster;
import io.mqproducer.test.peer.Reply;
import io.mqproducer.test.peer.Request;
import io.mqproducer.test.peer.codec.RouteJson;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What brokers hear besides messages, which of them are connected, and how one send's options differ from the others. */
class BrokerConversationIT {

    private static final Duration SOON = Duration.ofSeconds(3);
    private static final int HEART_BEAT = 34;
    private static final int UNREGISTER_CLIENT = 35;

    private final FakeCluster cluster = FakeCluster.start(2);

    @AfterEach
    void closeCluster() {
        cluster.close();
    }

    @Test
    void aHeartbeatIsTheFirstRequestOnEachConnection() {
        try (ProducerUnderTest put = start()) {
            sendToBoth(put);
            cluster.broker(0).closeConnections();
            Eventually.await(
                    "the loss",
                    SOON,
                    () -> put.producer().status().brokers().stream().anyMatch(broker -> !broker.connected()));
            sendToBoth(put);
        }

        Map<Integer, Integer> firsts = new HashMap<>();
        cluster.broker(0).requests().forEach(request -> firsts.putIfAbsent(request.connection(), request.code()));
        assertThat(firsts)
                .hasSize(2)
                .allSatisfy((connection, code) -> assertThat(code).isEqualTo(HEART_BEAT));
        Request heartbeat = cluster.broker(0).requests(HEART_BEAT).get(0);
        assertThat(heartbeat.json()).containsKeys("clientID", "producerDataSet", "consumerDataSet");
        assertThat(heartbeat.text()).contains("\"PG\"");
    }

    @Test
    void heartbeatsAreRepeated() {
        try (ProducerUnderTest put = ProducerUnderTest.start(
                cluster.nameServers(), b -> b.connectionHeartbeatInterval(Duration.ofSeconds(1)))) {
            sendToBoth(put);

            assertThat(cluster.broker(0).awaitRequests(HEART_BEAT, 2, SOON)).hasSizeGreaterThanOrEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void f88_noSendAndNoCloseMindsWhatBecomesOfHeartbeatAndFarewell(Unwilling broker) {
        cluster.broker(0).on(HEART_BEAT, request -> broker.reply);
        cluster.broker(0).on(UNREGISTER_CLIENT, request -> broker.reply);

        try (ProducerUnderTest put = start().closeWithin(Duration.ofSeconds(2))) {
            for (int i = 0; i < 100; i++) {
                put.producer().send(Probe.message(), Probe.to("broker-a", 0));
            }

            assertThat(cluster.messages()).hasSize(100);
            assertThat(cluster.broker(0).requests(HEART_BEAT)).isNotEmpty();
        }
    }

    private enum Unwilling {
        REFUSES(Reply.code(1, "not you")),
        HANGS(Reply.never());

        private final Reply reply;

        Unwilling(Reply reply) {
            this.reply = reply;
        }
    }

    @Test
    void everyConnectedBrokerIsToldOfTheEnd() {
        try (ProducerUnderTest put = start()) {
            sendToBoth(put);
        }

        for (int i = 0; i < 2; i++) {
            assertThat(cluster.broker(i).requests(UNREGISTER_CLIENT))
                    .singleElement()
                    .satisfies(goodbye -> {
                        assertThat(goodbye.field("producerGroup")).isEqualTo("PG");
                        assertThat(goodbye.field("clientID")).startsWith("mq-producer@");
                    });
        }
    }

    @Test
    void f72_twoProducersOfAGroupAreTwoClients() {
        try (ProducerUnderTest one = start();
                ProducerUnderTest other = start()) {
            one.producer().send(Probe.message(), Probe.to("broker-a", 0));
            other.producer().send(Probe.message(), Probe.to("broker-a", 0));
        }

        Set<Object> clients = new HashSet<>();
        cluster.broker(0)
                .requests(HEART_BEAT)
                .forEach(
                        heartbeat -> clients.add(String.valueOf(heartbeat.json().get("clientID"))));
        assertThat(clients).hasSize(2);
    }

    @Test
    void theConnectionToABrokerThatLeavesTheRouteIsClosed() {
        try (ProducerUnderTest put = ProducerUnderTest.start(
                cluster.nameServers(), b -> b.connectionRouteRefreshInterval(Duration.ofSeconds(1)))) {
            sendToBoth(put);
            cluster.broker(1).awaitOpenConnections(1, SOON);

            cluster.route("T", RouteJson.of("broker-a", cluster.broker(0).address(), 4));

            cluster.broker(1).awaitOpenConnections(0, SOON);
            assertThat(put.producer().send(Probe.message()).queue().brokerName())
                    .isEqualTo("broker-a");
            assertThat(cluster.broker(0).connections().accepted()).isEqualTo(1);
        }
    }

    @Test
    void f7_anOrderedTopicHasTheQueuesThatItsConfigurationNames() {
        cluster.route("T", cluster.defaultRoute().orderTopicConf("broker-a:2;broker-b:1"));
        try (ProducerUnderTest put = start()) {
            assertThat(put.producer().publishQueues("T"))
                    .containsExactly(
                            new MessageQueue("T", "broker-a", 0),
                            new MessageQueue("T", "broker-a", 1),
                            new MessageQueue("T", "broker-b", 0));
        }
    }

    @Test
    void f7_theOrderOfAnOrderedTopicsConfigurationDecides() {
        cluster.route("T", cluster.defaultRoute().orderTopicConf("broker-b:2;broker-a:2"));
        try (ProducerUnderTest put = start()) {
            assertThat(put.producer().publishQueues("T"))
                    .containsExactly(
                            new MessageQueue("T", "broker-b", 0),
                            new MessageQueue("T", "broker-b", 1),
                            new MessageQueue("T", "broker-a", 0),
                            new MessageQueue("T", "broker-a", 1));
        }
    }

    @Test
    void f7_abrokerThatOnlyTheConfigurationOfAnOrderedTopicNamesIsNeverChosen() {
        cluster.route("T", cluster.defaultRoute().orderTopicConf("broker-a:1;broker-z:8"));
        try (ProducerUnderTest put = start()) {
            for (int i = 0; i < 9; i++) {
                SendResult result = put.producer()
                        .send(Message.builder("T")
                                .orderingKey("k" + i)
                                .body(new byte[1])
                                .build());

                assertThat(result.queue()).isEqualTo(new MessageQueue("T", "broker-a", 0));
            }
        }
        assertThat(cluster.nameServer().requests(Probe.SEND_MESSAGE_V2)).isEmpty();
    }

    @Test
    void theOptionsOfASendGoBeforeTheProducersSettings() {
        cluster.broker(0).on(Probe.SEND_MESSAGE_V2, Reply.code(2, "busy"));
        cluster.broker(1).on(Probe.SEND_MESSAGE_V2, Reply.never());
        try (ProducerUnderTest put = ProducerUnderTest.start(
                cluster.nameServers(),
                b -> b.sendTimeout(Duration.ofSeconds(20)).retryMaxRetries(5).retryBackoff(Duration.ofMillis(1)))) {
            assertThat(attemptsOf(put, Probe.to("broker-a", 3).withMaxRetries(0)))
                    .isEqualTo(1);
            assertThat(attemptsOf(put, Probe.to("broker-a", 3).withMaxRetries(2)))
                    .isEqualTo(3);
            assertThat(cluster.broker(0).requests(Probe.SEND_MESSAGE_V2))
                    .allMatch(request -> request.intField("e") == 3);
            assertThat(attemptsOf(put, queueOf("broker-a"))).isEqualTo(6);

            long start = System.nanoTime();
            assertThat(attemptsOf(put, Probe.to("broker-b", 0).withTimeout(Duration.ofMillis(300))))
                    .isEqualTo(1);
            Probe.assertEndedAtDeadline(start, 300);
        }
    }

    private static SendOptions queueOf(String broker) {
        return SendOptions.defaults().to(QueueTarget.queue(new MessageQueue("T", broker, 0)));
    }

    private static int attemptsOf(ProducerUnderTest put, SendOptions options) {
        MQProducerException failure = Assertions.catchThrowableOfType(
                MQProducerException.class, () -> put.producer().send(Probe.message(), options));
        assertThat(failure).isNotNull();
        return failure.attempts().size();
    }

    private static void sendToBoth(ProducerUnderTest put) {
        for (String broker : List.of("broker-a", "broker-b")) {
            put.producer().send(Probe.message(), Probe.to(broker, 0));
        }
    }

    private ProducerUnderTest start() {
        return ProducerUnderTest.start(cluster.nameServers());
    }
}
