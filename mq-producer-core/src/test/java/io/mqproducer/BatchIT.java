package io.mqproducer;

import static io.mqproducer.Probe.SEND_MESSAGE_V2;
import static io.mqproducer.Probe.message;
import static io.mqproducer.Probe.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mqproducer.exception.BatchNotFullyStoredException;
import io.mqproducer.exception.MQProducerException;
import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.message.BatchSendResult;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Message;
import io.mqproducer.message.Outcome;
import io.mqproducer.message.SendMode;
import io.mqproducer.message.SendOptions;
import io.mqproducer.message.SendStatus;
import io.mqproducer.spi.SendMessageContext;
import io.mqproducer.spi.SendMessageHook;
import io.mqproducer.spi.SendVetoException;
import io.mqproducer.test.peer.FakeCluster;
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
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** F76 and what else can happen to an explicit batch: it is refused as a whole, or each of its messages has an outcome. */
class BatchIT {

    private static final int SEND_BATCH_MESSAGE = 320;
    private static final int QUEUES = 2;
    private static final int SYSTEM_BUSY = 2;
    private static final int MESSAGE_ILLEGAL = 13;

    private final FakeCluster cluster = FakeCluster.start(2, QUEUES);

    @BeforeAll
    static void warmUp() {
        Probe.warmUp();
    }

    @BeforeEach
    void storeBatches() {
        for (int broker = 0; broker < 2; broker++) {
            cluster.broker(broker).on(SEND_BATCH_MESSAGE, BatchReplies::stored);
        }
    }

    @AfterEach
    void closeCluster() {
        cluster.close();
    }

    // ---- refused as a whole

    @Test
    void f76_anEmptyBatchIsRefused() {
        assertRefused(List.of(), "has no messages");
    }

    @Test
    void f76_aMissingElementIsNamedByItsIndex() {
        List<Message> messages = new ArrayList<>(three());
        messages.set(1, null);

        assertRefused(messages, "message 1 is null");
    }

    @Test
    void f76_oneBadMessageOfAHundredIsNamedByItsIndexAndNothingIsSent() {
        List<Message> messages = new ArrayList<>(Collections.nCopies(100, message()));
        messages.set(42, Message.of("T", new byte[1025]));

        assertRefused(messages, "message 42 of the batch: invalid message: body 1025 bytes, limit 1024");
    }

    @Test
    void f76_whatTheBrokerCouldNotStoreBesidesTheBodyIsNamedToo() {
        List<Message> messages = new ArrayList<>(three());
        messages.set(
                2,
                Message.builder("T")
                        .body(new byte[1])
                        .property("p", "x".repeat(33_000))
                        .build());

        assertRefused(messages, "message 2 of the batch: invalid message: properties");
    }

    @Test
    void f76_aVetoEndsTheWholeBatchAndEveryHookHearsOfIt() {
        SendMessageHook veto = new SendMessageHook() {
            @Override
            public Message beforeSend(SendMessageContext context) {
                assertThat(context.mode()).isEqualTo(SendMode.BATCH);
                if (new String(context.message().body()).equals("b")) {
                    throw new SendVetoException("not b");
                }
                return context.message();
            }
        };
        try (ProducerUnderTest put = start(builder -> builder.hook(veto))) {
            MessageNotStoredException refusal = catchThrowableOfType(
                    MessageNotStoredException.class, () -> put.producer().sendBatch(three()));

            assertThat(refusal.kind()).isEqualTo(FailureKind.HOOK);
            assertThat(refusal).hasMessageContaining("message 1 of the batch").hasMessageContaining("not b");
            assertThat(put.count(Outcome.NOT_STORED))
                    .as("a and b; c was not looked at")
                    .isBetween(1, 2);
        }
        assertThat(sent()).isEmpty();
    }

    @Test
    void f76_aStoppedProducerRefusesABatchAtOnce() {
        try (ProducerUnderTest put = start(builder -> {})) {
            put.producer().stop(Duration.ofSeconds(1));

            assertThatThrownBy(() -> put.producer().sendBatch(three()))
                    .isInstanceOfSatisfying(
                            MessageNotStoredException.class,
                            e -> assertThat(e.kind()).isEqualTo(FailureKind.CLOSED));
            assertThat(put.producer().sendBatchAsync(three(), SendOptions.defaults()))
                    .failsWithin(Duration.ofSeconds(1));
        }
    }

    // ---- sent

    @Test
    void aBatchOfOneIsAnOrdinaryMessage() {
        try (ProducerUnderTest put = start(builder -> {})) {
            assertThat(put.producer().sendBatch(List.of(message())).allStored()).isTrue();
        }
        assertThat(codes()).containsExactly(SEND_MESSAGE_V2);
    }

