package io.mqproducer.internal.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import io.mqproducer.Eventually;
import io.mqproducer.exception.MQProducerException;
import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.internal.LogCapture;
import io.mqproducer.internal.Threads;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Message;
import io.mqproducer.message.MessageQueue;
import io.mqproducer.message.Outcome;
import io.mqproducer.message.QueueTarget;
import io.mqproducer.message.SendOptions;
import io.mqproducer.message.SendResult;
import io.mqproducer.spi.ProducerMetrics;
import io.mqproducer.spi.SendCallback;
import io.mqproducer.spi.SendMessageContext;
import io.mqproducer.spi.SendMessageHook;
import io.mqproducer.spi.SendOutcome;
import io.mqproducer.spi.SendVetoException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The sends of a producer that reaches no name server; its scheduler is run by hand. */
class MessageSenderTest {

    private final List<String> outcomes = Collections.synchronizedList(new ArrayList<>());
    private final SendMessageHook hook = new SendMessageHook() {
        @Override
        public Message beforeSend(SendMessageContext context) {
            if (context.message().keys().contains("veto")) {
                throw new SendVetoException("not today");
            }
            return context.message();
        }

        @Override
        public void afterSend(SendMessageContext context, SendOutcome outcome) {
            outcomes.add(outcome.outcome() + " "
                    + outcome.failure().map(MQProducerException::kind).orElseThrow());
        }
    };
    private final SendFixture fixture = new SendFixture(List.of(hook), ProducerMetrics.NONE);
    private final MessageSender sender = fixture.sender;

    /** The looks for those who are due, and those that they lead to. */
    private void runWaiting() {
        for (int i = 0; i < 5; i++) {
            fixture.scheduler.runWaiting();
        }
    }

    @AfterEach
    void i6_i7_nothingIsLeft() {
        sender.close();
        runWaiting();
        fixture.close();
    }

    @Test
    void f01_aBlockingSendThrowsWhatFailedAndItsHookIsToldBefore() {
        assertThatThrownBy(() -> sender.send(SendFixture.message(), SendFixture.NO_RETRY))
                .isInstanceOfSatisfying(MessageNotStoredException.class, e -> {
                    assertThat(e.kind()).isEqualTo(FailureKind.NAME_SERVER_UNAVAILABLE);
                    assertThat(e.msgId()).isPresent();
                    assertThat(e).hasMessageContaining("no name server answered");
                });
        assertThat(outcomes).containsExactly("NOT_STORED NAME_SERVER_UNAVAILABLE");
    }

    @Test
    void anInterruptEndsABlockingSendAndStaysSet() {
        AtomicReference<FailureKind> kind = new AtomicReference<>();
        AtomicReference<Boolean> interrupted = new AtomicReference<>(false);
        Thread caller = Threads.start("caller", () -> {
            try {
                sender.send(SendFixture.message(), SendOptions.defaults());
            } catch (MessageNotStoredException e) {
                kind.set(e.kind());
                interrupted.set(Thread.currentThread().isInterrupted());
            }
        });
        Threads.awaitParked(caller);

        caller.interrupt();

        Threads.join(caller);
        assertThat(kind).hasValue(FailureKind.INTERRUPTED);
        assertThat(interrupted).hasValue(true);
        assertThat(sender.inFlightMessages()).as("its room is the owner's").isOne();
        runWaiting();
        assertThat(sender.inFlightMessages()).isZero();
    }

    @Test
    void cancellingAFutureEndsTheSendAndItsHookIsTold() {
        CompletableFuture<SendResult> future = sender.sendAsync(SendFixture.message(), SendOptions.defaults());

        future.cancel(true);
        future.cancel(true);
        runWaiting();

        assertThatThrownBy(future::join).isInstanceOf(CancellationException.class);
        assertThat(outcomes).containsExactly("NOT_STORED CANCELLED");
        assertThat(sender.inFlightMessages()).isZero();
    }

    @Test
    void completingAFutureFromOutsideIsACancellation() {
        CompletableFuture<SendResult> one = sender.sendAsync(SendFixture.message(), SendOptions.defaults());
        CompletableFuture<SendResult> other = sender.sendAsync(SendFixture.message(), SendOptions.defaults());
        CompletableFuture<SendResult> late = sender.sendAsync(SendFixture.message(), SendOptions.defaults());

        one.completeExceptionally(new IllegalStateException("mine"));
        other.complete(
                SendResult.builder("id", new MessageQueue("T", "a", 0), 0).build());
        late.orTimeout(1, TimeUnit.NANOSECONDS);

        Eventually.await("three outcomes", Duration.ofSeconds(10), () -> {
            runWaiting();
            return outcomes.size() == 3 && sender.inFlightMessages() == 0;
        });
        assertThat(outcomes).containsOnly("NOT_STORED CANCELLED");
    }

