package io.mqproducer;

import static io.mqproducer.BatchReplies.SEND_BATCH_MESSAGE;
import static io.mqproducer.Probe.SEND_MESSAGE_V2;
import static io.mqproducer.Probe.message;
import static io.mqproducer.Probe.within;
import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.exception.MQProducerException;
import io.mqproducer.exception.MessageMaybeStoredException;
import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Message;
import io.mqproducer.message.Outcome;
import io.mqproducer.message.SendOptions;
import io.mqproducer.message.SendResult;
import io.mqproducer.message.SendStatus;
import io.mqproducer.spi.SendCallback;
import io.mqproducer.test.peer.FakeCluster;
import io.mqproducer.test.peer.Hold;
import io.mqproducer.test.peer.Reply;
import io.mqproducer.test.peer.Request;
import io.mqproducer.test.peer.Script;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What can happen to messages that were gathered into one request: each ends as it would have alone. They are gathered
 * because all are sent before the name server tells the route.
 */
class AutomaticBatchingIT {

    private static final int MESSAGE_ILLEGAL = 13;
    private static final int FLUSH_DISK_TIMEOUT = 10;
    private static final int SYSTEM_BUSY = 2;
    private static final int SYSTEM_ERROR = 1;
    private static final int MESSAGES = 50;

    private final FakeCluster cluster = FakeCluster.start(1);

    @BeforeAll
    static void warmUp() {
        Probe.warmUp();
    }

    @AfterEach
    void closeCluster() {
        cluster.close();
    }

    @Test
    void m7_messagesGoTogetherAndEachHasItsResult() throws Exception {
        on(BatchReplies::stored);
        try (ProducerUnderTest put = start(builder -> {})) {
            List<CompletableFuture<SendResult>> sends = sendAll(put);

            for (int i = 0; i < MESSAGES; i++) {
                SendResult result = sends.get(i).get(5, TimeUnit.SECONDS);
                assertThat(result.queueOffset()).isEqualTo(i);
                assertThat(result.offsetMsgId()).contains("7F0000010000A9F50000000000000%03X".formatted(i));
                assertThat(result.attempts()).isOne();
            }
            assertThat(requests(SEND_BATCH_MESSAGE)).hasSize(1);
            assertThat(put.count(Outcome.ACKED)).isEqualTo(MESSAGES);
        }
    }