    @Test
    void eachMessageIsToldToTheHooksWithItsIdAndAttempts() {
        try (ProducerUnderTest put = start(builder -> {})) {
            BatchSendResult result = put.producer().sendBatch(three());

            assertThat(put.count(Outcome.ACKED)).isEqualTo(3);
            assertThat(put.attempts()).hasSize(3);
            assertThat(result.elements().stream()
                            .map(element -> element.result().orElseThrow().msgId())
                            .distinct())
                    .hasSize(3);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 11, 12})
    void f28_aWeakAcknowledgementIsTheStatusOfEach(int code) {
        stores(request -> BatchReplies.stored(request, code));
        try (ProducerUnderTest put = start(builder -> {})) {
            BatchSendResult result = put.producer().sendBatch(three());

            assertThat(result.elements()).hasSize(3).allSatisfy(element -> {
                assertThat(element.outcome()).isEqualTo(Outcome.WEAK);
                assertThat(element.result().orElseThrow().status()).isNotEqualTo(SendStatus.SEND_OK);
            });
        }
    }

    @Test
    void aBrokerThatIsBusyIsTriedAgainAsAWholeWithTheSameIds() {
        cluster.broker(0).on(SEND_BATCH_MESSAGE, Reply.code(SYSTEM_BUSY));
        try (ProducerUnderTest put = start(builder -> builder.retryMaxRetries(5))) {
            for (int i = 0; i < 2 * QUEUES; i++) { // one begins at each queue of either broker
                assertThat(put.producer().sendBatch(three()).allStored()).isTrue();
            }
        }

        List<String> refused = cluster.broker(0).requests(SEND_BATCH_MESSAGE).stream()
                .map(BatchIT::records)
                .toList();
        List<String> accepted = cluster.broker(1).requests(SEND_BATCH_MESSAGE).stream()
                .map(BatchIT::records)
                .toList();
        assertThat(refused).isNotEmpty();
        assertThat(accepted).containsAll(refused);
    }

    @Test
    void whatABrokerRefusesIsNotStoredAndWhatAnotherStoresIs() {
        stores(request -> request.field("b", "topic").equals("bad")
                ? Reply.code(MESSAGE_ILLEGAL, "bad topic")
                : BatchReplies.stored(request));
        cluster.route("bad", cluster.defaultRoute());
        List<Message> messages =
                List.of(message("a"), Message.of("bad", new byte[1]), message("b"), Message.of("bad", new byte[2]));
        try (ProducerUnderTest put = start(builder -> {})) {
            BatchNotFullyStoredException failure = catchThrowableOfType(
                    BatchNotFullyStoredException.class, () -> put.producer().sendBatch(messages));

            assertThat(failure.result().elements())
                    .extracting(BatchSendResult.Element::outcome)
                    .containsExactly(Outcome.ACKED, Outcome.NOT_STORED, Outcome.ACKED, Outcome.NOT_STORED);
            assertThat(failure.result().elements().get(1).kind()).contains(FailureKind.BROKER_REJECTED);
            assertThat(failure)
                    .hasMessageContaining("2 of 4 messages are not known to be stored")
                    .hasMessageContaining("bad topic");
            assertThat(failure.responseCode()).hasValue(MESSAGE_ILLEGAL);
            assertThat(failure.attempts()).isNotEmpty();
            assertThat(failure.getCause()).isInstanceOf(MessageNotStoredException.class);
        }
    }

    @Test
    void i2_aMuteBrokerLeavesAllMaybeStoredAtTheDeadline() {
        stores(Reply.never());
        try (ProducerUnderTest put = start(builder -> builder.retryMaxRetries(0))) {
            put.producer().publishQueues("T");
            long start = System.nanoTime();
            BatchNotFullyStoredException failure = catchThrowableOfType(
                    BatchNotFullyStoredException.class, () -> put.producer().sendBatch(three(), within(300)));

            Probe.assertEndedAtDeadline(start, 300);
            assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
            assertThat(failure.result().elements()).hasSize(3).allSatisfy(element -> {
                assertThat(element.outcome()).isEqualTo(Outcome.MAYBE_STORED);
                assertThat(element.result()).isEmpty();
            });
        }
    }

    @Test
    void f70_anInterruptEndsTheWait() throws InterruptedException {
        stores(Reply.never());
        try (ProducerUnderTest put = start(builder -> {})) {
            put.producer().publishQueues("T");
            List<Throwable> thrown = Collections.synchronizedList(new ArrayList<>());
            List<Boolean> interrupted = Collections.synchronizedList(new ArrayList<>());
            Thread caller = new Thread(() -> {
                try {
                    put.producer().sendBatch(three(), within(5_000));
                } catch (MQProducerException e) {
                    thrown.add(e);
                    interrupted.add(Thread.currentThread().isInterrupted());
                }
            });
            caller.start();
            Probe.await("the batch at a broker", Duration.ofSeconds(5), () -> !sent().isEmpty());
            caller.interrupt();
            caller.join(2_000);

            assertThat(thrown).singleElement().isInstanceOfSatisfying(BatchNotFullyStoredException.class, e -> {
                assertThat(e.kind()).isEqualTo(FailureKind.INTERRUPTED);
                assertThat(e.result().elements())
                        .allSatisfy(element -> assertThat(element.outcome()).isEqualTo(Outcome.MAYBE_STORED));
            });
            assertThat(interrupted).containsExactly(true);
            cluster.broker(0).close();
            cluster.broker(1).close(); // so that the room is given back now and not at the deadline
        }
    }

