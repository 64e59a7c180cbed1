package io.mqproducer;

import static io.mqproducer.Eventually.await;
import static io.mqproducer.Probe.GET_ROUTE;
import static io.mqproducer.Probe.SEND_MESSAGE_V2;
import static io.mqproducer.Probe.TOPIC;
import static io.mqproducer.Probe.assertEndedAtDeadline;
import static io.mqproducer.Probe.message;
import static io.mqproducer.Probe.millisSince;
import static io.mqproducer.Probe.within;
import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.exception.MQProducerException;
import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.SendResult;
import io.mqproducer.test.peer.FakeCluster;
import io.mqproducer.test.peer.Hold;
import io.mqproducer.test.peer.Reply;
import io.mqproducer.test.peer.Request;
import io.mqproducer.test.peer.ScriptedPeer;
import io.mqproducer.test.peer.codec.RouteJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** F11 and F12: topics that do not exist, and how often is asked for one. */
class TopicLookUpIT {

    private static final int TOPIC_NOT_EXIST = 17;

    private final FakeCluster cluster = FakeCluster.start(1, 8);

    @BeforeAll
    static void warmUp() {
        Probe.warmUp();
    }

    @AfterEach
    void closeCluster() {
        cluster.close();
    }

    // ---- topics are not created on demand

    @ParameterizedTest
    @EnumSource
    void f11_anUnknownTopicFailsAtOnceAfterEveryNameServerWasAskedOnce(SendVia via) {
        cluster.withoutTopic(TOPIC);
        try (ScriptedPeer other = ScriptedPeer.start().on(GET_ROUTE, Reply.code(TOPIC_NOT_EXIST));
                ProducerUnderTest put = strict(cluster.nameServers() + ";" + other.address())) {
            long start = System.nanoTime();
            MQProducerException failure = via.failure(put.producer(), message(), within(3000));

            assertThat(millisSince(start)).isLessThan(500);
            assertThat(failure)
                    .isInstanceOf(MessageNotStoredException.class)
                    .hasMessageContaining("No route info of this topic: T")
                    .hasMessageContaining(cluster.nameServers())
                    .hasMessageContaining(other.address());
            assertThat(failure.kind()).isEqualTo(FailureKind.NO_ROUTE);
            assertThat(lookUps(cluster.nameServer(), TOPIC)).hasSize(1);
            assertThat(lookUps(other, TOPIC)).hasSize(1);
        }
    }

    @Test
    void f11_thatATopicIsUnknownIsRememberedAMomentAndThenSeenAnew() {
        cluster.withoutTopic(TOPIC);
        try (ProducerUnderTest put = strict(cluster.nameServers())) {
            SendVia.SYNC.failure(put.producer(), message(), within(2000));
            SendVia.SYNC.failure(put.producer(), message(), within(2000));
            assertThat(lookUps(cluster.nameServer(), TOPIC)).hasSize(1);

            cluster.route(TOPIC, cluster.defaultRoute());
            await("the new topic", Duration.ofSeconds(1), () -> isSent(put));
        }
    }

    private static boolean isSent(ProducerUnderTest put) {
        try {
            put.producer().send(message(), within(1000));
            return true;
        } catch (MessageNotStoredException e) {
            return false;
        }
    }

    @Test
    void f11_aThousandSendersOfAnUnknownTopicAskAtMostFiveTimesASecond() {
        cluster.withoutTopic(TOPIC);
        try (ProducerUnderTest put = strict(cluster.nameServers())) {
            long start = System.nanoTime();
            while (millisSince(start) < 1500) {
                List<CompletableFuture<SendResult>> sends = new ArrayList<>();
                for (int i = 0; i < 1000; i++) {
                    sends.add(put.producer().sendAsync(message(), within(3000)));
                }
                assertThat(sends)
                        .allSatisfy(send -> assertThat(send)
                                .failsWithin(Duration.ofSeconds(2))
                                .withThrowableThat()
                                .withCauseInstanceOf(MessageNotStoredException.class));
            }

            List<Request> asked = lookUps(cluster.nameServer(), TOPIC);
            assertThat(asked)
                    .allSatisfy(from -> assertThat(asked)
                            .filteredOn(one -> isWithinASecondAfter(from, one))
                            .hasSizeLessThanOrEqualTo(5));
        }
    }

    private static boolean isWithinASecondAfter(Request from, Request one) {
        long after = one.nanoTime() - from.nanoTime();
        return after >= 0 && after < TimeUnit.SECONDS.toNanos(1);
    }

    private static ProducerUnderTest strict(String nameServers) {
        return ProducerUnderTest.start(nameServers, settings -> settings.autoCreateTopics(false));
    }

    @Test
    void f11_namesNoTopicToCreateByWhenTopicsAreNotCreatedOnDemand() {
        try (ProducerUnderTest put = strict(cluster.nameServers())) {
            put.producer().send(message(), within(2000));

            Request sent = cluster.broker(0).requests(SEND_MESSAGE_V2).get(0);
            assertThat(sent.field("c")).isNotEqualTo("TBW102");
        }
    }

    // ---- topics are created on demand

