package io.mqproducer;

import static io.mqproducer.Probe.TOPIC;
import static io.mqproducer.Probe.message;
import static io.mqproducer.Probe.millisSince;
import static io.mqproducer.Probe.within;
import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.exception.MQProducerException;
import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.internal.Threads;
import io.mqproducer.internal.remoting.HostResolver;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Message;
import io.mqproducer.message.Outcome;
import io.mqproducer.message.SendResult;
import io.mqproducer.test.peer.FakeCluster;
import io.mqproducer.test.peer.codec.RouteJson;
import io.mqproducer.test.proxy.BlackholedPort;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Servers known by name: names with several addresses, that change, or that nobody can look up. */
class HostNamesIT {

    private static final String HOST = "broker.invalid";

    private final FakeCluster cluster = FakeCluster.start(2);
    private final CountDownLatch hang = new CountDownLatch(1);

    @BeforeAll
    static void warmUp() {
        Probe.warmUp();
    }

    @AfterEach
    void closeCluster() {
        hang.countDown();
        cluster.close();
    }

    private ProducerUnderTest start(HostResolver.Lookup lookup) {
        return ProducerUnderTest.start(cluster.nameServers(), settings -> settings.hostLookup(lookup));
    }

    private static InetAddress loopback(int last) throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
    }

    private int port() {
        return cluster.broker(0).port();
    }

    @Test
    void allAddressesOfANameAreTriedInsideTheDeadlineAndTheGoodOneComesFirstTheNextTime() throws Exception {
        cluster.route(TOPIC, RouteJson.of("broker-a", HOST + ":" + port(), 4));
        InetAddress[] addresses = {loopback(2), loopback(3), loopback(1)}; // the first two refuse

        try (ProducerUnderTest put = start(host -> addresses)) {
            put.producer().send(message(), within(2000));
            assertThat(put.attempts()).hasSize(1);

            try (Door first = new Door(new InetSocketAddress(loopback(2), port()), port())) {
                cluster.broker(0).closeConnections();
                for (int i = 0; i < 20; i++) {
                    put.producer().send(message(), within(2000));
                }
                assertThat(first.accepted())
                        .as("connects to an address that was not the good one")
                        .isZero();
            }
        }
    }

    @Test
    void anAddressThatSwallowsConnectsLeavesTimeForTheOthers() throws Exception {
        try (BlackholedPort swallowing = BlackholedPort.open();
                Door door = new Door(new InetSocketAddress(loopback(2), swallowing.port()), port());
                ProducerUnderTest put = ProducerUnderTest.start(
                        cluster.nameServers(),
                        settings -> settings.hostLookup(host -> new InetAddress[] {loopback(1), loopback(2)})
                                .connectionConnectTimeout(Duration.ofSeconds(1)))) {
            cluster.route(TOPIC, RouteJson.of("broker-a", HOST + ":" + swallowing.port(), 4));
            long start = System.nanoTime();
            put.producer().send(message(), within(2500));

            assertThat(millisSince(start)).isBetween(490L, 500 + Probe.SLACK_MILLIS);
            assertThat(put.attempts()).hasSize(1);
            assertThat(door.accepted()).isEqualTo(1);
        }
    }

    @Test
    void f14_aNameIsLookedUpAnewForEachConnection() throws Exception {
        cluster.route(TOPIC, RouteJson.of("broker-a", HOST + ":" + port(), 4));
        AtomicInteger lookUps = new AtomicInteger();

        try (Door moved = new Door(new InetSocketAddress(loopback(2), port()), port());
                ProducerUnderTest put =
                        start(host -> new InetAddress[] {loopback(lookUps.incrementAndGet() == 1 ? 1 : 2)})) {
            put.producer().send(message(), within(2000));
            cluster.broker(0).closeConnections();
            put.producer().send(message(), within(2000));

            assertThat(moved.accepted()).isEqualTo(1);
            assertThat(lookUps).hasValue(2);
        }
    }

    @Test
    void f14_aNameThatNobodyKnowsFailsWithThatAsTheCause() {
        cluster.route(TOPIC, RouteJson.of("broker-a", HOST + ":1", 4));

        try (ProducerUnderTest put = start(host -> {
            throw new UnknownHostException(host);
        })) {
            MQProducerException failure = SendVia.SYNC.failure(put.producer(), message(), within(500));

            assertThat(failure).isInstanceOf(MessageNotStoredException.class);
            assertThat(failure.kind()).isEqualTo(FailureKind.CONNECT_FAILED);
            assertThat(failure).hasMessageContaining("unknown host " + HOST);
        }
    }

    /** However often it is tried, and however many names hang. */
    @Test
    void f14_aLookUpThatHangsCostsTheSendsToOtherBrokersNothing() throws Exception {
        cluster.route("hanging", RouteJson.of("broker-a", HOST + ":1", 4));
        try (ProducerUnderTest put = ProducerUnderTest.start(
                cluster.nameServers(),
                settings -> settings.connectionConnectTimeout(Duration.ofMillis(100))
                        .hostLookup(host -> {
                            if (host.equals(HOST)) {
                                Threads.await(hang);
                            }
                            return new InetAddress[] {loopback(1)};
                        }))) {
            put.producer().send(message(), within(2000));
            CompletableFuture<SendResult> hanging =
                    put.producer().sendAsync(Message.of("hanging", new byte[1]), within(1500));

            long start = System.nanoTime();
            long slowest = 0;
            int sent = 0;
            while (millisSince(start) < 1200) {
                long begun = System.nanoTime();
                put.producer().send(message(), within(2000));
                slowest = Math.max(slowest, System.nanoTime() - begun);
                sent++;
            }
            assertThat(TimeUnit.NANOSECONDS.toMillis(slowest)).isLessThan(Probe.SLACK_MILLIS);
            assertThat(sent).isGreaterThan(100);
            assertThat(hanging).failsWithin(Duration.ofMillis(300 + Probe.SLACK_MILLIS + 500));
            assertThat(put.count(Outcome.NOT_STORED)).isEqualTo(1);
            assertThat(millisSince(start)).isBetween(1490L, 1500 + Probe.SLACK_MILLIS);
            cluster.route(
                    "named",
                    RouteJson.of(
                            "broker-b", "other.invalid:" + cluster.broker(1).port(), 4));
            put.producer().send(Message.of("named", new byte[1]), within(1000));
            hang.countDown();
        }
    }
}
