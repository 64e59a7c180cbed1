package io.mqproducer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqproducer.exception.Attempt;
import io.mqproducer.exception.MQProducerException;
import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Message;
import io.mqproducer.message.Outcome;
import io.mqproducer.spi.ProducerMetrics;
import io.mqproducer.spi.SendMessageContext;
import io.mqproducer.spi.SendMessageHook;
import io.mqproducer.spi.SendOutcome;
import io.mqproducer.spi.SendVetoException;
import io.mqproducer.test.peer.FakeCluster;
import io.mqproducer.test.peer.Hold;
import io.mqproducer.test.peer.Reply;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What hooks see, in which order, on which threads, and what they cannot harm. */
class HookFaultsIT {

    private static final Duration SOON = Duration.ofSeconds(2);

    private final FakeCluster cluster = FakeCluster.start(2);
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final List<String> threads = new CopyOnWriteArrayList<>();

    @AfterEach
    void closeCluster() {
        cluster.close();
    }

    @Test
    void f63_theyRunInOrderBeforeASendAndInReverseOrderAfterIt() {
        try (ProducerUnderTest put = withHooks(new Recording("a"), new Recording("b"))) {
            put.producer().send(Probe.message());

            assertThat(events)
                    .containsExactly("a before", "b before", "a attempt 1", "b attempt 1", "b after", "a after");
        }
    }

    @Test
    void f63_theySeeEachAttemptBeforeTheOutcome() {
        cluster.broker(0).on(Probe.SEND_MESSAGE_V2, Reply.code(14, "not available"));
        try (ProducerUnderTest put = withHooks(new Recording("a"))) {
            while (put.attempts().size() == put.begun()) { // until one has met the broker that refuses
                put.producer().send(Probe.message());
            }

            assertThat(events).endsWith("a before", "a attempt 1", "a attempt 2", "a after");
            List<Attempt> attempts = put.attempts();
            assertThat(attempts.get(attempts.size() - 2)).satisfies(refused -> {
                assertThat(refused.responseCode()).hasValue(14);
                assertThat(refused.outcome()).isEqualTo(Outcome.NOT_STORED);
                assertThat(refused.queue().orElseThrow().brokerName()).isEqualTo("broker-a");
            });
            assertThat(attempts.get(attempts.size() - 1).outcome()).isEqualTo(Outcome.ACKED);
        }
    }

    @Test
    void i8_theyRunOnTheCallingThreadOfASyncSend() {
        try (ProducerUnderTest put = withHooks(new Recording("a"))) {
            put.producer().send(Probe.message());

            assertThat(threads).containsOnly(Thread.currentThread().getName());
        }
    }

    @Test
    void i8_theyRunOnTheCallingThreadBeforeAnAsyncSendAndOnACallbackThreadAfterIt() throws Exception {
        try (ProducerUnderTest put = withHooks(new Recording("a"))) {
            put.producer().sendAsync(Probe.message()).get(2, TimeUnit.SECONDS);

            assertThat(threads.get(0)).isEqualTo(Thread.currentThread().getName());
            assertThat(threads.subList(1, threads.size()))
                    .hasSize(2)
                    .allSatisfy(thread -> assertThat(thread).startsWith("mq-producer-" + put.name() + "-callback-"));
        }
    }

    @Test
    void j7_theySeeTheBodyAsItIsAndNotCompressed() {
        List<Integer> seen = new CopyOnWriteArrayList<>();
        SendMessageHook looking = new SendMessageHook() {
            @Override
            public Message beforeSend(SendMessageContext context) {
                seen.add(context.message().body().length);
                return context.message();
            }

            @Override
            public void afterSend(SendMessageContext context, SendOutcome outcome) {
                seen.add(context.message().body().length);
            }
        };
        try (ProducerUnderTest put = withHooks(looking)) {
            put.producer().send(Message.of("T", new byte[10_000]));
        }
        assertThat(seen).containsExactly(10_000, 10_000);
        assertThat(cluster.messages("T"))
                .singleElement()
                .satisfies(message -> assertThat(message.body().length).isLessThan(1_000));
    }

