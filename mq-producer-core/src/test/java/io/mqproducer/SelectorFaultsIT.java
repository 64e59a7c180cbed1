package io.mqproducer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.exception.RequestFailedException;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Message;
import io.mqproducer.message.MessageQueue;
import io.mqproducer.message.MessageQueueSelector;
import io.mqproducer.message.QueueTarget;
import io.mqproducer.message.SendOptions;
import io.mqproducer.message.SendResult;
import io.mqproducer.test.peer.FakeCluster;
import io.mqproducer.test.peer.Hold;
import io.mqproducer.test.peer.Reply;
import io.mqproducer.test.peer.Script;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Selectors that fail, and the threads they run on. */
class SelectorFaultsIT {

    private static final Duration SOON = Duration.ofSeconds(3);

    private final FakeCluster cluster = FakeCluster.start(1);

    @AfterEach
    void closeCluster() {
        cluster.close();
    }

    /** The ways in which a selector can fail. */
    private enum Fault {
        THROWS_EXCEPTION,
        THROWS_ERROR,
        NULL,
        OTHER_TOPIC,
        OTHER_BROKER,
        NO_SUCH_QUEUE;

        @SuppressWarnings("NullAway")
        MessageQueueSelector selector() {
            return (queues, message, arg) -> switch (this) {
                case THROWS_EXCEPTION -> throw new IllegalStateException("of the selector");
                case THROWS_ERROR -> throw new StackOverflowError("of the selector");
                case NULL -> null;
                case OTHER_TOPIC -> new MessageQueue("OTHER", "broker-a", 0);
                case OTHER_BROKER -> new MessageQueue("T", "broker-z", 0);
                case NO_SUCH_QUEUE -> new MessageQueue("T", "broker-a", 4);
            };
        }

        boolean throwing() {
            return this == THROWS_EXCEPTION || this == THROWS_ERROR;
        }
    }

    static Stream<Arguments> faultsWithAndWithoutARoute() {
        return Stream.of(Fault.values())
                .flatMap(fault -> Stream.of(Arguments.of(fault, true), Arguments.of(fault, false)));
    }

    @ParameterizedTest
    @MethodSource("faultsWithAndWithoutARoute")
    void f64_aSelectorThatFailsMeansNotStored(Fault fault, boolean routeKnown) {
        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            if (routeKnown) {
                put.producer().publishQueues("T");
            }

            assertThatThrownBy(() -> put.producer().send(Probe.message(), by(fault.selector())))
                    .isInstanceOfSatisfying(MessageNotStoredException.class, e -> {
                        assertThat(e.kind()).isEqualTo(FailureKind.SELECTOR);
                        assertThat(e).hasMessageContaining("queue selector failed");
                        assertThat(e.getCause() != null).isEqualTo(fault.throwing());
                    });
            assertThat(cluster.broker(0).requests(Probe.SEND_MESSAGE_V2)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(SendVia.class)
    void f64_aSlowSelectorCountsAgainstTheTimeoutWhenTheRouteIsNotKnownYet(SendVia via) {
        CountDownLatch end = new CountDownLatch(1);
        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            SendOptions slowly = by(waiting(end)).withTimeout(Duration.ofMillis(300));
            long start = System.nanoTime();

            assertThat(via.failure(put.producer(), Probe.message(), slowly))
                    .isInstanceOf(MessageNotStoredException.class)
                    .hasMessageContaining("SELECTOR")
                    .hasMessageContaining("took longer");

            Probe.assertEndedAtDeadline(start, 300);
            end.countDown();
        }
        assertThat(cluster.messages()).isEmpty();
    }

    @Test
    void f64_aSlowSelectorOnTheCallingThreadIsNotFollowedByALateSend() {
        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            put.producer().publishQueues("T");
            MessageQueueSelector slow = (queues, message, arg) -> {
                long start = System.nanoTime();
                Eventually.await("the time", SOON, () -> Probe.millisSince(start) > 120);
                return queues.get(0);
            };

            assertThatThrownBy(() -> put.producer().send(Probe.message(), by(slow).withTimeout(Duration.ofMillis(100))))
                    .isInstanceOfSatisfying(
                            MessageNotStoredException.class,
                            e -> assertThat(e.kind()).isEqualTo(FailureKind.SELECTOR));
            assertThat(cluster.broker(0).requests(Probe.SEND_MESSAGE_V2)).isEmpty();
        }
    }

    @Test
    void f64_aSlowSelectorDelaysNobodyElse() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            MQProducer producer = put.producer();
            CompletableFuture<SendResult> slow = producer.sendAsync(Probe.message(), by(waiting(end)));

            assertThat(producer.sendAsync(Probe.message()).get(1, TimeUnit.SECONDS))
                    .isNotNull();
            end.countDown();

