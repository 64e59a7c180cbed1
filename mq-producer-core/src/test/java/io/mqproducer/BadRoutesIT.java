package io.mqproducer;

import static io.mqproducer.Probe.GET_ROUTE;
import static io.mqproducer.Probe.TOPIC;
import static io.mqproducer.Probe.message;
import static io.mqproducer.Probe.millisSince;
import static io.mqproducer.Probe.within;
import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.exception.MQProducerException;
import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.SendResult;
import io.mqproducer.test.peer.FakeCluster;
import io.mqproducer.test.peer.Reply;
import io.mqproducer.test.peer.ScriptedPeer;
import io.mqproducer.test.peer.codec.RouteJson;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** F09: routes that cannot be read, or lead nowhere. */
class BadRoutesIT {

    private final FakeCluster cluster = FakeCluster.start(2);

    @BeforeAll
    static void warmUp() {
        Probe.warmUp();
    }

    @AfterEach
    void closeCluster() {
        cluster.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no JSON",
                "null",
                "[]",
                "17",
                "{\"brokerDatas\":[{\"brokerAddrs\":{\"0\":\"127.0",
                "{\"brokerDatas\":\"broker-a\",\"queueDatas\":5}",
                "{\"brokerDatas\":[5],\"queueDatas\":[\"x\"]}",
                "{\"brokerDatas\":[{\"brokerName\":\"a\",\"brokerAddrs\":[]}],\"queueDatas\":[]}",
                "{\"brokerDatas\":[{\"brokerName\":\"a\",\"brokerAddrs\":{\"x\":\"h:1\"}}],\"queueDatas\":[]}",
                "{\"queueDatas\":[{\"brokerName\":\"a\",\"perm\":\"all\",\"writeQueueNums\":4}]}",
                "{\"queueDatas\":[{\"brokerName\":\"a\",\"perm\":6,\"writeQueueNums\":2147483647}]}",
                "{\"queueDatas\":[{\"brokerName\":\"a\",\"perm\":6,\"writeQueueNums\":-1}]}",
                "{\"queueDatas\":[{\"brokerName\":\"a\",\"perm\":1099511627776,\"writeQueueNums\":4}]}",
                "{\"queueDatas\":[{\"brokerName\":7,\"perm\":6,\"writeQueueNums\":4}]}"
            })
    void f09_anUnreadableRouteIsAProtocolFailureAtOnce(String json) {
        cluster.route(TOPIC, Reply.success().body(json));

        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            long start = System.nanoTime();
            MQProducerException failure = SendVia.SYNC.failure(put.producer(), message(), within(2000));

            assertThat(millisSince(start)).isLessThan(500);
            assertThat(failure)
                    .isInstanceOf(MessageNotStoredException.class)
                    .hasMessageContaining("unusable answer from " + cluster.nameServers() + ": ");
            assertThat(failure.kind()).isEqualTo(FailureKind.PROTOCOL);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"brokerDatas\":null,\"queueDatas\":null}",
                "{\"brokerDatas\":[],\"queueDatas\":[]}",
                "{\"brokerDatas\":[null],\"queueDatas\":[null]}",
                "{\"queueDatas\":[{\"brokerName\":\"a\",\"perm\":6,\"writeQueueNums\":4}]}",
                "{\"brokerDatas\":[{\"brokerName\":\"a\",\"brokerAddrs\":{\"1\":\"127.0.0.1:1\"}}],"
                        + "\"queueDatas\":[{\"brokerName\":\"a\",\"perm\":6,\"writeQueueNums\":4}]}",
                "{\"brokerDatas\":[{\"brokerName\":\"a\",\"brokerAddrs\":{\"0\":null}}],"
                        + "\"queueDatas\":[{\"brokerName\":\"a\",\"perm\":6,\"writeQueueNums\":4}]}",
                "{\"brokerDatas\":[{\"brokerName\":\"a\",\"brokerAddrs\":{\"0\":\"127.0.0.1:1\"}}],"
                        + "\"queueDatas\":[{\"brokerName\":\"a\",\"perm\":6,\"writeQueueNums\":0}]}",
                "{\"brokerDatas\":[{\"brokerName\":\"a\",\"brokerAddrs\":{\"0\":\"file:///etc/passwd\"}}],"
                        + "\"queueDatas\":[{\"brokerName\":\"a\",\"perm\":6,\"writeQueueNums\":4}]}",
                "{\"brokerDatas\":[{\"brokerName\":\"a\",\"brokerAddrs\":{\"0\":\"127.0.0.1:1\"}}],"
                        + "\"queueDatas\":[{\"brokerName\":\"b\",\"perm\":6,\"writeQueueNums\":4}]}"
            })
    void f09_aRouteThatLeadsNowhereIsNoRouteWithTheReason(String json) {
        cluster.route(TOPIC, Reply.success().body(json));

        assertNoWritableMaster();
    }

    @ParameterizedTest
    @CsvSource({"0", "4", "1"})
    void f09_queuesThatMayNotBeWrittenAreNoRoute(int permission) {
        RouteJson route = RouteJson.of("broker-a", cluster.broker(0).address(), 4);
        cluster.route(TOPIC, route.permission("broker-a", permission));

        assertNoWritableMaster();
    }

    @ParameterizedTest
    @MethodSource
    void f09_anOrderWithMoreQueuesThanThereCanBeIsAProtocolFailureAtOnce(String conf) {
        cluster.route(TOPIC, cluster.defaultRoute().orderTopicConf(conf));

        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            long start = System.nanoTime();
            MQProducerException failure = SendVia.SYNC.failure(put.producer(), message(), within(2000));

            assertThat(millisSince(start)).isLessThan(500);
            assertThat(failure)
                    .isInstanceOf(MessageNotStoredException.class)
                    .hasMessageContaining("orderTopicConf has ");
            assertThat(failure.kind()).isEqualTo(FailureKind.PROTOCOL);
        }
    }

    static Stream<String> f09_anOrderWithMoreQueuesThanThereCanBeIsAProtocolFailureAtOnce() {
        return Stream.of(
                "broker-a:99999",
                IntStream.range(0, 5).mapToObj(i -> "broker-" + i + ":16384").collect(Collectors.joining(";")),
                IntStream.range(0, 4000).mapToObj(i -> "b" + i + ":99999").collect(Collectors.joining(";")));
    }

    private void assertNoWritableMaster() {
        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            long start = System.nanoTime();
            MQProducerException failure = SendVia.ASYNC.failure(put.producer(), message(), within(2000));

            assertThat(millisSince(start)).isLessThan(500);
            assertThat(failure)
                    .isInstanceOf(MessageNotStoredException.class)
                    .hasMessageContaining("No route info of this topic: T")
                    .hasMessageContaining("no writable master");
            assertThat(failure.kind()).isEqualTo(FailureKind.NO_ROUTE);
        }
    }

    @ParameterizedTest
    @CsvSource({"2", "6", "7", "2147483647"})
    void f09_queuesThatMayBeWrittenAreUsedWhateverElseTheyAllow(int permission) {
        RouteJson route = RouteJson.of("broker-a", cluster.broker(0).address(), 4);
        cluster.route(TOPIC, route.permission("broker-a", permission));

        assertStoredByBrokerA();
    }

    @Test
    void f09_unquotedNumericKeysOfOldNameServersAreRead() {
        cluster.route(
                TOPIC, RouteJson.of("broker-a", cluster.broker(0).address(), 4).unquotedKeys());

        assertStoredByBrokerA();
    }

    @Test
    void f09_unusableQueuesAreDroppedAndTheOthersUsed() {
        cluster.route(
                TOPIC,
                RouteJson.of("broker-a", cluster.broker(0).address(), 4)
                        .queues("nobody", 6, 4)
                        .broker("slave-only", 1, "127.0.0.1:1")
                        .queues("slave-only", 6, 4)
                        .and("broken", "nonsense", 4)
                        .and("read-only", cluster.broker(1).address(), 4)
                        .permission("read-only", 4));

        assertStoredByBrokerA();
    }

    @Test
    void f09_aBrokerNamedTwiceCountsOnce() {
        RouteJson route = RouteJson.of("broker-a", cluster.broker(0).address(), 2);
        cluster.route(TOPIC, route.queues("broker-a", 6, 8));

        assertStoredByBrokerA();
        assertThat(cluster.messages(TOPIC)).allMatch(stored -> stored.queueId() < 2);
    }

    private void assertStoredByBrokerA() {
        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            for (int i = 0; i < 10; i++) {
                SendResult result = put.producer().send(message(), within(2000));

                assertThat(result.queue().brokerName()).isEqualTo("broker-a");
            }
        }
    }

    @Test
    void f09_aGoodRouteIsKeptWhenItsRefreshCannotBeRead() {
        ScriptedPeer nameServer = cluster.nameServer();

        try (ProducerUnderTest put = ProducerUnderTest.start(
                cluster.nameServers(), settings -> settings.connectionRouteRefreshInterval(Duration.ofMillis(30)))) {
            put.producer().send(message(), within(2000));
            List<String> brokers = put.producer().status().routes().get(0).brokers();
            cluster.route(TOPIC, Reply.success().body("{\"brokerDatas\":[{\"brokerAddrs\":{\"0\":\"127.0"));
            int asked = nameServer.requests(GET_ROUTE).size();
            nameServer.awaitRequests(GET_ROUTE, asked + 4, Duration.ofSeconds(3));

            for (int i = 0; i < 10; i++) {
                put.producer().send(message(), within(500));
            }
            assertThat(put.producer().status().routes().get(0).brokers()).isEqualTo(brokers);
        }
    }

    @Test
    void f09_anotherNameServerIsAskedWhenARouteCannotBeRead() {
        try (ScriptedPeer broken =
                        ScriptedPeer.start().on(GET_ROUTE, Reply.success().body("{"));
                ProducerUnderTest put = ProducerUnderTest.start(broken.address() + ";" + cluster.nameServers())) {
            long start = System.nanoTime();
            put.producer().send(message(), within(2000));

            assertThat(millisSince(start)).isLessThan(500);
        }
    }

    @Test
    void f09_asksForStandardJson() {
        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            put.producer().send(message(), within(2000));

            assertThat(cluster.nameServer().requests(GET_ROUTE))
                    .isNotEmpty()
                    .allSatisfy(asked ->
                            assertThat(asked.field("acceptStandardJsonOnly")).isEqualTo("true"));
        }
    }
}