    @Test
    void cancellingTheFutureEndsWhatIsNotOver() {
        stores(Reply.never());
        try (ProducerUnderTest put = start(builder -> builder.retryMaxRetries(0))) {
            put.producer().publishQueues("T");
            CompletableFuture<BatchSendResult> future = put.producer().sendBatchAsync(three(), within(500));
            Probe.await("the batch at a broker", Duration.ofSeconds(5), () -> !sent().isEmpty());

            assertThat(future.cancel(true)).isTrue();

            Probe.await("the hooks", Duration.ofSeconds(5), () -> put.count(Outcome.MAYBE_STORED) == 3);
        }
    }

    @Test
    void anAsynchronousBatchTellsItsFailureThroughTheFuture() {
        stores(Reply.code(MESSAGE_ILLEGAL));
        try (ProducerUnderTest put = start(builder -> {})) {
            assertThat(put.producer().sendBatchAsync(three(), SendOptions.defaults()))
                    .failsWithin(Duration.ofSeconds(5))
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(BatchNotFullyStoredException.class);
            assertThat(put.producer().sendBatchAsync(List.of(), SendOptions.defaults()))
                    .failsWithin(Duration.ofSeconds(5))
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(MessageNotStoredException.class);
        }
    }

    @Test
    void i6_aBatchLargerThanAllTheRoomGoesWhenNothingElseIsInFlight() {
        try (ProducerUnderTest put = start(builder -> builder.backpressureMaxInFlightMessages(10))) {
            List<Message> messages = Collections.nCopies(500, message());

            assertThat(put.producer().sendBatch(messages).allStored()).isTrue();
            assertThat(put.producer().sendBatch(messages).allStored())
                    .as("the room was given back")
                    .isTrue();
        }
    }

    @Test
    void f69_stopLetsABatchThatWasAcceptedEnd() throws Exception {
        stores(request -> BatchReplies.stored(request).after(Duration.ofMillis(300)));
        CompletableFuture<BatchSendResult> future;
        try (ProducerUnderTest put = start(builder -> {})) {
            put.producer().publishQueues("T");
            future = put.producer().sendBatchAsync(three(), SendOptions.defaults());
            put.producer().stop(Duration.ofSeconds(5));

            assertThat(future).isDone();
            assertThat(future.get(0, TimeUnit.SECONDS).allStored()).isTrue();
        }
    }

    // ----

    private ProducerUnderTest start(Consumer<MQProducerBuilder> settings) {
        return ProducerUnderTest.start(cluster.nameServers(), builder -> {
            builder.maxMessageSize(64 * 1024);
            settings.accept(builder);
        });
    }

    private void stores(Script script) {
        cluster.broker(0).on(SEND_BATCH_MESSAGE, script);
        cluster.broker(1).on(SEND_BATCH_MESSAGE, script);
        if (script instanceof Reply) {
            cluster.broker(0).on(SEND_MESSAGE_V2, script);
            cluster.broker(1).on(SEND_MESSAGE_V2, script);
        }
    }

    private void assertRefused(List<Message> messages, String text) {
        try (ProducerUnderTest put = ProducerUnderTest.start(
                cluster.nameServers(), builder -> builder.maxMessageSize(1024).compressionEnabled(false))) {
            assertThatThrownBy(() -> put.producer().sendBatch(messages))
                    .isInstanceOfSatisfying(MessageNotStoredException.class, e -> {
                        assertThat(e.kind()).isEqualTo(FailureKind.INVALID_MESSAGE);
                        assertThat(e).hasMessageContaining(text);
                    });
            put.producer().publishQueues("T");
        }
        assertThat(sent()).isEmpty();
    }

    private List<Request> sent() {
        List<Request> all = new ArrayList<>();
        for (int broker = 0; broker < 2; broker++) {
            all.addAll(cluster.broker(broker).requests(SEND_BATCH_MESSAGE));
            all.addAll(cluster.broker(broker).requests(SEND_MESSAGE_V2));
        }
        return all;
    }

    private List<Integer> codes() {
        return sent().stream().map(Request::code).toList();
    }

    private static String records(Request request) {
        return new String(request.body(), StandardCharsets.ISO_8859_1);
    }

    private static List<Message> three() {
        return IntStream.of('a', 'b', 'c')
                .mapToObj(letter -> message(Character.toString(letter)))
                .toList();
    }
}