    @Test
    void theyMayReplaceTheMessage() {
        SendMessageHook replacing = new SendMessageHook() {
            @Override
            public Message beforeSend(SendMessageContext context) {
                return Message.builder("T2").body(context.message().body()).build();
            }
        };
        try (ProducerUnderTest put = withHooks(replacing)) {
            put.producer().send(Probe.message("replaced"));

            assertThat(cluster.messages("T2"))
                    .singleElement()
                    .satisfies(message -> assertThat(message.text()).isEqualTo("replaced"));
            assertThat(cluster.messages("T")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"before", "attempt", "after", "null"})
    void f63_oneThatFailsIsLoggedOnceCountedEachTimeAndHarmsNoSend(String where) throws Exception {
        AtomicInteger failures = new AtomicInteger();
        ProducerMetrics metrics = new ProducerMetrics() {
            @Override
            public void callbackFailed() {
                failures.incrementAndGet();
            }
        };
        try (LogRecorder log = LogRecorder.of("io.mqproducer.internal.send.SendHooks");
                ProducerUnderTest put = ProducerUnderTest.start(
                        cluster.nameServers(),
                        b -> b.metrics(metrics)
                                .hook(new Recording("a"))
                                .hook(new Failing(where))
                                .hook(new Recording("b")))) {
            put.producer().send(Probe.message());
            put.producer().sendAsync(Probe.message()).get(2, TimeUnit.SECONDS);

            assertThat(put.count(Outcome.ACKED)).isEqualTo(2);
            assertThat(events).filteredOn(event -> event.startsWith("a ")).hasSize(6);
            assertThat(events).filteredOn(event -> event.startsWith("b ")).hasSize(6);
            assertThat(failures).hasValue(2);
            assertThat(log.lines())
                    .singleElement()
                    .satisfies(line ->
                            assertThat(line).contains(Failing.class.getName()).contains("of topic T"));
        }
    }

    @Test
    void f63_aVetoKeepsTheMessageFromBeingSent() {
        SendVetoException veto = new SendVetoException("not on Fridays");
        SendMessageHook forbidding = new SendMessageHook() {
            @Override
            public Message beforeSend(SendMessageContext context) {
                throw veto;
            }
        };
        try (ProducerUnderTest put = withHooks(new Recording("a"), forbidding)) {
            assertThatThrownBy(() -> put.producer().send(Probe.message()))
                    .isInstanceOfSatisfying(MessageNotStoredException.class, e -> {
                        assertThat(e.kind()).isEqualTo(FailureKind.HOOK);
                        assertThat(e).hasMessageContaining("not on Fridays").hasCause(veto);
                    });
            CompletableFuture<?> future = put.producer().sendAsync(Probe.message());
            assertThatThrownBy(() -> future.get(2, TimeUnit.SECONDS)).cause().hasCause(veto);
            assertThatThrownBy(() -> put.producer().sendOneway(Probe.message())).hasCause(veto);

            Eventually.await("all outcomes", SOON, () -> events.size() == 6);
            assertThat(events).containsOnly("a before", "a after");
            assertThat(cluster.broker(0).requests(Probe.SEND_MESSAGE_V2)).isEmpty();
            assertThat(cluster.broker(1).requests(Probe.SEND_MESSAGE_V2)).isEmpty();
        }
    }

    @Test
    void f63_theyAreToldOnceOfASendThatTimesOut() {
        Hold a = cluster.broker(0).hold(Probe.SEND_MESSAGE_V2);
        Hold b = cluster.broker(1).hold(Probe.SEND_MESSAGE_V2);
        try (ProducerUnderTest put = withHooks(new Recording("a"))) {
            assertThatThrownBy(() -> put.producer().send(Probe.message(), Probe.within(400)))
                    .isInstanceOf(MQProducerException.class);
            a.end();
            b.end(); // late answers change nothing
            put.producer()
                    .send(
                            Probe.message(),
                            Probe.to("broker-a", 0).withMaxRetries(0).withTimeout(SOON));

            assertThat(events).filteredOn(event -> event.equals("a after")).hasSize(2);
            assertThat(put.count(Outcome.MAYBE_STORED)).isEqualTo(1);
        }
    }

    @Test
    void f63_theyAreToldOnceOfASendThatTheCloseEnds() {
        Hold a = cluster.broker(0).hold(Probe.SEND_MESSAGE_V2);
        Hold b = cluster.broker(1).hold(Probe.SEND_MESSAGE_V2);
        try (ProducerUnderTest put = withHooks(new Recording("a"))) {
            CompletableFuture<?> future = put.producer().sendAsync(Probe.message(), Probe.within(5000));
            Eventually.await(
                    "the request",
                    SOON,
                    () -> a.requests().size() + b.requests().size() == 1);

            put.producer().stop(Duration.ofMillis(100));

            assertThat(future).isCompletedExceptionally();
            assertThat(events).containsExactly("a before", "a attempt 1", "a after");
        }
    }

    private ProducerUnderTest withHooks(SendMessageHook... hooks) {
        return ProducerUnderTest.start(
                cluster.nameServers(), builder -> List.of(hooks).forEach(builder::hook));
    }

    /** Writes down what it sees and on which thread. */
    private final class Recording implements SendMessageHook {

        private final String name;

        Recording(String name) {
            this.name = name;
        }

        @Override
        public Message beforeSend(SendMessageContext context) {
            record("before");
            return context.message();
        }

        @Override
        public void onAttempt(SendMessageContext context, Attempt attempt) {
            record("attempt " + attempt.number());
        }

        @Override
        public void afterSend(SendMessageContext context, SendOutcome outcome) {
            record("after");
        }

        private void record(String event) {
            events.add(name + " " + event);
            threads.add(Thread.currentThread().getName());
        }
    }

    /** Fails in one of its methods. */
    private record Failing(String where) implements SendMessageHook {

        @Override
        @SuppressWarnings("NullAway")
        public @Nullable Message beforeSend(SendMessageContext context) {
            failIn("before");
            return where.equals("null") ? null : context.message();
        }

        @Override
        public void onAttempt(SendMessageContext context, Attempt attempt) {
            failIn("attempt");
        }

        @Override
        public void afterSend(SendMessageContext context, SendOutcome outcome) {
            failIn("after");
        }

        private void failIn(String method) {
            if (where.equals(method)) {
                throw new AssertionError("of the hook");
            }
        }
    }
}
