package io.mqproducer;

import static io.mqproducer.Probe.TOPIC;
import static io.mqproducer.Probe.message;
import static io.mqproducer.Probe.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.mqproducer.exception.MQProducerException;
import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.SendResult;
import io.mqproducer.spi.BrokerAddressMapper;
import io.mqproducer.test.peer.FakeCluster;
import io.mqproducer.test.peer.codec.RouteJson;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where brokers are reached that are not where the name servers say, and where nothing is sent. */
class BrokerAddressesIT {

    private static final String INSIDE = "172.17.0.2:10911";

    private final FakeCluster cluster = FakeCluster.start(2);

    @BeforeAll
    static void warmUp() {
        Probe.warmUp();
    }

    @AfterEach
    void closeCluster() {
        cluster.close();
    }

    private String broker() {
        return cluster.broker(0).address();
    }

    private void route(String address) {
        cluster.route(TOPIC, RouteJson.of("broker-a", address, 4));
    }

    @Test
    void anAddressThatIsMappedIsConnectedToInPlaceOfTheOneToldAndShownInTheStatus() {
        route(INSIDE);

        try (ProducerUnderTest put = ProducerUnderTest.start(
                cluster.nameServers(),
                settings -> settings.connectionBrokerAddressMapping(Map.of(INSIDE, broker(), "10.0.0.1:1", "h:2")))) {
            put.producer().send(message(), within(2000));

            assertThat(put.producer().status().brokers())
                    .extracting(ProducerStatus.Broker::name, ProducerStatus.Broker::address)
                    .containsExactly(tuple("broker-a", broker()));
        }
    }

    @Test
    void theApplicationsMapperIsAskedOutsideEventLoops() {
        Queue<String> asked = new ConcurrentLinkedQueue<>();
        BrokerAddressMapper mapper = (name, address) -> {
            asked.add(Thread.currentThread().getName() + " " + name + " " + address);
            return broker();
        };
        route(INSIDE);

        try (ProducerUnderTest put =
                ProducerUnderTest.start(cluster.nameServers(), settings -> settings.brokerAddressMapper(mapper))) {
            put.producer().send(message(), within(2000));

            assertThat(asked)
                    .isNotEmpty()
                    .allMatch(line -> line.matches("mq-producer-" + put.name() + "-dns-\\d+ broker-a " + INSIDE));
        }
    }

    @Test
    void aBrokerWhoseMapperFailsIsLeftOutAndTheOthersUsed() {
        BrokerAddressMapper mapper = (name, address) -> {
            if (name.equals("broker-a")) {
                throw new IllegalStateException("no idea");
            }
            return address;
        };
        try (LogRecorder logs = LogRecorder.of("io.mqproducer.internal.route.RouteLookup");
                ProducerUnderTest put = ProducerUnderTest.start(
                        cluster.nameServers(),
                        settings -> settings.brokerAddressMapper(mapper)
                                .connectionRouteRefreshInterval(Duration.ofMillis(50)))) {
            for (int i = 0; i < 20; i++) {
                SendResult result = put.producer().send(message(), within(2000));

                assertThat(result.queue().brokerName()).isEqualTo("broker-b");
            }
            int asked = cluster.nameServer().requests(Probe.GET_ROUTE).size();
            cluster.nameServer().awaitRequests(Probe.GET_ROUTE, asked + 3, Duration.ofSeconds(3));
            assertThat(logs.lines())
                    .singleElement()
                    .asString()
                    .startsWith("route of T: brokers are left out, [broker-a: broker address mapper fails at ")
                    .endsWith("no idea]");
        }
        assertThat(cluster.broker(0).requests(Probe.SEND_MESSAGE_V2)).isEmpty();
    }

    @Test
    void whatWasGoodStaysWhenTheMapperFailsLater() {
        AtomicBoolean fails = new AtomicBoolean();
        BrokerAddressMapper mapper = (name, address) -> fails.get() ? null : address;

        try (ProducerUnderTest put = ProducerUnderTest.start(
                cluster.nameServers(),
                settings ->
                        settings.brokerAddressMapper(mapper).connectionRouteRefreshInterval(Duration.ofMillis(30)))) {
            put.producer().send(message(), within(2000));
            fails.set(true);
            int asked = cluster.nameServer().requests(Probe.GET_ROUTE).size();
            cluster.nameServer().awaitRequests(Probe.GET_ROUTE, asked + 4, Duration.ofSeconds(3));

            put.producer().send(message(), within(2000));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254:10911",
                "0.0.0.0:10911",
                "224.0.0.1:10911",
                "file:///etc/passwd",
                "h:99999",
                "a\\r\\nb:1",
                "h:0"
            })
    void s12_aRouteThatLeadsWhereNoBrokerCanBeIsNoRoute(String address) {
        route(address);

        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            MQProducerException failure = SendVia.SYNC.failure(put.producer(), message(), within(1000));

            assertThat(failure).isInstanceOf(MessageNotStoredException.class);
            assertThat(failure.kind()).isEqualTo(FailureKind.NO_ROUTE);
            assertThat(failure).hasMessageContaining("no writable master, [broker-a: address ");
        }
    }

    @Test
    void theVipChannelIsThePortMinusTwo() {
        try (ProducerUnderTest put =
                ProducerUnderTest.start(cluster.nameServers(), settings -> settings.vipChannelEnabled(true))) {
            route("127.0.0.1:" + (cluster.broker(0).port() + 2));

            put.producer().send(message(), within(2000));

            assertThat(cluster.messages(TOPIC)).hasSize(1);
        }
    }

    @Test
    void theVipChannelNeedsAPortFromThree() {
        route("127.0.0.1:2");

        try (ProducerUnderTest put =
                ProducerUnderTest.start(cluster.nameServers(), settings -> settings.vipChannelEnabled(true))) {
            MQProducerException failure = SendVia.SYNC.failure(put.producer(), message(), within(1000));

            assertThat(failure.kind()).isEqualTo(FailureKind.NO_ROUTE);
            assertThat(failure).hasMessageContaining("vip-channel-enabled needs a port of at least 3, got 127.0.0.1:2");
        }
    }

    @ParameterizedTest
    @CsvSource({"nowhere, h:1", "h:1, nowhere"})
    void aMappingThatCannotBeIsNamedWhenTheProducerIsBuilt(String from, String to) {
        assertThatThrownBy(() -> MQProducer.builder("PG")
                        .connectionBrokerAddressMapping(Map.of(from, to))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("connection.broker-address-mapping: address must be host:port, got 'nowhere'");
    }

    @Test
    void d10_theZoneIsToldToNameServersSoThatTheyLeaveOutOtherBrokers() {
        try (ProducerUnderTest put =
                ProducerUnderTest.start(cluster.nameServers(), settings -> settings.zone("zone-1"))) {
            put.producer().send(message(), within(2000));

            assertThat(cluster.nameServer().requests(Probe.GET_ROUTE))
                    .isNotEmpty()
                    .allSatisfy(asked -> {
                        assertThat(asked.field("__ZONE_NAME")).isEqualTo("zone-1");
                        assertThat(asked.field("__ZONE_MODE")).isEqualTo("true");
                    });
        }
    }
}