    @Test
    void i2_aSendEndsAtItsDeadlineThoughNobodyEverAnswers() {
        CompletableFuture<SendResult> future =
                sender.sendAsync(SendFixture.message(), SendOptions.defaults().withTimeout(Duration.ofNanos(1)));

        runWaiting();

        assertThat(future).isCompletedExceptionally();
        assertThat(outcomes).containsExactly("NOT_STORED NAME_SERVER_UNAVAILABLE");
    }

    @Test
    void aVetoIsThrownAsTheHooksFailure() {
        Message vetoed = Message.builder("T").body(new byte[] {1}).keys("veto").build();

        assertThatThrownBy(() -> sender.send(vetoed, SendOptions.defaults()))
                .isInstanceOfSatisfying(
                        MessageNotStoredException.class,
                        e -> assertThat(e.kind()).isEqualTo(FailureKind.HOOK))
                .hasMessageContaining("not today")
                .hasCauseInstanceOf(SendVetoException.class);
        assertThatThrownBy(() -> sender.sendOneway(vetoed, SendOptions.defaults()))
                .isInstanceOf(MessageNotStoredException.class);
        assertThat(outcomes).containsExactly("NOT_STORED HOOK", "NOT_STORED HOOK");
    }

    @Test
    void f77_anOrderingKeyTogetherWithAQueueIsRefused() {
        SendOptions toQueue = SendOptions.defaults().to(QueueTarget.queue(new MessageQueue("T", "a", 0)));

        assertThatThrownBy(() -> sender.send(SendFixture.ordered("k"), toQueue))
                .isInstanceOfSatisfying(
                        MessageNotStoredException.class,
                        e -> assertThat(e.kind()).isEqualTo(FailureKind.INVALID_MESSAGE));
    }

    @Test
    void aCallbackIsCalledOnceAndMayThrow() {
        List<Outcome> called = new ArrayList<>();
        SendCallback callback = new SendCallback() {
            @Override
            public void onSuccess(SendResult result) {
                called.add(Outcome.ACKED);
            }

            @Override
            public void onException(MQProducerException exception) {
                called.add(Outcome.NOT_STORED);
                throw new IllegalStateException("callback");
            }
        };

        try (LogCapture log = new LogCapture(CallbackSend.class)) {
            sender.sendAsync(SendFixture.message(), SendFixture.NO_RETRY, callback);
            runWaiting();

            assertThat(log.messages(Level.ERROR)).singleElement().asString().contains("of topic T failed");
        }
        assertThat(called).containsExactly(Outcome.NOT_STORED);
    }

    @Test
    void f69_theCloseEndsWhatWaitsAndRefusesWhatComes() {
        CompletableFuture<SendResult> waiting = sender.sendAsync(SendFixture.message(), SendOptions.defaults());

        sender.close();
        runWaiting();

        assertThat(waiting).isCompletedExceptionally();
        assertThatThrownBy(() -> sender.send(SendFixture.message(), SendOptions.defaults()))
                .isInstanceOfSatisfying(
                        MessageNotStoredException.class,
                        e -> assertThat(e.kind()).isEqualTo(FailureKind.CLOSED));
        assertThat(outcomes).as("hooks hear of the send that they saw begin").containsExactly("NOT_STORED CLOSED");
        assertThat(sender.recentFailures().newestFirst()).hasSize(2);
    }

    @Test
    void aDrainWaitsForWhatWasAcceptedAndAcceptsNothingMore() {
        CompletableFuture<SendResult> waiting = sender.sendAsync(SendFixture.message(), SendOptions.defaults());

        assertThat(sender.drain(System.nanoTime())).isFalse();
        assertThat(waiting).isNotDone();
        assertThatThrownBy(() -> sender.send(SendFixture.message(), SendOptions.defaults()))
                .hasMessageContaining("producer is closed");

        waiting.cancel(true);
        runWaiting();
        assertThat(sender.drain(System.nanoTime())).isTrue();
    }
}
