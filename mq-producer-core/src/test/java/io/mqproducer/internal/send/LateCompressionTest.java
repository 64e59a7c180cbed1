package io.mqproducer.internal.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqproducer.Eventually;
import io.mqproducer.exception.MQProducerException;
import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Message;
import io.mqproducer.message.MessageQueue;
import io.mqproducer.message.QueueTarget;
import io.mqproducer.message.SendOptions;
import io.mqproducer.message.SendResult;
import io.mqproducer.spi.ProducerMetrics;
import io.mqproducer.spi.SendCallback;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sends of a producer that reaches no name server, whose compressor waits until the test lets it go on. */
class LateCompressionTest {

    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();
    private static final int SIZE = 5000;

    private final HeldUpCompressor compressor = new HeldUpCompressor();
    private final SendFixture fixture = new SendFixture(List.of(), ProducerMetrics.NONE, compressor);
    private final MessageSender sender = fixture.sender;

    private static byte[] body(int value) {
        byte[] body = new byte[SIZE];
        Arrays.fill(body, (byte) value);
        return body;
    }

    private CompletableFuture<SendResult> send(int value) {
        return sender.sendAsync(Message.of("T", body(value)), SendFixture.NO_RETRY);
    }

    /** Sends that keep all threads busy, so that what comes next has to wait for one. */
    private List<CompletableFuture<SendResult>> sendsThatKeepAllBusy() {
        List<CompletableFuture<SendResult>> sends = new ArrayList<>();
        for (int i = 0; i < PROCESSORS; i++) {
            sends.add(send(i));
        }
        compressor.awaitBegun(PROCESSORS);
        return sends;
    }

    private void runWaiting() {
        for (int i = 0; i < 5; i++) {
            fixture.scheduler.runWaiting();
        }
    }

