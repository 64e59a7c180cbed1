package io.mqproducer;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.exception.MQProducerException;
import io.mqproducer.exception.MessageMaybeStoredException;
import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Outcome;
import io.mqproducer.message.SendOptions;
import io.mqproducer.test.peer.FakeCluster;
import io.mqproducer.test.peer.Hold;
import io.mqproducer.test.peer.codec.RouteJson;
import io.mqproducer.test.proxy.BlackholedPort;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;

/** A blocking send whose thread is interrupted, wherever it waits. */
class InterruptIT {

    private static final Duration SOON = Duration.ofSeconds(2);
    private static final long AT_ONCE_MILLIS = 50;

    private final FakeCluster cluster = FakeCluster.start(1);

    @AfterEach
    void closeCluster() {
        cluster.close();
    }

    @RepeatedTest(3)
    void f66_whileWaitingForRoomNothingIsStored() {
        Hold hold = cluster.broker(0).hold(Probe.SEND_MESSAGE_V2);
        try (ProducerUnderTest put =
                ProducerUnderTest.start(cluster.nameServers(), b -> b.backpressureMaxInFlightMessages(1))) {
            CompletableFuture<?> first = put.producer().sendAsync(Probe.message());
            hold.await(1, SOON);

            Sender sender = Sender.start(put.producer());
            MQProducerException failure = sender.interruptedWhileParked();

            assertThat(failure).isInstanceOf(MessageNotStoredException.class);
            assertThat(put.producer().status().inFlightMessages()).isEqualTo(1);
            hold.end();
            assertThat(first).succeedsWithin(SOON);
        }
        assertThat(cluster.messages()).hasSize(1);
    }

    @RepeatedTest(3)
    void f66_whileWaitingForTheRouteNothingIsStored() {
        Hold hold = cluster.nameServer().hold(Probe.GET_ROUTE);
        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            Sender sender = Sender.start(put.producer());
            MQProducerException failure = sender.interruptedWhileParked();

            assertThat(failure).isInstanceOf(MessageNotStoredException.class);
            Eventually.await("room", SOON, () -> put.producer().status().inFlightMessages() == 0);
            hold.end();
        }
        assertThat(cluster.messages()).isEmpty();
    }

    @RepeatedTest(3)
    void f66_whileWaitingForTheConnectionNothingIsStored() {
        try (BlackholedPort nobody = BlackholedPort.open()) {
            cluster.route("T", RouteJson.of("broker-a", nobody.address(), 4));
            try (ProducerUnderTest put = ProducerUnderTest.start(
                    cluster.nameServers(), b -> b.connectionConnectTimeout(Duration.ofMillis(400)))) {
                put.producer().publishQueues("T");

                Sender sender = Sender.start(put.producer());
                MQProducerException failure = sender.interruptedWhileParked();

                assertThat(failure).isInstanceOf(MessageNotStoredException.class);
                Eventually.await("room", SOON, () -> put.producer().status().inFlightMessages() == 0);
            }
        }
    }

    @RepeatedTest(3)
    void f66_whileWaitingForTheAnswerItMayBeStored() {
        Hold hold = cluster.broker(0).hold(Probe.SEND_MESSAGE_V2);
        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            Sender sender = Sender.start(put.producer());
            hold.await(1, SOON);
            MQProducerException failure = sender.interruptedWhileParked();

            assertThat(failure).isInstanceOf(MessageMaybeStoredException.class);
            assertThat(put.producer().status().inFlightMessages())
                    .as("room is given back with the answer")
                    .isEqualTo(1);
            hold.end();
            Eventually.await("room", SOON, () -> put.producer().status().inFlightMessages() == 0);
            assertThat(put.count(Outcome.MAYBE_STORED)).isEqualTo(1);
        }
        assertThat(cluster.broker(0).requests(Probe.SEND_MESSAGE_V2))
                .as("no further attempt")
                .hasSize(1);
    }

    /** A thread that sends one message and tells how that ended. */
    private static final class Sender {

        private final Thread thread;
        private final AtomicReference<@Nullable MQProducerException> failure = new AtomicReference<>();
        private final AtomicLong end = new AtomicLong();
        private volatile boolean stillInterrupted;

        private Sender(MQProducer producer) {
            this.thread = new Thread(() -> {
                try {
                    producer.send(Probe.message(), SendOptions.defaults());
                } catch (MQProducerException e) {
                    failure.set(e);
                }
                end.set(System.nanoTime());
                stillInterrupted = Thread.currentThread().isInterrupted();
            });
        }

        static Sender start(MQProducer producer) {
            Sender sender = new Sender(producer);
            sender.thread.start();
            return sender;
        }

        MQProducerException interruptedWhileParked() {
            Eventually.await(
                    "the thread to park",
                    SOON,
                    () -> thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING);
            long interrupted = System.nanoTime();
            thread.interrupt();
            Eventually.await("the end of the thread", SOON, () -> !thread.isAlive());

            assertThat(Duration.ofNanos(end.get() - interrupted).toMillis()).isLessThanOrEqualTo(AT_ONCE_MILLIS);
            assertThat(stillInterrupted).isTrue();
            MQProducerException seen = failure.get();
            assertThat(seen).isNotNull();
            assertThat(seen.kind()).isEqualTo(FailureKind.INTERRUPTED);
            return seen;
        }
    }
}