    @Test
    void m11_whenTheRequestFailsEachHasAFailureOfItsOwn() {
        on(request -> Reply.code(SYSTEM_ERROR, "store is broken"));
        try (ProducerUnderTest put = start(builder -> builder.retryMaxRetries(0))) {
            List<MQProducerException> failures = new ArrayList<>();
            for (CompletableFuture<SendResult> send : sendAll(put)) {
                failures.add(failureOf(send));
            }

            assertThat(failures).doesNotHaveDuplicates().allSatisfy(failure -> {
                assertThat(failure).isInstanceOf(MessageMaybeStoredException.class);
                assertThat(failure).hasMessageContaining("store is broken");
            });
            assertThat(failures.stream().map(failure -> failure.msgId().orElseThrow()))
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void m11_aBlockedCallerIsToldToo() throws InterruptedException {
        on(request -> Reply.code(SYSTEM_ERROR, "store is broken"));
        try (ProducerUnderTest put = start(builder -> builder.retryMaxRetries(0))) {
            List<Throwable> thrown = Collections.synchronizedList(new ArrayList<>());
            List<Thread> callers = together(() -> {
                List<Thread> started = IntStream.range(0, 8)
                        .mapToObj(i -> new Thread(() -> {
                            try {
                                put.producer().send(message());
                            } catch (RuntimeException e) {
                                thrown.add(e);
                            }
                        }))
                        .toList();
                started.forEach(Thread::start);
                Probe.await(
                        "all callers",
                        Duration.ofSeconds(5),
                        () -> put.producer().status().inFlightMessages() == 8);
                return started;
            });
            for (Thread caller : callers) {
                caller.join(5_000);
            }

            assertThat(thrown)
                    .hasSize(8)
                    .allSatisfy(e -> assertThat(e).isInstanceOf(MessageMaybeStoredException.class));
        }
    }

    @Test
    void m11_oneThatIsRefusedDoesNotTakeTheOthersWithIt() {
        on(request -> Reply.code(MESSAGE_ILLEGAL, "one of them is bad"));
        cluster.broker(0)
                .on(
                        SEND_MESSAGE_V2,
                        request -> new String(request.body(), StandardCharsets.UTF_8).equals("7")
                                ? Reply.code(MESSAGE_ILLEGAL, "this one")
                                : Reply.sendOk(request, 3));
        try (ProducerUnderTest put = start(builder -> {})) {
            List<CompletableFuture<SendResult>> sends = sendAll(put);

            for (int i = 0; i < MESSAGES; i++) {
                if (i == 7) {
                    assertThat(failureOf(sends.get(i)))
                            .isInstanceOf(MessageNotStoredException.class)
                            .hasMessageContaining("this one");
                } else {
                    assertThat(sends.get(i)).succeedsWithin(Duration.ofSeconds(5));
                }
            }
            assertThat(requests(SEND_MESSAGE_V2)).as("each alone, once").hasSize(MESSAGES);
        }
    }

    @Test
    void m12_aCallbackThatThrowsIsItsOwnAffair() {
        on(BatchReplies::stored);
        AtomicIntegerArray calls = new AtomicIntegerArray(MESSAGES);
        try (ProducerUnderTest put = start(builder -> {})) {
            for (int i = 0; i < MESSAGES; i++) {
                int number = i;
                put.producer().sendAsync(body(i), SendOptions.defaults(), new SendCallback() {
                    @Override
                    public void onSuccess(SendResult result) {
                        calls.incrementAndGet(number);
                        throw new IllegalStateException("callback " + number);
                    }

                    @Override
                    public void onException(MQProducerException exception) {
                        calls.addAndGet(number, 100);
                    }
                });
            }
            Probe.await(
                    "all callbacks",
                    Duration.ofSeconds(5),
                    () -> put.producer().status().inFlightMessages() == 0);
        }
        assertThat(IntStream.range(0, MESSAGES).map(calls::get)).containsOnly(1);
    }

    @Test
    void aBusyBrokerIsAskedAgainWithTheSameIds() {
        int[] answers = {0};
        on(request -> answers[0]++ == 0 ? Reply.code(SYSTEM_BUSY) : BatchReplies.stored(request));
        cluster.broker(0).on(SEND_MESSAGE_V2, request -> Reply.sendOk(request, 0));
        try (ProducerUnderTest put = start(builder -> {})) {
            List<CompletableFuture<SendResult>> sends = sendAll(put);

            assertThat(sends).allSatisfy(send -> assertThat(send).succeedsWithin(Duration.ofSeconds(5)));
            int refused =
                    BatchReplies.bodies(requests(SEND_BATCH_MESSAGE).get(0)).size();
            assertThat(put.attempts()).hasSize(MESSAGES + refused);
        }
        List<String> again = new ArrayList<>();
        requests(SEND_BATCH_MESSAGE).stream().skip(1).forEach(request -> again.addAll(BatchReplies.ids(request)));
        requests(SEND_MESSAGE_V2).forEach(request -> again.addAll(BatchReplies.ids(request.field("i", "properties"))));
        assertThat(again)
                .containsAll(BatchReplies.ids(requests(SEND_BATCH_MESSAGE).get(0)));
    }

    @Test
    void f19_whenTheConnectionIsLostEachIsSentAgain() throws Exception {
        int[] answers = {0};
        on(request -> answers[0]++ == 0 ? Reply.close() : BatchReplies.stored(request));
        try (ProducerUnderTest put = start(builder -> {})) {
            for (CompletableFuture<SendResult> send : sendAll(put)) {
                assertThat(send.get(5, TimeUnit.SECONDS).mayBeDuplicate()).isTrue();
            }
        }
        List<String> first = BatchReplies.bodies(requests(SEND_BATCH_MESSAGE).get(0));
        List<String> again = requests(SEND_BATCH_MESSAGE).stream()
                .skip(1)
                .flatMap(request -> BatchReplies.bodies(request).stream())
                .toList();
        assertThat(again).containsAll(first);
    }

    @Test
    void f28_aWeakAcknowledgementIsTheStatusOfEach() throws Exception {
        on(request -> BatchReplies.stored(request, FLUSH_DISK_TIMEOUT));
        try (ProducerUnderTest put = start(builder -> {})) {
            for (CompletableFuture<SendResult> send : sendAll(put)) {
                assertThat(send.get(5, TimeUnit.SECONDS).status()).isEqualTo(SendStatus.FLUSH_DISK_TIMEOUT);
            }
            assertThat(put.count(Outcome.WEAK)).isEqualTo(MESSAGES);
        }
    }

    @Test
    void i2_eachEndsAtItsOwnDeadline() {
        on(Reply.never());
        cluster.broker(0).on(SEND_MESSAGE_V2, Reply.never());
        try (ProducerUnderTest put = start(builder -> builder.retryMaxRetries(0))) {
            long start = System.nanoTime();
            List<CompletableFuture<SendResult>> two = together(() -> List.of(
                    put.producer().sendAsync(message(), within(200)),
                    put.producer().sendAsync(message(), within(600))));
            CompletableFuture<SendResult> brief = two.get(0);
            CompletableFuture<SendResult> patient = two.get(1);

            assertThat(failureOf(brief).kind()).isEqualTo(FailureKind.TIMEOUT);
            Probe.assertEndedAtDeadline(start, 200);
            assertThat(patient).isNotDone();
            assertThat(failureOf(patient).kind()).isEqualTo(FailureKind.TIMEOUT);
            Probe.assertEndedAtDeadline(start, 600);
        }
    }

    @Test
    void m10_topicsAndWaitingForTheStoreAreNotMixed() {
        on(BatchReplies::stored);
        try (ProducerUnderTest put = start(builder -> {})) {
            List<CompletableFuture<SendResult>> sends = together(() -> {
                List<CompletableFuture<SendResult>> all = new ArrayList<>();
                for (int i = 0; i < 10; i++) {
                    all.add(put.producer().sendAsync(body(i)));
                    all.add(put.producer().sendAsync(Message.of("U", new byte[1])));
                    all.add(put.producer()
                            .sendAsync(Message.builder("T")
                                    .body(new byte[1])
                                    .waitForStore(false)
                                    .build()));
                }
                return all;
            });
            assertThat(sends).allSatisfy(send -> assertThat(send).succeedsWithin(Duration.ofSeconds(5)));
        }
        assertThat(requests(SEND_BATCH_MESSAGE))
                .extracting(request -> request.field("b", "topic") + " " + request.field("i", "properties"))
                .contains("T WAIT\u0001true\u0002", "U WAIT\u0001true\u0002", "T WAIT\u0001false\u0002");
    }

    // ----

    private ProducerUnderTest start(Consumer<MQProducerBuilder> settings) {
        return ProducerUnderTest.start(cluster.nameServers(), builder -> {
            builder.batchEnabled(true).connectionIoThreads(1);
            settings.accept(builder);
        });
    }

    /** Lets all that is sent by this wait for the route, so that it goes on together. */
    private <T> T together(Supplier<T> sends) {
        Hold routes = cluster.nameServer().hold(Probe.GET_ROUTE);
        try {
            return sends.get();
        } finally {
            routes.end();
        }
    }

    private void on(Script script) {
        cluster.broker(0).on(SEND_BATCH_MESSAGE, script);
    }

    private List<Request> requests(int code) {
        return cluster.broker(0).requests(code);
    }

    private List<CompletableFuture<SendResult>> sendAll(ProducerUnderTest put) {
        return together(() -> IntStream.range(0, MESSAGES)
                .mapToObj(i -> put.producer().sendAsync(body(i)))
                .toList());
    }

    private static Message body(int number) {
        return message(Integer.toString(number));
    }

    private static MQProducerException failureOf(CompletableFuture<SendResult> send) {
        try {
            throw new AssertionError("stored: " + send.get(5, TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            return (MQProducerException) e.getCause();
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }
}
