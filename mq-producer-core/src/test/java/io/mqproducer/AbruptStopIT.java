package io.mqproducer;

import static io.mqproducer.Eventually.await;
import static io.mqproducer.Probe.GET_ROUTE;
import static io.mqproducer.Probe.SEND_MESSAGE_V2;
import static io.mqproducer.Probe.TOPIC;
import static io.mqproducer.Probe.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqproducer.exception.MessageMaybeStoredException;
import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.internal.Threads;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Message;
import io.mqproducer.message.SendOptions;
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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stops with less patience than what is under way would need: every send has its outcome all the same. */
class AbruptStopIT {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration SHORT = Duration.ofMillis(100);
    private static final SendOptions LONG = SendOptions.defaults().withTimeout(Duration.ofSeconds(30));
    private static final int GO_AWAY = 1500;

    private final FakeCluster cluster = FakeCluster.start(2);
    private final ScriptedPeer broker = cluster.broker(0);
    private final Script stores = broker.script(SEND_MESSAGE_V2);
    private final CountDownLatch never = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    AbruptStopIT() {
        cluster.route(TOPIC, RouteJson.of("broker-a", broker.address(), 4));
    }

    @AfterEach
    void closeCluster() {
        released.countDown();
        cluster.close();
    }

    // ---- connections that only wait for answers

    @Test
    void i1_f27_whatIsInFlightOnAConnectionThatGoesAwayEndsWithTheStop() {
        Hold held = broker.hold(SEND_MESSAGE_V2);
        try (ProducerUnderTest put = start(b -> {})) {
            List<CompletableFuture<SendResult>> sends = sendMany(put, 24);
            held.await(24, SOON);
            sends.add(put.producer().sendAsync(message(), LONG));
            held.await(25, SOON);
            held.release(24, Reply.code(GO_AWAY));
            held.await(25, SOON);
            broker.awaitOpenConnections(2, SOON);

            put.producer().stop(SHORT);

            assertAllMaybeStored(sends);
            assertThat(put.producer().status().inFlightMessages()).isZero();
        }
    }

    @Test
    void i1_whatIsInFlightToABrokerThatHasLeftTheRouteEndsWithTheStop() {
        Hold held = broker.hold(SEND_MESSAGE_V2);
        try (ProducerUnderTest put = start(b -> b.connectionRouteRefreshInterval(Duration.ofMillis(50)))) {
            List<CompletableFuture<SendResult>> sends = sendMany(put, 25);
            held.await(25, SOON);
            cluster.route(TOPIC, RouteJson.of("broker-b", cluster.broker(1).address(), 4));
            int lookUps = cluster.nameServer().requests(GET_ROUTE).size();
            cluster.nameServer().awaitRequests(GET_ROUTE, lookUps + 4, SOON); // an earlier one has changed the route
            assertThat(put.producer().send(message(), LONG).queue().brokerName())
                    .isEqualTo("broker-b");

            put.producer().stop(SHORT);

            assertAllMaybeStored(sends);
        }
    }

    private static void assertAllMaybeStored(List<CompletableFuture<SendResult>> sends) {
        await("the outcomes", SECOND, () -> sends.stream().allMatch(CompletableFuture::isDone));
        assertThat(sends)
                .allSatisfy(send -> assertThatThrownBy(send::get)
                        .cause()
                        .isInstanceOfSatisfying(
                                MessageMaybeStoredException.class,
                                e -> assertThat(e.kind()).isEqualTo(FailureKind.CLOSED)));
    }

    // ---- callbacks that take their time

    @Test
    void i1_f61_noOutcomeIsLostBehindSlowCallbacks() {
        broker.on(SEND_MESSAGE_V2, Reply.never());
        try (ProducerUnderTest put = start(b -> b.callbackThreads(1).callbackMaxThreads(1))) {
            AtomicInteger ran = new AtomicInteger();
            List<CompletableFuture<SendResult>> sends = sendMany(put, 100);
            sends.forEach(send -> send.whenComplete((result, failure) -> {
                takeTwentyMilliseconds();
                ran.incrementAndGet();
            }));
            broker.awaitRequests(SEND_MESSAGE_V2, 100, SOON);

            put.producer().stop(SHORT);

            await("the callbacks", SOON, () -> ran.get() == 100);
            assertAllMaybeStored(sends);
            await("the last callback thread's end", SECOND, () -> put.threads().isEmpty());
        }
    }

