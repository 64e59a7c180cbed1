package io.mqproducer;

import static io.mqproducer.Eventually.await;
import static io.mqproducer.Probe.SEND_MESSAGE_V2;
import static io.mqproducer.Probe.TOPIC;
import static io.mqproducer.Probe.assertEndedAtDeadline;
import static io.mqproducer.Probe.message;
import static io.mqproducer.Probe.millisSince;
import static io.mqproducer.Probe.to;
import static io.mqproducer.Probe.within;
import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.exception.MQProducerException;
import io.mqproducer.exception.MessageMaybeStoredException;
import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Outcome;
import io.mqproducer.message.SendResult;
import io.mqproducer.test.peer.FakeCluster;
import io.mqproducer.test.peer.Hold;
import io.mqproducer.test.peer.RecordedMessage;
import io.mqproducer.test.peer.Script;
import io.mqproducer.test.peer.ScriptedPeer;
import io.mqproducer.test.peer.codec.RouteJson;
import io.mqproducer.test.proxy.BlackholedPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** F15 and F20 to F23, F28: brokers that cannot be connected to, and connections that end. */
class BrokerConnectionFaultsIT {

    private final FakeCluster cluster = FakeCluster.start(2);
    private final ScriptedPeer first = cluster.broker(0);
    private final ScriptedPeer second = cluster.broker(1);

    @BeforeAll
    static void warmUp() {
        Probe.warmUp();
    }

    @AfterEach
    void closeCluster() {
        cluster.close();
    }

    private void onlyBrokerA() {
        cluster.route(TOPIC, RouteJson.of("broker-a", first.address(), 4));
    }

    // ---- refused

