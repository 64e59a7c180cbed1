package io.mqproducer;

import static io.mqproducer.Eventually.await;
import static io.mqproducer.Probe.GET_ROUTE;
import static io.mqproducer.Probe.assertEndedAtDeadline;
import static io.mqproducer.Probe.message;
import static io.mqproducer.Probe.millisSince;
import static io.mqproducer.Probe.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqproducer.exception.MQProducerException;
import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.exception.RequestFailedException;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Message;
import io.mqproducer.message.Outcome;
import io.mqproducer.message.SendResult;
import io.mqproducer.test.peer.FakeCluster;
import io.mqproducer.test.peer.Reply;
import io.mqproducer.test.peer.ScriptedPeer;
import io.mqproducer.test.proxy.BlackholedPort;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** F01, F03 to F06 and F13: name servers that are not there, do not answer, or are not ready. */
class NameServerFaultsIT {

    private final FakeCluster cluster = FakeCluster.start(1);

    @BeforeAll
    static void warmUp() {
        Probe.warmUp();
    }

    @AfterEach
    void closeCluster() {
        cluster.close();
    }

    // ---- all of them

    @ParameterizedTest
    @EnumSource
    void f01_sendsFailAtTheirDeadlineWhileEveryNameServerRefuses(SendVia via) {
        cluster.nameServer().stopListening();
        long beforeStart = System.nanoTime();

        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            assertThat(millisSince(beforeStart)).isLessThan(1000);
            long start = System.nanoTime();
            MQProducerException failure = via.failure(put.producer(), message(), within(600));

            assertEndedAtDeadline(start, 600);
            assertUnavailable(failure, cluster.nameServers() + ": refused");
        }
    }

    @Test
    void i10_f01_sendsSucceedSoonAfterANameServerComesUp() {
        cluster.nameServer().stopListening();

        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            SendVia.SYNC.failure(put.producer(), message(), within(1500));
            cluster.nameServer().listenAgain();
            SendResult result = put.producer().send(message(), within(2000));

            assertThat(result.mayBeDuplicate()).isFalse();
        }
    }

    @Test
    void f01_connectsAtMostFiveTimesASecondHoweverManySend() {
        ScriptedPeer nameServer = cluster.nameServer().onConnect(Reply.close());

        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            inThreads(50, i -> SendVia.SYNC.failure(put.producer(), message(), within(2500)));

            List<Long> accepted = nameServer.connections().acceptedAtNanos();
            for (long from : accepted) {
                assertThat(accepted)
                        .filteredOn(at -> at - from >= 0 && at - from < 1_000_000_000L)
                        .hasSizeLessThanOrEqualTo(5);
            }
        }
    }

    @Test
    void f01_failFastNamesEveryNameServerAndItsFault() {
        cluster.nameServer().stopListening();
        try (ScriptedPeer other = ScriptedPeer.start()) {
            other.stopListening();
            String addresses = cluster.nameServers() + ";" + other.address();

            try (ProducerUnderTest put = ProducerUnderTest.create(addresses, settings -> settings.failFast(true))) {
                assertThatThrownBy(() -> put.producer().start())
                        .isInstanceOfSatisfying(
                                RequestFailedException.class,
                                e -> assertThat(e.kind()).isEqualTo(FailureKind.NAME_SERVER_UNAVAILABLE))
                        .hasMessageContaining("no name server answered")
                        .hasMessageContaining(cluster.nameServers() + ": refused")
                        .hasMessageContaining(other.address() + ": refused");
                cluster.nameServer().listenAgain();
                put.producer().start();

                assertThat(put.producer().status().state()).isEqualTo(ProducerStatus.State.RUNNING);
            }
        }
    }

    @Test
    void f03_knownRoutesServeOnWhenEveryNameServerHasDied() {
        try (ProducerUnderTest put = ProducerUnderTest.start(
                cluster.nameServers(), settings -> settings.connectionRouteRefreshInterval(Duration.ofMillis(50)))) {
            put.producer().send(message(), within(2000));
            cluster.nameServer().crash();
            await(
                    "a failed refresh",
                    Duration.ofSeconds(3),
                    () -> put.producer().status().nameServers().stream()
                            .anyMatch(server -> server.lastFailure().isPresent()));

            for (int i = 0; i < 100; i++) {
                put.producer().send(message(), within(500));
            }
            MQProducerException failure =
                    SendVia.SYNC.failure(put.producer(), Message.of("Other", new byte[] {1}), within(300));
            Duration age = put.producer().status().routes().get(0).age();
            await(
                    "the route's age growing",
                    Duration.ofSeconds(1),
                    () -> put.producer().status().routes().get(0).age().compareTo(age) > 0);
            cluster.nameServer().listenAgain();

            assertUnavailable(failure, cluster.nameServers());
            assertThat(put.count(Outcome.ACKED)).isEqualTo(101);
            put.producer().send(Message.of("Other", new byte[] {1}), within(2000));
        }
    }

    // ---- one of two

    @Test
    void f04a_firstSendSucceedsAtOnceWhenOneNameServerRefuses() {
        try (ScriptedPeer bad = ScriptedPeer.start()) {
            bad.stopListening();

            assertFirstSendTakesAtMost(300, bad.address());
        }
    }

    @Test
    void f04b_firstSendSucceedsWhenOneNameServerIsMute() {
        try (ScriptedPeer bad = ScriptedPeer.start().on(GET_ROUTE, Reply.never())) {
            int asked = assertFirstSendTakesAtMost(1200, bad.address(), bad);

            assertThat(bad.requests(GET_ROUTE)).hasSize(asked);
        }
    }

    @Test
    void f04c_firstSendSucceedsWhenConnectsToOneNameServerAreSwallowed() {
        try (BlackholedPort bad = BlackholedPort.open()) {
            assertFirstSendTakesAtMost(1200, bad.address());
        }
    }

    @Test
    void f04_everyNameServerIsTriedInsideAShortDeadline() {
        try (ScriptedPeer bad = ScriptedPeer.start().on(GET_ROUTE, Reply.never());
                ProducerUnderTest put = ProducerUnderTest.start(bad.address() + ";" + cluster.nameServers())) {
            SendResult result = put.producer().send(message(), within(400));

            assertThat(result.attempts()).isEqualTo(1);
        }
    }

    private void assertFirstSendTakesAtMost(long millis, String bad) {
        assertFirstSendTakesAtMost(millis, bad, cluster.nameServer());
    }

    /** And later look-ups nothing; returns how often the bad one had been asked after the first. */
    private int assertFirstSendTakesAtMost(long millis, String bad, ScriptedPeer watched) {
        try (ProducerUnderTest put = ProducerUnderTest.start(bad + ";" + cluster.nameServers())) {
            long start = System.nanoTime();
            put.producer().send(message(), within(3000));
            assertThat(millisSince(start)).isLessThan(millis);
            int asked = watched.requests(GET_ROUTE).size();

            for (int i = 0; i < 10; i++) {
                long again = System.nanoTime();
                put.producer().send(Message.of("Topic" + i, new byte[] {1}), within(3000));
                assertThat(millisSince(again)).isLessThan(200);
            }
            return asked;
        }
    }

    // ---- silence

    @Test
    void f05_eachOfAHundredSendersWaitsItsOwnTimeForAMuteNameServer() {
        cluster.nameServer().on(GET_ROUTE, Reply.never());

        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            Queue<Long> times = new ConcurrentLinkedQueue<>();
            inThreads(100, i -> {
                long start = System.nanoTime();
                MQProducerException failure = SendVia.SYNC.failure(put.producer(), message(), within(500));
                times.add(millisSince(start));
                assertUnavailable(failure, cluster.nameServers() + ": no answer");
            });

            assertThat(times).hasSize(100).allSatisfy(time -> assertThat(time).isBetween(490L, 1000L));
        }
    }

    @ParameterizedTest
    @EnumSource
    void f05_aMuteNameServerIsNamedWithTheTimeItWasGiven(SendVia via) {
        cluster.nameServer().on(GET_ROUTE, Reply.never());

        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            long start = System.nanoTime();
            MQProducerException failure = via.failure(put.producer(), message(), within(1500));

            assertEndedAtDeadline(start, 1500);
            assertThat(failure).hasMessageMatching(".*: no answer in \\d+ ms.*");
        }
    }

    @ParameterizedTest
    @EnumSource
    void f06_aConnectThatIsSwallowedEndsWithTheDeadline(SendVia via) {
        try (BlackholedPort bad = BlackholedPort.open();
                ProducerUnderTest put = ProducerUnderTest.start(bad.address())) {
            long start = System.nanoTime();
            MQProducerException failure = via.failure(put.producer(), message(), within(500));

            assertEndedAtDeadline(start, 500);
            assertUnavailable(failure, bad.address());
        }
    }

    // ---- one that has only just started

    /** It says so by a code of which nobody may conclude that there is no such topic. */
    @Test
    void f13_aSendWaitsForANameServerThatIsNotReadyYet() {
        cluster.route(Probe.TOPIC, Reply.code(1, "name server not ready"));

        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            CompletableFuture<SendResult> sent = put.producer().sendAsync(message(), within(3000));
            cluster.nameServer().awaitRequests(GET_ROUTE, 2, Duration.ofSeconds(2));
            assertThat(sent).isNotDone();
            cluster.route(Probe.TOPIC, Reply.route(cluster.defaultRoute()));

            assertThat(sent).succeedsWithin(Duration.ofSeconds(3));
        }
    }

    @ParameterizedTest
    @EnumSource
    void f13_sendsFailAtTheirDeadlineWhileNoNameServerIsReady(SendVia via) {
        cluster.route(Probe.TOPIC, Reply.code(1, "name server not ready"));

        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            long start = System.nanoTime();
            MQProducerException failure = via.failure(put.producer(), message(), within(600));

            assertEndedAtDeadline(start, 600);
            assertUnavailable(failure, "answered 1 SYSTEM_ERROR: name server not ready");
        }
    }

    private static void assertUnavailable(MQProducerException failure, String server) {
        assertThat(failure)
                .isInstanceOf(MessageNotStoredException.class)
                .hasMessageContaining("no name server answered")
                .hasMessageContaining(server);
        assertThat(failure.kind()).isEqualTo(FailureKind.NAME_SERVER_UNAVAILABLE);
    }

    /** Runs it in so many threads at a time, and throws what the first of them threw. */
    private static void inThreads(int count, java.util.function.IntConsumer task) {
        Queue<Throwable> thrown = new ConcurrentLinkedQueue<>();
        List<Thread> threads = IntStream.range(0, count)
                .mapToObj(i -> new Thread(() -> task.accept(i)))
                .toList();
        threads.forEach(thread -> thread.setUncaughtExceptionHandler((t, e) -> thrown.add(e)));
        threads.forEach(Thread::start);
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        assertThat(thrown).isEmpty();
    }
}