    private void takeTwentyMilliseconds() {
        try {
            assertThat(never.await(20, TimeUnit.MILLISECONDS)).isFalse();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void i1_f61_noOutcomeIsLostBehindCallbacksThatBlock(boolean interruptible) {
        try (ProducerUnderTest put = start(b -> b.callbackThreads(64).callbackMaxThreads(64))) {
            CountDownLatch blocked = new CountDownLatch(64);
            for (int i = 0; i < 64; i++) {
                put.producer().sendAsync(message()).whenComplete((result, failure) -> {
                    blocked.countDown();
                    block(interruptible);
                });
            }
            await("64 blocked callbacks", SOON, () -> blocked.getCount() == 0);
            Hold held = broker.hold(SEND_MESSAGE_V2);
            List<CompletableFuture<SendResult>> sends = sendMany(put, 100);
            held.await(100, SOON);

            put.producer().stop(Duration.ZERO);

            assertAllMaybeStored(sends);
            released.countDown();
            await("the end of the threads", SECOND, () -> put.threads().isEmpty());
        }
    }

    private void block(boolean interruptible) {
        boolean goOn = true;
        while (goOn) {
            try {
                released.await();
                goOn = false;
            } catch (InterruptedException e) {
                goOn = !interruptible;
            }
        }
    }

    // ---- lines of an ordering key

    @Test
    void f77_whatWaitsBehindAnUnansweredMessageIsNotWrittenAfterTheDrain() {
        Hold held = broker.hold(SEND_MESSAGE_V2);
        try (ProducerUnderTest put = start(b -> {})) {
            List<CompletableFuture<SendResult>> sends = sendInLine(put);
            held.await(1, SOON);

            put.producer().stop(SHORT);

            assertAllMaybeStored(sends.subList(0, 1));
            assertClosedNotStored(sends.subList(1, 11));
            broker.awaitOpenConnections(0, SOON);
            assertThat(broker.requests(SEND_MESSAGE_V2)).hasSize(1);
        }
    }

    @Test
    void f77_anAnswerThatComesWhileTheProducerClosesStartsNoSuccessor() {
        Hold held = broker.hold(SEND_MESSAGE_V2);
        Thread stopping = Thread.currentThread();
        AtomicInteger toldElsewhere = new AtomicInteger();
        Executor callbacks = task -> {
            if (Thread.currentThread() != stopping) {
                toldElsewhere.incrementAndGet();
            } else if (!held.requests().isEmpty()) { // the first successor is about to be told of the close
                held.release(0);
                await(
                        "the first one's end and the fate of another",
                        SECOND,
                        () -> toldElsewhere.get() >= 2
                                || broker.requests(SEND_MESSAGE_V2).size() > 1);
            }
            Threads.start("callback", task);
        };
        try (ProducerUnderTest put = start(b -> b.callbackExecutor(callbacks))) {
            List<CompletableFuture<SendResult>> sends = sendInLine(put);
            held.await(1, SOON);

            put.producer().stop(SHORT);

            assertThat(sends.get(0)).succeedsWithin(SECOND);
            assertClosedNotStored(sends.subList(1, 11));
            broker.awaitOpenConnections(0, SOON);
            assertThat(broker.requests(SEND_MESSAGE_V2)).hasSize(1);
        }
    }

    private static List<CompletableFuture<SendResult>> sendInLine(ProducerUnderTest put) {
        return IntStream.range(0, 11)
                .mapToObj(i -> put.producer().sendAsync(ordered("k"), LONG))
                .toList();
    }

    private static void assertClosedNotStored(List<CompletableFuture<SendResult>> sends) {
        assertThat(sends)
                .allSatisfy(send -> assertThatThrownBy(() -> send.get(1, TimeUnit.SECONDS))
                        .cause()
                        .isInstanceOfSatisfying(
                                MessageNotStoredException.class,
                                e -> assertThat(e.kind()).isEqualTo(FailureKind.CLOSED)));
    }

    private static Message ordered(String key) {
        return Message.builder(TOPIC).orderingKey(key).body(new byte[1]).build();
    }

    // ---- a thread that is interrupted

    @Test
    void f68_anInterruptedThreadDrainsAllTheSameAndStaysInterrupted() {
        broker.on(SEND_MESSAGE_V2, request -> stores.reply(request).after(SHORT));
        try (ProducerUnderTest put = start(b -> {})) {
            CompletableFuture<SendResult> send = put.producer().sendAsync(message(), LONG);
            broker.awaitRequests(SEND_MESSAGE_V2, 1, SOON);
            Thread.currentThread().interrupt();

            put.producer().stop(SOON);

            assertThat(Thread.interrupted()).as("still interrupted").isTrue();
            assertThat(send).isCompleted();
        }
        assertThat(cluster.messages()).hasSize(1);
    }

    private static List<CompletableFuture<SendResult>> sendMany(ProducerUnderTest put, int count) {
        List<CompletableFuture<SendResult>> sends = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            sends.add(put.producer().sendAsync(message(), LONG.withMaxRetries(0)));
        }
        return sends;
    }

    private ProducerUnderTest start(Consumer<MQProducerBuilder> settings) {
        return ProducerUnderTest.start(cluster.nameServers(), settings);
    }
}
