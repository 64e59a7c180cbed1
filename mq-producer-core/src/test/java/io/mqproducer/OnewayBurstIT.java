package io.mqproducer;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.message.Outcome;
import io.mqproducer.message.SendResult;
import io.mqproducer.test.peer.FakeCluster;
import io.mqproducer.test.peer.Hold;
import io.mqproducer.test.peer.RecordedMessage;
import io.mqproducer.test.peer.Reply;
import io.mqproducer.test.peer.Request;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** More one-way messages than a broker takes at once. */
class OnewayBurstIT {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final int MANY = 1000;
    private static final int WINDOW = 128;
    private static final int SYSTEM_BUSY = 2;

    private final FakeCluster cluster = FakeCluster.start(1);

    @AfterEach
    void closeCluster() {
        cluster.close();
    }

    @Test
    void f86_aBurstArrivesCompletelyAndInOrder() {
        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            put.producer().send(Probe.message("brings the route"));
            send(put, 20 * MANY);

            assertThat(cluster.awaitMessages("T", 1 + 20 * MANY, SOON))
                    .extracting(RecordedMessage::text)
                    .filteredOn(text -> text.startsWith("m"))
                    .isEqualTo(
                            IntStream.range(0, 20 * MANY).mapToObj(i -> "m" + i).toList());
            Eventually.await("the outcomes", SOON, () -> put.count(Outcome.HANDED_OVER) == 20 * MANY);
            assertThat(cluster.broker(0).connections().accepted()).isOne();
        }
    }

    @Test
    void aBrokerThatTakesNothingGetsNoMoreThanAWindowAndOtherSendsPass() {
        Hold hold = cluster.broker(0).hold(Probe.SEND_MESSAGE_V2);
        try (ProducerUnderTest put =
                ProducerUnderTest.start(cluster.nameServers(), b -> b.backpressureMaxInFlightMessages(2 * MANY))) {
            send(put, MANY);
            Eventually.await("a full window", SOON, () -> put.count(Outcome.HANDED_OVER) == WINDOW);
            assertThat(put.producer().status().inFlightMessages())
                    .as("the rest waits for its turn")
                    .isEqualTo(MANY - WINDOW);

            cluster.broker(0).on(Probe.SEND_MESSAGE_V2, request -> Reply.sendOk(request, 7));
            SendResult overtaking = put.producer().send(Probe.message("overtakes"), Probe.within(2000));

            assertThat(overtaking.queueOffset()).isEqualTo(7);
            assertThat(put.count(Outcome.HANDED_OVER)).isEqualTo(WINDOW);
            assertThat(hold.requests()).hasSize(WINDOW);
            hold.release();
            Eventually.await("the rest", SOON, () -> put.count(Outcome.HANDED_OVER) == MANY);
        }
    }

    @Test
    void aBrokerThatNeverAnswersGetsThemAllTheSame() {
        cluster.broker(0).on(Probe.SEND_MESSAGE_V2, Reply.never());
        try (ProducerUnderTest put =
                ProducerUnderTest.start(cluster.nameServers(), b -> b.sendTimeout(Duration.ofSeconds(15)))) {
            send(put, WINDOW + 100);

            assertThat(cluster.broker(0).awaitRequests(Probe.SEND_MESSAGE_V2, WINDOW + 100, SOON))
                    .hasSize(WINDOW + 100);
            Eventually.await("the outcomes", SOON, () -> put.count(Outcome.HANDED_OVER) == WINDOW + 100);
            assertThat(cluster.broker(0).connections().accepted()).isOne();
        }
    }

    @Test
    void aBrokerThatRefusesThemIsToldOfOnceAndGetsThemAll() {
        cluster.broker(0).on(Probe.SEND_MESSAGE_V2, Reply.code(SYSTEM_BUSY, "[TIMEOUT_CLEAN_QUEUE]"));
        try (LogRecorder log = LogRecorder.of("io.mqproducer.internal.remoting");
                ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            send(put, 5 * MANY);

            List<Request> requests = cluster.broker(0).awaitRequests(Probe.SEND_MESSAGE_V2, 5 * MANY, SOON);
            assertThat(requests).hasSize(5 * MANY);
            assertThat(requests.get(0).isOneway()).isTrue();
            Eventually.await("the outcomes", SOON, () -> put.count(Outcome.HANDED_OVER) == 5 * MANY);
            assertThat(log.lines())
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .contains("refuses one-way messages", "CODE 2 SYSTEM_BUSY: [TIMEOUT_CLEAN_QUEUE]"));
        }
    }

    private static void send(ProducerUnderTest put, int count) {
        for (int i = 0; i < count; i++) {
            put.producer().sendOneway(Probe.message("m" + i));
        }
    }
}
