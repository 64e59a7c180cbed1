package io.mqproducer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqproducer.config.BackPressureMode;
import io.mqproducer.exception.MQProducerException;
import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Message;
import io.mqproducer.message.Outcome;
import io.mqproducer.message.SendResult;
import io.mqproducer.test.peer.FakeCluster;
import io.mqproducer.test.peer.Hold;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is in flight never exceeds its limits, and who may not wait for room does not. */
class InFlightLimitIT {

    private static final Duration SOON = Duration.ofSeconds(3);
    private static final int MESSAGES = 16;
    private static final int BODY = 1000;

    private final FakeCluster cluster = FakeCluster.start(1);

    @AfterEach
    void closeCluster() {
        cluster.close();
    }

    @ParameterizedTest
    @EnumSource(BackPressureMode.class)
    void i6_neitherMessagesNorBytesExceedTheirLimitUnderLoad(BackPressureMode mode) throws InterruptedException {
        long bytes = 10 * BODY;
        try (ProducerUnderTest put = ProducerUnderTest.start(
                cluster.nameServers(),
                b -> b.backpressureMode(mode)
                        .maxMessageSize(BODY)
                        .backpressureMaxInFlightMessages(MESSAGES)
                        .backpressureMaxInFlightSize(bytes))) {
            AtomicInteger accepted = new AtomicInteger();
            AtomicInteger refused = new AtomicInteger();
            AtomicInteger mostMessages = new AtomicInteger();
            AtomicLong mostBytes = new AtomicLong();
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                int size = t % 2 == 0 ? BODY : 10;
                threads.add(new Thread(() -> {
                    for (int i = 0; i < 500; i++) {
                        put.producer()
                                .sendAsync(Message.of("T", new byte[size]))
                                .whenComplete((result, failure) -> {
                                    (failure == null ? accepted : refused).incrementAndGet();
                                });
                        mostMessages.accumulateAndGet(put.producer().status().inFlightMessages(), Math::max);
                        mostBytes.accumulateAndGet(put.producer().status().inFlightBytes(), Math::max);
                    }
                }));
            }

            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join(10_000);
            }
            Eventually.await("all outcomes", SOON, () -> accepted.get() + refused.get() == 2000);

            assertThat(mostMessages).hasValueLessThanOrEqualTo(MESSAGES);
            assertThat(mostBytes).hasValueLessThanOrEqualTo(bytes);
            assertThat(cluster.messages()).hasSize(accepted.get());
            if (mode == BackPressureMode.BLOCK) {
                assertThat(refused).hasValue(0);
            }
        }
    }

    @Test
    void i6_nothingMoreIsOnTheWireThanTheLimitAllows() {
        Hold hold = cluster.broker(0).hold(Probe.SEND_MESSAGE_V2);
        try (ProducerUnderTest put = start(BackPressureMode.FAIL)) {
            List<CompletableFuture<SendResult>> futures = new ArrayList<>();
            for (int i = 0; i < MESSAGES + 5; i++) {
                futures.add(put.producer().sendAsync(Probe.message()));
            }

            hold.await(MESSAGES, SOON);
            Eventually.await("the refusals", SOON, () -> put.count(Outcome.NOT_STORED) == 5);
            assertThat(hold.requests()).hasSize(MESSAGES);
            assertThatThrownBy(() -> put.producer().send(Probe.message())).satisfies(InFlightLimitIT::isFull);
            assertThatThrownBy(() -> put.producer().sendOneway(Probe.message())).satisfies(InFlightLimitIT::isFull);

            hold.end();
            assertThat(futures.subList(0, MESSAGES))
                    .allSatisfy(future -> assertThat(future).succeedsWithin(SOON));
            Eventually.await("room", SOON, () -> put.producer().status().inFlightMessages() == 0);
            assertThat(put.producer().send(Probe.message())).isNotNull();
        }
    }

    @Test
    void aThreadThatMayWaitForRoomDoesSoUntilItsDeadline() {
        Hold hold = cluster.broker(0).hold(Probe.SEND_MESSAGE_V2);
        try (ProducerUnderTest put = start(BackPressureMode.BLOCK)) {
            fill(put, hold);
            long start = System.nanoTime();

            assertThatThrownBy(() -> put.producer().send(Probe.message(), Probe.within(200)))
                    .satisfies(InFlightLimitIT::isFull);

            Probe.assertEndedAtDeadline(start, 200);
            hold.end();
        }
    }

    @Test
    void i8_threadsOfNettyNeverParkForRoom() throws InterruptedException {
        Hold hold = cluster.broker(0).hold(Probe.SEND_MESSAGE_V2);
        try (ProducerUnderTest put = start(BackPressureMode.BLOCK)) {
            fill(put, hold);

            assertFailsAtOnceOn(new DefaultThreadFactory("netty-like"), put);
            hold.end();
        }
    }

    @Test
    void i8_threadsOfReactorNeverParkForRoom() throws InterruptedException {
        Hold hold = cluster.broker(0).hold(Probe.SEND_MESSAGE_V2);
        try (ProducerUnderTest put = start(BackPressureMode.BLOCK)) {
            fill(put, hold);

            assertFailsAtOnceOn(ReactorLikeThread::new, put);
            hold.end();
        }
    }

    private static void assertFailsAtOnceOn(ThreadFactory factory, ProducerUnderTest put) throws InterruptedException {
        CompletableFuture<Long> took = new CompletableFuture<>();
        Thread thread = factory.newThread(() -> {
            long start = System.nanoTime();
            CompletableFuture<SendResult> future = put.producer().sendAsync(Probe.message());
            long millis = Probe.millisSince(start);
            try {
                put.producer().sendOneway(Probe.message());
                took.completeExceptionally(new AssertionError("there was room"));
            } catch (MQProducerException e) {
                isFull(e);
            }
            future.whenComplete((result, failure) -> {
                if (failure == null) {
                    took.completeExceptionally(new AssertionError("there was room"));
                } else {
                    took.complete(millis);
                }
            });
        });
        thread.start();
        thread.join(5000);

        assertThat(took)
                .succeedsWithin(SOON)
                .satisfies(millis -> assertThat(millis).isLessThan(Probe.SLACK_MILLIS));
    }

    /** Known by the interface, as Reactor's own are. */
    private static final class ReactorLikeThread extends Thread implements reactor.core.scheduler.NonBlocking {

        ReactorLikeThread(Runnable task) {
            super(task);
        }
    }

    private static void fill(ProducerUnderTest put, Hold hold) {
        for (int i = 0; i < MESSAGES; i++) {
            put.producer().sendAsync(Probe.message());
        }
        hold.await(MESSAGES, SOON);
    }

    private ProducerUnderTest start(BackPressureMode mode) {
        return ProducerUnderTest.start(
                cluster.nameServers(), b -> b.backpressureMode(mode).backpressureMaxInFlightMessages(MESSAGES));
    }

    private static void isFull(Throwable failure) {
        assertThat(failure).isInstanceOfSatisfying(MessageNotStoredException.class, e -> {
            assertThat(e.kind()).isEqualTo(FailureKind.BUFFER_FULL);
            assertThat(e).hasMessageContaining("in-flight limit reached: 16/16 messages");
        });
    }
}