    @ParameterizedTest
    @EnumSource
    void f15a_theOnlyBrokerRefusesUntilTheDeadline(SendVia via) {
        onlyBrokerA();
        first.stopListening();

        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            long start = System.nanoTime();
            MQProducerException failure = via.failure(put.producer(), message(), within(700));

            assertEndedAtDeadline(start, 700);
            assertThat(failure)
                    .isInstanceOf(MessageNotStoredException.class)
                    .hasMessageContaining("cannot connect to broker-a@" + first.address() + ": refused");
            assertThat(failure.kind()).isEqualTo(FailureKind.CONNECT_FAILED);
            assertThat(failure.attempts()).hasSizeGreaterThan(1);
        }
    }

    @Test
    void f15a_sendsSucceedSoonAfterTheBrokerComesBack() {
        onlyBrokerA();
        first.stopListening();

        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            SendVia.SYNC.failure(put.producer(), message(), within(1500));
            first.listenAgain();
            SendResult result = put.producer().send(message(), within(2000));

            assertThat(result.mayBeDuplicate()).isFalse();
            assertThat(cluster.messages(TOPIC)).hasSize(1);
        }
    }

    @Test
    void f15a_isTriedOnceWhenNoRetriesAreAllowed() {
        onlyBrokerA();
        first.stopListening();

        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            MQProducerException failure =
                    SendVia.SYNC.failure(put.producer(), message(), within(2000).withMaxRetries(0));

            assertThat(failure.kind()).isEqualTo(FailureKind.CONNECT_FAILED);
            assertThat(failure.attempts()).hasSize(1);
        }
    }

    @Test
    void f15b_noSendFailsWhenOneOfTwoBrokersRefusesAndItIsSetAsideAndTriedAgain() {
        first.stopListening();

        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            put.producer().send(message(), within(2000));
            for (int i = 0; i < 50; i++) {
                long start = System.nanoTime();
                SendResult result = put.producer().send(message(), within(2000));

                assertThat(millisSince(start)).isLessThan(200);
                assertThat(result.queue().brokerName()).isEqualTo("broker-b");
                assertThat(result.mayBeDuplicate()).isFalse();
            }
            assertThat(put.producer().status().brokers())
                    .filteredOn(broker -> broker.name().equals("broker-a"))
                    .allSatisfy(broker -> assertThat(broker.isolatedFor()).isPositive());
            first.listenAgain();

            await(
                    "broker-a being used again",
                    Duration.ofSeconds(2),
                    () -> put.producer()
                            .send(message(), within(2000))
                            .queue()
                            .brokerName()
                            .equals("broker-a"));
            assertThat(put.count(Outcome.NOT_STORED)).isZero();
        }
    }

    @Test
    void f20_aBrokerThatRefusesDoesNotDisturbWhatIsInFlightOnAnother() {
        second.stopListening();
        Hold held = first.hold(SEND_MESSAGE_V2);

        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            List<CompletableFuture<SendResult>> inFlight = IntStream.range(0, 100)
                    .mapToObj(i -> put.producer().sendAsync(message(), to("broker-a", i % 4)))
                    .toList();
            held.await(100, Duration.ofSeconds(2));
            MQProducerException refused = SendVia.SYNC.failure(
                    put.producer(), message(), to("broker-b", 0).withTimeout(Duration.ofMillis(300)));
            held.end();

            assertThat(refused.kind()).isEqualTo(FailureKind.CONNECT_FAILED);
            assertThat(inFlight)
                    .allSatisfy(sent -> assertThat(sent)
                            .succeedsWithin(Duration.ofSeconds(1))
                            .satisfies(result -> assertThat(result.attempts()).isEqualTo(1)));
            assertThat(first.connections().accepted()).isEqualTo(1);
        }
    }

    @Test
    void f21_aThousandSendersShareOneConnectThatIsSwallowedAndKeepTheirOwnTime() {
        try (BlackholedPort blackhole = BlackholedPort.open();
                ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            cluster.route(TOPIC, RouteJson.of("broker-x", blackhole.address(), 4));
            long start = System.nanoTime();
            List<CompletableFuture<SendResult>> sends = IntStream.range(0, 1000)
                    .mapToObj(i -> put.producer().sendAsync(message(), within(800)))
                    .toList();
            await("a connect", Duration.ofSeconds(1), () -> connectsUnderWay(blackhole.port()) > 0);
            assertThat(connectsUnderWay(blackhole.port())).isEqualTo(1);

            assertThat(sends)
                    .allSatisfy(sent -> assertThat(sent)
                            .failsWithin(Duration.ofSeconds(3))
                            .withThrowableThat()
                            .withCauseInstanceOf(MessageNotStoredException.class)
                            .withMessageContaining("no answer within 800 ms")
                            .withMessageContaining("connection not open yet"));
            assertThat(millisSince(start)).isBetween(790L, 1300L);
            assertThat(connectsUnderWay(blackhole.port())).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void f21_aConnectThatIsSwallowedIsGivenUpAtItsOwnLimit() {
        try (BlackholedPort blackhole = BlackholedPort.open();
                ProducerUnderTest put = ProducerUnderTest.start(
                        cluster.nameServers(), settings -> settings.connectionConnectTimeout(Duration.ofMillis(200)))) {
            cluster.route(TOPIC, RouteJson.of("broker-x", blackhole.address(), 4));
            MQProducerException failure = SendVia.SYNC.failure(put.producer(), message(), within(700));

            assertThat(failure)
                    .isInstanceOf(MessageNotStoredException.class)
                    .hasMessageContaining("cannot connect to broker-x@" + blackhole.address())
                    .hasMessageContaining("no connection in 200 ms");
            assertThat(failure.kind()).isEqualTo(FailureKind.CONNECT_FAILED);
        }
    }

    /** Sockets of this machine that have sent a SYN to the port and got no answer. */
    private static long connectsUnderWay(int port) {
        String remote = String.format(":%04X", port);
        try (var lines = Stream.concat(Files.lines(Path.of("/proc/net/tcp")), Files.lines(Path.of("/proc/net/tcp6")))) {
            return lines.map(line -> line.trim().split("\\s+"))
                    .filter(field -> field[2].endsWith(remote) && field[3].equals("02"))
                    .count();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    // ---- lost

    @Test
    void f22_aConnectionResetInTheMiddleOfAnAnswerIsReplacedAndTheSendRepeated() {
        onlyBrokerA();
        Script stores = first.script(SEND_MESSAGE_V2);
        Script half = request -> stores.reply(request).truncated(20).thenReset();
        first.on(SEND_MESSAGE_V2, Script.sequence(half, stores));

        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            SendResult result = put.producer().send(message(), within(2000));

            assertThat(result.mayBeDuplicate()).isTrue();
            assertThat(result.attempts()).isEqualTo(2);
            assertThat(cluster.messages(TOPIC))
                    .hasSize(2)
                    .extracting(RecordedMessage::uniqueKey)
                    .containsOnly(result.msgId());
            assertThat(first.connections().accepted()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void f22_aConnectionResetInTheMiddleOfAnAnswerIsMaybeStoredAtOnce(SendVia via) {
        onlyBrokerA();
        Script stores = first.script(SEND_MESSAGE_V2);
        first.on(SEND_MESSAGE_V2, request -> stores.reply(request).truncated(20).thenReset());

        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            long start = System.nanoTime();
            MQProducerException failure =
                    via.failure(put.producer(), message(), within(3000).withRetryAfterMaybeStored(false));

            assertThat(millisSince(start)).isLessThan(500);
            assertLost(failure);
            assertThat(first.requests(SEND_MESSAGE_V2)).hasSize(1);
        }
    }

    private void assertLost(MQProducerException failure) {
        assertThat(failure)
                .isInstanceOf(MessageMaybeStoredException.class)
                .hasMessageContaining("connection to broker-a@" + first.address() + " lost after ")
                .hasMessageContaining(" ms in flight");
        assertThat(failure.kind()).isEqualTo(FailureKind.CONNECTION_LOST);
    }

    @Test
    void f23_allInFlightFailAtOnceWhenTheBrokerClosesWithoutAnswers() {
        onlyBrokerA();
        Hold held = first.hold(SEND_MESSAGE_V2);

        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            List<CompletableFuture<SendResult>> inFlight = sendToBrokerA(put, false);
            held.await(500, Duration.ofSeconds(2));
            long start = System.nanoTime();
            first.closeConnections();

            assertThat(inFlight)
                    .allSatisfy(sent -> assertThat(sent)
                            .failsWithin(Duration.ofSeconds(5))
                            .withThrowableThat()
                            .satisfies(e -> assertLost((MQProducerException) e.getCause())));
            assertThat(millisSince(start)).isLessThan(500);
        }
    }

    @Test
    void f23_allInFlightAreRepeatedWhenTheBrokerClosesWithoutAnswers() {
        onlyBrokerA();
        Script stores = first.script(SEND_MESSAGE_V2);
        Hold held = first.hold(SEND_MESSAGE_V2);

        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            List<CompletableFuture<SendResult>> inFlight = sendToBrokerA(put, true);
            held.await(500, Duration.ofSeconds(2));
            first.on(SEND_MESSAGE_V2, stores);
            long start = System.nanoTime();
            first.closeConnections();

            assertThat(inFlight)
                    .allSatisfy(sent -> assertThat(sent)
                            .succeedsWithin(Duration.ofSeconds(5))
                            .satisfies(result ->
                                    assertThat(result.mayBeDuplicate()).isTrue()));
            assertThat(millisSince(start)).isLessThan(1000);
            assertThat(cluster.messages(TOPIC))
                    .extracting(RecordedMessage::uniqueKey)
                    .containsExactlyInAnyOrderElementsOf(
                            inFlight.stream().map(sent -> sent.join().msgId()).toList());
        }
    }

    private static List<CompletableFuture<SendResult>> sendToBrokerA(ProducerUnderTest put, boolean repeat) {
        return IntStream.range(0, 500)
                .mapToObj(i -> put.producer()
                        .sendAsync(message(), to("broker-a", i % 4).withRetryAfterMaybeStored(repeat)))
                .toList();
    }

    @Test
    void f28_theFirstSendAfterTheBrokerClosedAnIdleConnectionShowsNothingOfIt() {
        onlyBrokerA();

        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            for (int i = 0; i < 20; i++) {
                put.producer().send(message(), within(2000));
                first.closeConnections();
                await(
                        "the end of the connection",
                        Duration.ofSeconds(1),
                        () -> put.producer().status().brokers().stream().noneMatch(ProducerStatus.Broker::connected));
                long start = System.nanoTime();
                SendResult result = put.producer().send(message(), within(2000));

                assertThat(millisSince(start)).isLessThan(200);
                assertThat(result.attempts()).isEqualTo(1);
                assertThat(result.mayBeDuplicate()).isFalse();
            }
        }
    }

    @Test
    void f28_aSendThatCrossesTheEndOfAnIdleConnectionSucceeds() {
        onlyBrokerA();

        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            for (int i = 0; i < 20; i++) {
                put.producer().send(message(), within(2000));
                first.closeConnections();
                long start = System.nanoTime();
                put.producer().send(message(), within(2000));

                assertThat(millisSince(start)).isLessThan(400);
            }
        }
    }
}
