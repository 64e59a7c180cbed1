package io.mqproducer;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Message;
import io.mqproducer.message.Outcome;
import io.mqproducer.message.SendOptions;
import io.mqproducer.message.SendResult;
import io.mqproducer.spi.SendMessageContext;
import io.mqproducer.spi.SendMessageHook;
import io.mqproducer.spi.SendOutcome;
import io.mqproducer.test.peer.FakeCluster;
import io.mqproducer.test.peer.Hold;
import io.mqproducer.test.peer.Reply;
import io.mqproducer.test.peer.codec.RouteJson;
import io.mqproducer.test.proxy.BlackholedPort;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Futures that their caller completes: the send ends as soon as that is noticed, and everything is given back once. */
class CancelIT {

    private static final Duration SOON = Duration.ofSeconds(2);

    private final FakeCluster cluster = FakeCluster.start(1);
    private final List<SendOutcome> told = new CopyOnWriteArrayList<>();

    @AfterEach
    void closeCluster() {
        cluster.close();
    }

    /** What a caller can do to a future. */
    private enum Act {
        CANCEL((future, result) -> future.cancel(true)),
        OR_TIMEOUT((future, result) -> future.orTimeout(1, TimeUnit.MILLISECONDS)),
        COMPLETE((future, result) -> future.complete(result)),
        COMPLETE_ON_TIMEOUT((future, result) -> future.completeOnTimeout(result, 1, TimeUnit.MILLISECONDS)),
        COMPLETE_ASYNC((future, result) -> future.completeAsync(() -> result)),
        COMPLETE_EXCEPTIONALLY((future, result) -> future.completeExceptionally(new IllegalStateException("enough"))),
        OBTRUDE_VALUE((future, result) -> future.obtrudeValue(result)),
        OBTRUDE_EXCEPTION((future, result) -> future.obtrudeException(new IllegalStateException("enough")));

        private final BiConsumer<CompletableFuture<SendResult>, SendResult> act;

        Act(BiConsumer<CompletableFuture<SendResult>, SendResult> act) {
            this.act = act;
        }

        void on(CompletableFuture<SendResult> future, SendResult result) {
            act.accept(future, result);
            Eventually.await("completion", SOON, future::isDone);
        }
    }

    @ParameterizedTest
    @EnumSource(Act.class)
    void f67_whatIsNotWrittenNeverWillBe(Act act) {
        try (ProducerUnderTest put = start()) {
            SendResult any = put.producer().send(Probe.message("first"));
            told.clear();
            Hold routes = cluster.nameServer().hold(Probe.GET_ROUTE);
            cluster.route("T2", cluster.defaultRoute());
            CompletableFuture<SendResult> future = put.producer().sendAsync(Message.of("T2", new byte[1]));
            routes.await(1, SOON);

            act.on(future, any);

            awaitRoom(put);
            assertToldOfCancel(Outcome.NOT_STORED);
            routes.end();
            put.producer().send(Probe.message("last"));
        }
        assertThat(cluster.messages("T2")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Act.class)
    void f67_whatIsWrittenGetsNoFurtherAttempt(Act act) {
        try (ProducerUnderTest put = start()) {
            SendResult any = put.producer().send(Probe.message("first"));
            told.clear();
            Hold answers = cluster.broker(0).hold(Probe.SEND_MESSAGE_V2);
            CompletableFuture<SendResult> future = put.producer().sendAsync(Probe.message());
            answers.await(1, SOON);

            act.on(future, any);

            Eventually.await("the hook", SOON, () -> !told.isEmpty());
            assertThat(put.producer().status().inFlightMessages())
                    .as("room is given back with the answer")
                    .isEqualTo(1);
            answers.release(Reply.code(2, "busy")); // after which it would try again
            awaitRoom(put);
            assertToldOfCancel(Outcome.MAYBE_STORED);
            answers.end();
        }
        assertThat(cluster.broker(0).requests(Probe.SEND_MESSAGE_V2)).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(Act.class)
    void f67_theRoomOfAWrittenOneReturnsAtTheDeadlineIfNoAnswerComes(Act act) {
        try (ProducerUnderTest put = start()) {
            SendResult any = put.producer().send(Probe.message("first"));
            told.clear();
            Hold answers = cluster.broker(0).hold(Probe.SEND_MESSAGE_V2);
            long start = System.nanoTime();
            CompletableFuture<SendResult> future = put.producer().sendAsync(Probe.message(), Probe.within(200));
            answers.await(1, SOON);

            act.on(future, any);

            awaitRoom(put);
            Probe.assertEndedAtDeadline(start, 200);
            assertToldOfCancel(Outcome.MAYBE_STORED);
            answers.end();
        }
    }

    @ParameterizedTest
    @EnumSource(Act.class)
    void f67_anOutcomeIsNotChangedAfterwards(Act act) throws Exception {
        try (ProducerUnderTest put = start()) {
            SendResult any = put.producer().send(Probe.message("first"));
            told.clear();
            CompletableFuture<SendResult> future = put.producer().sendAsync(Probe.message());
            future.get(2, TimeUnit.SECONDS);

            act.on(future, any);

            awaitRoom(put);
            assertThat(told)
                    .singleElement()
                    .satisfies(outcome -> assertThat(outcome.outcome()).isEqualTo(Outcome.ACKED));
        }
    }

    @ParameterizedTest
    @EnumSource(Act.class)
    void f67_whatWaitsForAConnectionNeverIsWritten(Act act) {
        try (BlackholedPort nobody = BlackholedPort.open()) {
            cluster.route("T2", RouteJson.of("broker-z", nobody.address(), 1));
            try (ProducerUnderTest put = start()) {
                SendResult any = put.producer().send(Probe.message("first"));
                put.producer().publishQueues("T2");
                told.clear();
                CompletableFuture<SendResult> future = put.producer()
                        .sendAsync(
                                Message.of("T2", new byte[1]),
                                SendOptions.defaults().withTimeout(Duration.ofMillis(300)));

                act.on(future, any);

                awaitRoom(put);
                assertToldOfCancel(Outcome.NOT_STORED);
            }
        }
    }

    private ProducerUnderTest start() {
        return ProducerUnderTest.start(
                cluster.nameServers(),
                b -> b.hook(new SendMessageHook() {
                    @Override
                    public void afterSend(SendMessageContext context, SendOutcome outcome) {
                        told.add(outcome);
                    }
                }));
    }

    private static void awaitRoom(ProducerUnderTest put) {
        Eventually.await("room", SOON, () -> put.producer().status().inFlightMessages() == 0);
    }

    private void assertToldOfCancel(Outcome expected) {
        Eventually.await("the hook", SOON, () -> !told.isEmpty());
        assertThat(told).singleElement().satisfies(outcome -> {
            assertThat(outcome.outcome()).isEqualTo(expected);
            assertThat(outcome.failure().orElseThrow().kind()).isEqualTo(FailureKind.CANCELLED);
        });
    }
}
