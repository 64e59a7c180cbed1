package io.mqproducer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Message;
import io.mqproducer.message.Outcome;
import io.mqproducer.message.SendMode;
import io.mqproducer.message.SendOptions;
import io.mqproducer.spi.SendMessageContext;
import io.mqproducer.spi.SendMessageHook;
import io.mqproducer.spi.SendOutcome;
import io.mqproducer.test.peer.FakeCluster;
import io.mqproducer.test.peer.Hold;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One-way messages to brokers that are well, gone, or do not read. */
class OnewayIT {

    private static final Duration SOON = Duration.ofSeconds(3);

    private final FakeCluster cluster = FakeCluster.start(1);
    private final List<SendOutcome> told = new CopyOnWriteArrayList<>();
    private final List<SendMode> modes = new CopyOnWriteArrayList<>();

    @AfterEach
    void closeCluster() {
        cluster.close();
    }

    @Test
    void f86_whatIsWrittenIsHandedOverAndItsRoomReturns() {
        try (ProducerUnderTest put = start(1024)) {
            for (int i = 0; i < 50; i++) { // too few for one that is to be answered
                put.producer().sendOneway(Probe.message("m" + i));
            }

            assertThat(cluster.awaitMessages("T", 50, SOON))
                    .allMatch(message -> message.request().isOneway());
            awaitRoom(put);
            Eventually.await("the hook", SOON, () -> told.size() == 50);
            assertThat(put.count(Outcome.HANDED_OVER)).isEqualTo(50);
            assertThat(modes).containsOnly(SendMode.ONEWAY);
        }
    }

    @Test
    void f86_aMessageForABrokerThatIsAwayIsWrittenOnceItIsBack() {
        cluster.broker(0).stopListening();
        try (ProducerUnderTest put = start(1024)) {
            long start = System.nanoTime();
            put.producer().sendOneway(Probe.message(), Probe.within(3000));
            assertThat(Probe.millisSince(start)).isLessThan(Probe.SLACK_MILLIS);
            Eventually.await(
                    "a refused connect",
                    SOON,
                    () -> put.producer().status().brokers().stream()
                            .anyMatch(broker -> !broker.isolatedFor().isZero()));

            cluster.broker(0).listenAgain();

            assertThat(cluster.awaitMessages("T", 1, SOON)).hasSize(1);
            awaitRoom(put);
        }
        assertThat(cluster.messages()).hasSize(1);
    }

    @Test
    void f86_aMessageForABrokerThatStaysAwayFailsAtItsDeadlineAndIsToldOf() {
        cluster.broker(0).stopListening();
        try (LogRecorder log = LogRecorder.of("io.mqproducer.internal.send.OnewayFailureLog");
                ProducerUnderTest put = start(1024)) {
            for (int i = 0; i < 5; i++) {
                put.producer().sendOneway(Probe.message(), Probe.within(300));
            }

            awaitRoom(put);
            Eventually.await("the hook", SOON, () -> told.size() == 5);
            assertThat(told).allSatisfy(outcome -> {
                assertThat(outcome.outcome()).isEqualTo(Outcome.NOT_STORED);
                assertThat(outcome.failure().orElseThrow().kind()).isEqualTo(FailureKind.CONNECT_FAILED);
            });
            assertThat(log.lines())
                    .as("one line in 30 s and topic")
                    .singleElement()
                    .satisfies(line -> assertThat(line).contains("one-way message of topic T failed"));
        }
    }

    @Test
    void f86_noRouteIsToldOfAndNotThrown() {
        cluster.withoutTopic("T").withoutTopic("TBW102");
        try (ProducerUnderTest put = start(1024)) {
            put.producer().sendOneway(Probe.message());

            Eventually.await("the hook", SOON, () -> told.size() == 1);
            assertThat(told.get(0).failure().orElseThrow().kind()).isEqualTo(FailureKind.NO_ROUTE);
        }
    }

    @Test
    void f86_aFrozenBrokerFillsTheRoomAndThenTheCallerIsTold() {
        try (ProducerUnderTest put = start(64)) {
            put.producer().send(Probe.message());
            cluster.broker(0).stopReading();
            Message large = Message.builder("T").body(new byte[1024 * 1024]).build();
            while (put.producer().status().inFlightMessages() < 64) { // the system's buffers take some
                put.producer().sendOneway(large, Probe.within(5000));
            }
            SendOptions brief = Probe.within(200);

            assertThatThrownBy(() -> {
                        for (int i = 0; i < 64; i++) { // all that were on their way to the socket, at worst
                            put.producer().sendOneway(large, brief);
                        }
                    })
                    .isInstanceOfSatisfying(MessageNotStoredException.class, e -> {
                        assertThat(e.kind()).isEqualTo(FailureKind.BUFFER_FULL);
                        assertThat(e).hasMessageContaining("(timeout 200 ms)");
                    });

            cluster.broker(0).resumeReading();
            awaitRoom(put);
        }
    }

    @Test
    void f86_aWrittenMessageIsNeverWrittenAgain() {
        Hold hold = cluster.broker(0).hold(Probe.SEND_MESSAGE_V2);
        try (ProducerUnderTest put = start(1024)) {
            put.producer().sendOneway(Probe.message());
            hold.await(1, SOON);

            cluster.broker(0).resetConnections();
            Eventually.await(
                    "the loss",
                    SOON,
                    () -> put.producer().status().brokers().stream().noneMatch(ProducerStatus.Broker::connected));
            put.producer().sendOneway(Probe.message("second"));
            hold.await(2, SOON);
            awaitRoom(put);

            assertThat(hold.requests()).hasSize(2);
            hold.end();
        }
    }

    @Test
    void f86_aStopWaitsUntilOnewaysAreWritten() {
        Hold routes = cluster.nameServer().hold(Probe.GET_ROUTE);
        try (ProducerUnderTest put = start(1024)) {
            for (int i = 0; i < 10; i++) {
                put.producer().sendOneway(Probe.message());
            }
            Thread stopping = new Thread(() -> put.producer().stop(SOON));
            stopping.start();
            Eventually.await("the stop", SOON, () -> put.producer().status().state() == ProducerStatus.State.STOPPING);

            routes.end();
            assertThat(cluster.awaitMessages("T", 10, SOON)).hasSize(10);
            Eventually.await("the end", SOON, () -> !stopping.isAlive());
        }
    }

    private ProducerUnderTest start(int maxMessages) {
        return ProducerUnderTest.start(
                cluster.nameServers(),
                b -> b.compressionEnabled(false)
                        .backpressureMaxInFlightMessages(maxMessages)
                        .hook(new SendMessageHook() {
                            @Override
                            public void afterSend(SendMessageContext context, SendOutcome outcome) {
                                if (context.mode() == SendMode.ONEWAY) {
                                    told.add(outcome);
                                    modes.add(context.mode());
                                }
                            }
                        }));
    }

    private static void awaitRoom(ProducerUnderTest put) {
        Eventually.await("room", SOON, () -> put.producer().status().inFlightMessages() == 0);
    }
}