            assertThat(slow.get(1, TimeUnit.SECONDS).queue().queueId()).isZero();
        }
    }

    @Test
    void i8_aSelectorRunsOnTheCallingThreadWhenTheRouteIsKnown() {
        Observed observed = new Observed();
        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            put.producer().publishQueues("T");
            put.producer().send(Probe.message(), by(observed));

            assertThat(observed.thread).hasValue(Thread.currentThread().getName());
            assertThat(observed.calls).hasValue(1);
        }
    }

    @Test
    void i8_aSelectorRunsOnACallbackThreadWhenTheRouteIsNotKnownYet() {
        Observed observed = new Observed();
        Hold routes = cluster.nameServer().hold(Probe.GET_ROUTE);
        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            CompletableFuture<SendResult> future = put.producer().sendAsync(Probe.message(), by(observed));
            routes.end();

            assertThat(future).succeedsWithin(SOON);
            assertThat(observed.thread.get()).startsWith("mq-producer-" + put.name() + "-callback-");
            assertThat(observed.calls).hasValue(1);
        }
    }

    @Test
    void i8_aSelectorRunsOnACallbackThreadWhenAnotherHasFoundTheRouteDuringABackOff() throws Exception {
        Observed observed = new Observed();
        cluster.nameServer().stopListening();
        try (ProducerUnderTest put = ProducerUnderTest.start(
                cluster.nameServers(),
                b -> b.retryBackoff(Duration.ofSeconds(1)).retryMaxBackoff(Duration.ofSeconds(1)))) {
            CompletableFuture<SendResult> future =
                    put.producer().sendAsync(Probe.message(), by(observed).withTimeout(Duration.ofSeconds(4)));
            Eventually.await(
                    "a failed look-up",
                    SOON,
                    () -> put.producer()
                            .status()
                            .nameServers()
                            .get(0)
                            .toString()
                            .contains("refused"));
            cluster.nameServer().listenAgain();
            Eventually.await("the route", SOON, () -> routeIsKnown(put.producer()));

            assertThat(future.get(4, TimeUnit.SECONDS)).isNotNull();
            assertThat(observed.thread.get()).startsWith("mq-producer-" + put.name() + "-callback-");
        }
    }

    private static boolean routeIsKnown(MQProducer producer) {
        try {
            return !producer.publishQueues("T").isEmpty();
        } catch (RequestFailedException e) {
            return false;
        }
    }

    @Test
    void f67_aCancelledSendDoesNotWaitForItsSelector() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            CountDownLatch entered = new CountDownLatch(1);
            CompletableFuture<SendResult> future = put.producer()
                    .sendAsync(Probe.message(), by((queues, message, arg) -> {
                        entered.countDown();
                        return waiting(end).select(queues, message, arg);
                    }));
            assertThat(entered.await(2, TimeUnit.SECONDS)).isTrue();

            future.cancel(false);

            Eventually.await("room", SOON, () -> put.producer().status().inFlightMessages() == 0);
            end.countDown();
        }
        assertThat(cluster.messages()).isEmpty();
    }

    @Test
    void c5_theRetryOfASelectedQueueStaysOnIt() {
        AtomicInteger refused = new AtomicInteger();
        cluster.broker(0)
                .on(
                        Probe.SEND_MESSAGE_V2,
                        refusingFirst(refused, cluster.broker(0).script(Probe.SEND_MESSAGE_V2)));
        try (ProducerUnderTest put = ProducerUnderTest.start(cluster.nameServers())) {
            SendResult result = put.producer().send(Probe.message(), by((queues, message, arg) -> queues.get(2)));

            assertThat(result.queue().queueId()).isEqualTo(2);
            assertThat(result.attempts()).isEqualTo(2);
        }
    }

    private static Script refusingFirst(AtomicInteger refused, Script then) {
        return request -> refused.getAndIncrement() == 0 ? Reply.code(2, "busy") : then.reply(request);
    }

    private static SendOptions by(MessageQueueSelector selector) {
        return SendOptions.defaults().to(QueueTarget.selectedBy(selector, "key"));
    }

    private static MessageQueueSelector waiting(CountDownLatch end) {
        return (queues, message, arg) -> {
            try {
                end.await(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return queues.get(0);
        };
    }

    /** Takes the first queue and remembers on which thread. */
    private static final class Observed implements MessageQueueSelector {

        private final AtomicReference<String> thread = new AtomicReference<>();
        private final AtomicInteger calls = new AtomicInteger();

        @Override
        public MessageQueue select(List<MessageQueue> queues, Message message, Object arg) {
            thread.set(Thread.currentThread().getName());
            calls.incrementAndGet();
            return queues.get(0);
        }
    }
}
