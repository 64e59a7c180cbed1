package io.mqproducer;

import static io.mqproducer.Eventually.await;
import static io.mqproducer.Probe.SEND_MESSAGE_V2;
import static io.mqproducer.Probe.TOPIC;
import static io.mqproducer.Probe.message;
import static io.mqproducer.Probe.millisSince;
import static io.mqproducer.Probe.to;
import static io.mqproducer.Probe.within;
import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.exception.MQProducerException;
import io.mqproducer.exception.MessageMaybeStoredException;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.SendResult;
import io.mqproducer.test.peer.FakeCluster;
import io.mqproducer.test.peer.Hold;
import io.mqproducer.test.peer.RecordedMessage;
import io.mqproducer.test.peer.Script;
import io.mqproducer.test.peer.ScriptedPeer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** F22, F23 and F28: connections to brokers that end, with answers outstanding and without. */
class LostConnectionsIT {

    private final FakeCluster cluster = FakeCluster.start(1);
    private final ScriptedPeer broker = cluster.broker(0);

    @BeforeAll
    static void warmUp() {
        Probe.warmUp();
    }

    @AfterEach
    void closeCluster() {
        cluster.close();
    }

    @Test
    void f22_aConnectionResetInTheMiddleOfAnAnswerIsReplacedAndTheSendRepeated() {
        Script stores = broker.script(SEND_MESSAGE_V2);
        Script half = request -> stores.reply(request).truncated(20).thenReset();
        broker.on(SEND_MESSAGE_V2, Script.sequence(half, stores));

        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            SendResult result = put.producer().send(message(), within(2000));

            assertThat(result.mayBeDuplicate()).isTrue();
            assertThat(result.attempts()).isEqualTo(2);
            assertThat(cluster.messages(TOPIC))
                    .hasSize(2)
                    .extracting(RecordedMessage::uniqueKey)
                    .containsOnly(result.msgId());
            assertThat(broker.connections().accepted()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void f22_aConnectionResetInTheMiddleOfAnAnswerIsMaybeStoredAtOnce(SendVia via) {
        Script stores = broker.script(SEND_MESSAGE_V2);
        broker.on(
                SEND_MESSAGE_V2, request -> stores.reply(request).truncated(20).thenReset());

        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            long start = System.nanoTime();
            MQProducerException failure =
                    via.failure(put.producer(), message(), within(3000).withRetryAfterMaybeStored(false));

            assertThat(millisSince(start)).isLessThan(500);
            assertLost(failure);
            assertThat(broker.requests(SEND_MESSAGE_V2)).hasSize(1);
        }
    }

    private void assertLost(MQProducerException failure) {
        assertThat(failure)
                .isInstanceOf(MessageMaybeStoredException.class)
                .hasMessageContaining("connection to broker-a@" + broker.address() + " lost after ")
                .hasMessageContaining(" ms in flight");
        assertThat(failure.kind()).isEqualTo(FailureKind.CONNECTION_LOST);
    }

    @Test
    void f23_allInFlightFailAtOnceWhenTheBrokerClosesWithoutAnswers() {
        Hold held = broker.hold(SEND_MESSAGE_V2);

        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            List<CompletableFuture<SendResult>> inFlight = sendToBrokerA(put, false);
            held.await(500, Duration.ofSeconds(2));
            long start = System.nanoTime();
            broker.closeConnections();

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
        Script stores = broker.script(SEND_MESSAGE_V2);
        Hold held = broker.hold(SEND_MESSAGE_V2);

        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            List<CompletableFuture<SendResult>> inFlight = sendToBrokerA(put, true);
            held.await(500, Duration.ofSeconds(2));
            broker.on(SEND_MESSAGE_V2, stores);
            long start = System.nanoTime();
            broker.closeConnections();

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
        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            for (int i = 0; i < 20; i++) {
                put.producer().send(message(), within(2000));
                broker.closeConnections();
                await(
                        "the end of the connection",
                        Duration.ofSeconds(5),
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
        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            for (int i = 0; i < 20; i++) {
                put.producer().send(message(), within(2000));
                broker.closeConnections();
                long start = System.nanoTime();
                put.producer().send(message(), within(2000));

                assertThat(millisSince(start)).isLessThan(400);
            }
        }
    }
}