    @Test
    void f11_anUnknownTopicIsSentByTheRouteOfTheTopicThatCreatesOthers() {
        cluster.withoutTopic(TOPIC);
        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            for (int i = 0; i < 16; i++) {
                put.producer().send(message(), within(2000));
            }

            assertThat(cluster.broker(0).requests(SEND_MESSAGE_V2))
                    .hasSize(16)
                    .allSatisfy(sent -> assertThat(sent.field("b")).isEqualTo(TOPIC))
                    .allSatisfy(sent -> assertThat(sent.field("c")).isEqualTo("TBW102"))
                    .allSatisfy(sent -> assertThat(sent.field("d")).isEqualTo("4"))
                    .allSatisfy(sent -> assertThat(sent.intField("e")).isBetween(0, 3));
            assertThat(lookUps(cluster.nameServer(), TOPIC)).hasSize(1);
        }
    }

    @Test
    void f11_theNumberOfQueuesToCreateIsConfigurable() {
        cluster.withoutTopic(TOPIC);
        try (ProducerUnderTest put =
                ProducerUnderTest.start(cluster.nameServers(), settings -> settings.defaultTopicQueues(1))) {
            put.producer().send(message(), within(2000));
            put.producer().send(message(), within(2000));

            assertThat(cluster.broker(0).requests(SEND_MESSAGE_V2))
                    .allSatisfy(sent -> assertThat(sent.field("d")).isEqualTo("1"))
                    .allSatisfy(sent -> assertThat(sent.field("e")).isEqualTo("0"));
        }
    }

    @Test
    void f11_theRouteOfTheCreatedTopicReplacesTheBorrowedOne() {
        cluster.withoutTopic(TOPIC);
        try (ProducerUnderTest put = ProducerUnderTest.start(
                cluster.nameServers(), settings -> settings.connectionRouteRefreshInterval(Duration.ofMillis(50)))) {
            put.producer().send(message(), within(2000));
            cluster.route(TOPIC, RouteJson.of("broker-a", cluster.broker(0).address(), 6));

            await(
                    "six queues",
                    Duration.ofSeconds(2),
                    () -> put.producer().status().routes().stream().anyMatch(route -> route.queues() == 6));
        }
    }

    @Test
    void f11_failsWhenNoBrokerCreatesTopicsEither() {
        cluster.withoutTopic(TOPIC).withoutTopic("TBW102");
        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            long start = System.nanoTime();
            MQProducerException failure = SendVia.SYNC.failure(put.producer(), message(), within(3000));

            assertThat(millisSince(start)).isLessThan(500);
            assertThat(failure).hasMessageContaining("No route info of this topic: T");
            assertThat(failure.kind()).isEqualTo(FailureKind.NO_ROUTE);
        }
    }

    // ---- many ask at once

    @Test
    void f12_aHundredThreadsShareOneLookUp() {
        Hold lookUps = cluster.nameServer().hold(GET_ROUTE);
        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            List<CompletableFuture<SendResult>> sends = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                CompletableFuture<SendResult> sent = new CompletableFuture<>();
                new Thread(() -> sent.completeAsync(() -> put.producer().send(message(), within(3000)), Runnable::run))
                        .start();
                sends.add(sent);
            }
            await(
                    "all sends",
                    Duration.ofSeconds(2),
                    () -> put.producer().status().inFlightMessages() == 100);
            await(
                    "a look-up",
                    Duration.ofSeconds(2),
                    () -> !lookUps(cluster.nameServer(), TOPIC).isEmpty());
            lookUps.end();

            assertThat(sends).allSatisfy(sent -> assertThat(sent).succeedsWithin(Duration.ofSeconds(2)));
            assertThat(lookUps(cluster.nameServer(), TOPIC)).hasSize(1);
        }
    }

    @Test
    void f12_oneWhoHasMoreTimeIsNotFailedByTheLookUpOfOneWhoHasLess() {
        Hold lookUps = cluster.nameServer().hold(GET_ROUTE);
        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            CompletableFuture<SendResult> hasty =
                    put.producer().sendAsync(message(), within(50).withMaxRetries(0));
            CompletableFuture<SendResult> patient =
                    put.producer().sendAsync(message(), within(2000).withMaxRetries(0));
            assertThat(hasty).failsWithin(Duration.ofSeconds(1));
            await(
                    "another look-up",
                    Duration.ofSeconds(1),
                    () -> lookUps(cluster.nameServer(), TOPIC).size() == 2);
            assertThat(patient).isNotDone();

            lookUps.end();

            assertThat(patient).succeedsWithin(Duration.ofSeconds(1));
        }
    }

    @Test
    void f12_oneWhoHasMoreTimeThanAnotherFailsAtItsOwnDeadline() {
        cluster.nameServer().on(GET_ROUTE, Reply.never());
        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            CompletableFuture<SendResult> hasty =
                    put.producer().sendAsync(message(), within(50).withMaxRetries(0));
            long start = System.nanoTime();
            MQProducerException failure =
                    SendVia.SYNC.failure(put.producer(), message(), within(500).withMaxRetries(0));

            assertEndedAtDeadline(start, 500);
            assertThat(failure.kind()).isEqualTo(FailureKind.NAME_SERVER_UNAVAILABLE);
            assertThat(hasty).isCompletedExceptionally();
        }
    }

    private static List<Request> lookUps(ScriptedPeer nameServer, String topic) {
        return nameServer.requests(GET_ROUTE).stream()
                .filter(asked -> asked.field("topic").equals(topic))
                .toList();
    }
}