    private static FailureKind failureOf(Future<SendResult> future) {
        try {
            throw new AssertionError("stored: " + future.get(10, TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            return ((MQProducerException) e.getCause()).kind();
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void i6_i7_i8_nothingIsLeft() throws InterruptedException {
        compressor.letGo();
        sender.close();
        sender.closeCallbacks(Duration.ofSeconds(10));
        runWaiting();
        fixture.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("mq-producer-test-compress"));
    }

    @Test
    void f87_theArrayIsTheCallersAgainOnceTheCallReturns() {
        byte[] body = body(7);
        CompletableFuture<SendResult> future = sender.sendAsync(Message.of("T", body), SendFixture.NO_RETRY);
        compressor.awaitBegun(1);
        Arrays.fill(body, (byte) 0);
        compressor.letGo();

        assertThat(failureOf(future)).isEqualTo(FailureKind.NAME_SERVER_UNAVAILABLE);
        assertThat(compressor.bodies()).containsExactly(body(7));
        assertThat(compressor.threads()).containsExactly("mq-producer-test-compress-1");
    }

    @Test
    void aCallbackIsCalledOfASendThatWasCompressedLater() {
        CompletableFuture<SendResult> called = new CompletableFuture<>();
        compressor.letGo();

        sender.sendAsync(Message.of("T", body(1)), SendFixture.NO_RETRY, new SendCallback() {
            @Override
            public void onSuccess(SendResult result) {
                called.complete(result);
            }

            @Override
            public void onException(MQProducerException exception) {
                called.completeExceptionally(exception);
            }
        });

        assertThat(failureOf(called)).isEqualTo(FailureKind.NAME_SERVER_UNAVAILABLE);
        assertThat(compressor.threads()).containsExactly("mq-producer-test-compress-1");
    }

    @Test
    void othersThanAsynchronousSendsToAnyQueueAreCompressedByTheirCaller() {
        compressor.letGo();
        Message message = Message.of("T", body(1));
        SendOptions toQueue = SendFixture.NO_RETRY.to(QueueTarget.queue(new MessageQueue("T", "a", 0)));

        assertThatThrownBy(() -> sender.send(message, SendFixture.NO_RETRY))
                .isInstanceOf(MessageNotStoredException.class);
        sender.sendOneway(message, SendFixture.NO_RETRY);
        CompletableFuture<SendResult> ordered = sender.sendAsync(
                Message.builder("T").body(body(1)).orderingKey("k").build(), SendFixture.NO_RETRY);
        CompletableFuture<SendResult> bound = sender.sendAsync(message, toQueue);

        assertThat(ordered).isCompletedExceptionally();
        assertThat(bound).isCompletedExceptionally();
        assertThat(compressor.threads())
                .hasSize(4)
                .containsOnly(Thread.currentThread().getName());
    }

    @Test
    void whatWaitsForAThreadCanBeCancelled() {
        List<CompletableFuture<SendResult>> busy = sendsThatKeepAllBusy();
        CompletableFuture<SendResult> waiting = send(99);

        waiting.cancel(true);
        runWaiting();

        assertThat(sender.inFlightMessages()).as("its room is given back").isEqualTo(PROCESSORS);
        compressor.letGo();
        busy.forEach(LateCompressionTest::failureOf);
        assertThat(compressor.bodies()).hasSize(PROCESSORS).doesNotContain(body(99));
    }

    @Test
    void whatIsCancelledWhileItIsCompressedEndsAfterwards() {
        CompletableFuture<SendResult> future = send(1);
        compressor.awaitBegun(1);

        future.cancel(true);

        assertThat(sender.inFlightMessages()).isOne();
        compressor.letGo();
        Eventually.await("it has ended", Duration.ofSeconds(10), () -> sender.inFlightMessages() == 0);
    }

    @Test
    void theTimeOfWhatWaitsForAThreadRunsOut() {
        sendsThatKeepAllBusy();
        CompletableFuture<SendResult> waiting =
                sender.sendAsync(Message.of("T", body(99)), SendFixture.NO_RETRY.withTimeout(Duration.ofMillis(1)));

        Eventually.await("it has ended", Duration.ofSeconds(10), () -> {
            runWaiting();
            return waiting.isDone();
        });

        assertThatThrownBy(waiting::join)
                .cause()
                .isInstanceOfSatisfying(
                        MessageNotStoredException.class,
                        e -> assertThat(e.kind()).isEqualTo(FailureKind.TIMEOUT))
                .hasMessageContaining("waiting to be compressed");
    }

    @Test
    void theTimeRunsOutWhileItIsCompressed() {
        SendOptions shortly = SendFixture.NO_RETRY.withTimeout(Duration.ofMillis(1));
        CompletableFuture<SendResult> future = sender.sendAsync(Message.of("T", body(1)), shortly);
        long end = System.nanoTime() + Duration.ofMillis(1).toNanos();
        compressor.awaitBegun(1);
        Eventually.await("its time is over", Duration.ofSeconds(10), () -> System.nanoTime() - end > 0);

        compressor.letGo();

        assertThat(failureOf(future)).isEqualTo(FailureKind.TIMEOUT);
    }

    @Test
    void f69_theCloseEndsWhatWaitsAtOnceAndWhatIsCompressedAfterwards() {
        List<CompletableFuture<SendResult>> busy = sendsThatKeepAllBusy();
        CompletableFuture<SendResult> waiting = send(99);

        sender.close();

        assertThat(waiting).as("before the threads are through").isCompletedExceptionally();
        assertThat(failureOf(waiting)).isEqualTo(FailureKind.CLOSED);
        assertThat(busy).noneMatch(CompletableFuture::isDone);
        compressor.letGo();
        assertThat(busy).extracting(LateCompressionTest::failureOf).containsOnly(FailureKind.CLOSED);
        assertThat(compressor.bodies()).doesNotContain(body(99));
    }

    @Test
    void aDrainWaitsForWhatIsYetToBeCompressed() {
        List<CompletableFuture<SendResult>> busy = sendsThatKeepAllBusy();
        CompletableFuture<SendResult> waiting = send(99);

        assertThat(sender.drain(System.nanoTime())).isFalse();
        compressor.letGo();

        assertThat(sender.drain(System.nanoTime() + Duration.ofSeconds(10).toNanos()))
                .isTrue();
        assertThat(busy).allMatch(CompletableFuture::isDone);
        assertThat(failureOf(waiting)).isEqualTo(FailureKind.NAME_SERVER_UNAVAILABLE);
    }

    @Test
    void whoFindsNoThreadAnyMoreDoesItHimself() {
        CompressionThreads threads = new CompressionThreads("test");
        threads.close();
        List<Thread> ran = new ArrayList<>();

        threads.execute(() -> ran.add(Thread.currentThread()));

        assertThat(ran).containsExactly(Thread.currentThread());
    }

    @Test
    void aCodecThatBreaksDownEndsTheSend() {
        compressor.breakDown();

        CompletableFuture<SendResult> future = send(1);

        assertThat(failureOf(future)).isEqualTo(FailureKind.PROTOCOL);
    }
}
