package io.mqproducer.spring.observation;

import static io.micrometer.observation.tck.TestObservationRegistryAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import io.mqproducer.MQProducer;
import io.mqproducer.exception.FailureReport;
import io.mqproducer.exception.MQProducerException;
import io.mqproducer.exception.MessageMaybeStoredException;
import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Message;
import io.mqproducer.message.SendMode;
import io.mqproducer.message.SendOptions;
import io.mqproducer.message.SendResult;
import io.mqproducer.message.TransactionState;
import io.mqproducer.recording.RecordingMQProducer;
import io.mqproducer.spi.SendCallback;
import io.mqproducer.spring.JsonMQMessageConverter;
import io.mqproducer.spring.MQTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ObservedMQProducerTest {

    private final TestObservationRegistry registry = TestObservationRegistry.create();
    private final RecordingMQProducer producer = new RecordingMQProducer();
    private final MQTemplate template = template(null);

    private MQTemplate template(@Nullable MQTemplateObservationConvention convention) {
        return MQTemplate.builder(producer)
                .converter(new JsonMQMessageConverter())
                .decorator(target -> new ObservedMQProducer("orders", target, registry, convention))
                .build();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("modes")
    void observesEveryWayOfSendingOnce(SendMode mode, Consumer<MQTemplate> send) {
        send.accept(template);

        assertThat(registry)
                .hasNumberOfObservationsEqualTo(1)
                .hasSingleObservationThat()
                .hasNameEqualTo("mq.template.send")
                .hasContextualNameEqualTo("orders send")
                .hasLowCardinalityKeyValue("mq.template.name", "orders")
                .hasLowCardinalityKeyValue("messaging.system", "rocketmq")
                .hasLowCardinalityKeyValue("messaging.operation", "publish")
                .hasLowCardinalityKeyValue("messaging.destination.name", "orders")
                .hasLowCardinalityKeyValue("messaging.destination.kind", "topic")
                .doesNotHaveError()
                .hasBeenStarted()
                .hasBeenStopped()
                .satisfies(context -> {
                    assertThat(((MQMessageSenderContext) context).getMode()).isEqualTo(mode);
                    assertThat(((SenderContext<?>) context).getKind()).isEqualTo(Kind.PRODUCER);
                });
        assertThat(registry.getCurrentObservation()).isNull();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("modes")
    void recordsTheErrorOfEveryWayOfSendingOnce(SendMode mode, Consumer<MQTemplate> send) {
        Counting counting = new Counting();
        registry.observationConfig().observationHandler(counting);
        MessageNotStoredException failure = new MessageNotStoredException(
                FailureReport.of(FailureKind.NO_ROUTE, "no route").withMsgId("m-1"));
        producer.script().failingWith(failure);

        assertThatThrownBy(() -> send.accept(template))
                .matches(thrown -> thrown == failure || thrown.getCause() == failure);

        assertThat(registry).hasSingleObservationThat().hasError(failure).hasBeenStopped();
        assertThat(counting.told).containsExactly("start", "error", "stop");
        assertThat(registry).hasSingleObservationThat().hasHighCardinalityKeyValue("messaging.message.id", "m-1");
    }

    static Stream<Arguments> modes() {
        return Stream.of(
                mode(SendMode.SYNC, t -> t.send("orders", "x")),
                mode(SendMode.SYNC, t -> t.send(Message.of("orders", new byte[1]))),
                mode(SendMode.ASYNC, t -> t.sendAsync("orders", "x").join()),
                mode(SendMode.ONEWAY, t -> t.sendOneway("orders", "x")),
                mode(SendMode.BATCH, t -> t.sendBatch("orders", List.of("x", "y"))),
                mode(
                        SendMode.BATCH,
                        t -> t.sendBatchAsync("orders", List.of("x", "y")).join()),
                mode(SendMode.HALF, t -> t.sendInTransaction("orders", "x", message -> TransactionState.COMMIT)),
                mode(SendMode.REQUEST, t -> t.request("orders", "x", byte[].class)),
                mode(
                        SendMode.REQUEST,
                        t -> t.requestAsync("orders", "x", byte[].class).join()));
    }

    private static Arguments mode(SendMode mode, Consumer<MQTemplate> send) {
        return Arguments.of(mode, send);
    }

    @Test
    void tellsTheMessagesId() {
        template.send("orders", "x");

        assertThat(registry)
                .hasSingleObservationThat()
                .hasHighCardinalityKeyValue("messaging.message.id", "00000000000000000000000000000001");
    }

    @Test
    void isThereWhileTheProducerIsCalledAndInDependents() {
        List<String> scopes = new ArrayList<>();
        producer.script().holding();
        CompletableFuture<SendResult> future = template.sendAsync("orders", "x");
        future.thenAccept(result -> scopes.add(current()));
        assertThat(current()).isEqualTo("none");

        producer.script().release();

        assertThat(scopes).containsExactly("mq.template.send");
        assertThat(current()).isEqualTo("none");
        template.sendInTransaction("orders", "x", message -> {
            scopes.add(current());
            return TransactionState.COMMIT;
        });
        assertThat(scopes).containsExactly("mq.template.send", "mq.template.send");
    }

    @Test
    void isThereInDependentsOfFailures() {
        List<String> scopes = new ArrayList<>();
        producer.script().holding().failingWith(new MessageMaybeStoredException(FailureKind.TIMEOUT, "no answer"));
        CompletableFuture<SendResult> future = template.sendAsync("orders", "x");
        future.exceptionally(failure -> {
            scopes.add(current());
            return null;
        });

        producer.script().release();

        assertThat(scopes).containsExactly("mq.template.send");
        assertThat(future).isCompletedExceptionally();
    }

    @Test
    void isTheChildOfTheOneThatTheCallerIsIn() {
        Observation parent = Observation.start("request", registry);
        parent.scoped(() -> {
            template.send("orders", "x");
        });
        parent.stop();

        assertThat(registry)
                .hasObservationWithNameEqualTo("mq.template.send")
                .that()
                .hasParentObservationEqualTo(parent);
    }

    /** As messages after a commit are sent. */
    @Test
    void canSendLaterAndElsewhereWhatTheCallerIsDoing() {
        ObservedMQProducer observed = new ObservedMQProducer("orders", producer, registry, null);
        Observation parent = Observation.start("request", registry);
        MQProducer later = parent.scoped(observed::inCallersContext);
        parent.stop();

        CompletableFuture.runAsync(() -> later.send(Message.of("orders", new byte[1])))
                .join();

        assertThat(registry)
                .hasObservationWithNameEqualTo("mq.template.send")
                .that()
                .hasParentObservationEqualTo(parent)
                .hasBeenStopped();
        assertThat(observed.inCallersContext()).isSameAs(observed);
    }

    @Test
    void cancelsTheSendWithTheFutureAndStopsOnce() {
        Counting counting = new Counting();
        registry.observationConfig().observationHandler(counting);
        producer.script().holding();
        CompletableFuture<SendResult> future = template.sendAsync("orders", "x");

        future.cancel(true);
        producer.script().release(); // too late

        assertThat(producer.futures()).singleElement().matches(CompletableFuture::isCancelled);
        assertThat(counting.told).containsExactly("start", "error", "stop");
        assertThat(registry)
                .hasSingleObservationThat()
                .satisfies(context -> assertThat(context.getError()).isInstanceOf(CancellationException.class));
    }

    @Test
    void stopsOnceWhenTheCallerGivesUpBeforeTheAnswer() {
        Counting counting = new Counting();
        registry.observationConfig().observationHandler(counting);
        producer.script().holding();
        CompletableFuture<SendResult> future = template.sendAsync("orders", "x").orTimeout(1, TimeUnit.MILLISECONDS);

        assertThatThrownBy(future::join).hasRootCauseInstanceOf(TimeoutException.class);
        await().until(() -> counting.told.contains("stop"));
        producer.script().release();

        assertThat(counting.told).containsExactly("start", "error", "stop");
    }

    @Test
    void callsCallbacksInside() {
        List<String> scopes = new ArrayList<>();
        ObservedMQProducer observed = new ObservedMQProducer("orders", producer, registry, null);
        SendCallback callback = new SendCallback() {
            @Override
            public void onSuccess(SendResult result) {
                scopes.add("stored " + current());
            }

            @Override
            public void onException(MQProducerException exception) {
                scopes.add("failed " + current());
            }
        };

        observed.sendAsync(Message.of("orders", new byte[1]), SendOptions.defaults(), callback);
        producer.script().failingWith(new MessageNotStoredException(FailureKind.NO_ROUTE, "no route"));
        observed.sendAsync(Message.of("orders", new byte[1]), SendOptions.defaults(), callback);

        assertThat(scopes).containsExactly("stored mq.template.send", "failed mq.template.send");
        assertThat(registry)
                .hasNumberOfObservationsEqualTo(2)
                .hasHandledContextsThatSatisfy(contexts -> assertThat(contexts)
                        .filteredOn(context -> context.getError() != null)
                        .hasSize(1));
    }

    @Test
    void stopsWhenTheProducerRefusesTheCall() {
        IllegalArgumentException refused = new IllegalArgumentException("no");
        RecordingMQProducer refusing = new RecordingMQProducer() {
            @Override
            public CompletableFuture<SendResult> sendAsync(Message message, SendOptions options) {
                throw refused;
            }
        };
        ObservedMQProducer observed = new ObservedMQProducer("orders", refusing, registry, null);

        assertThatIllegalArgumentException().isThrownBy(() -> observed.sendAsync(Message.of("orders", new byte[1])));

        assertThat(registry).hasSingleObservationThat().hasError(refused).hasBeenStopped();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("modes")
    void putsTheContextIntoEveryMessage(SendMode mode, Consumer<MQTemplate> send) {
        registry.observationConfig().observationHandler(new Propagating(Map.of("traceparent", "00-1-2-01")));

        send.accept(template);

        assertThat(producer.sends()).isNotEmpty().allSatisfy(sent -> {
            assertThat(sent.message().properties()).containsEntry("traceparent", "00-1-2-01");
        });
    }

    @Test
    void leavesOutContextThatRocketMqCannotCarry() {
        registry.observationConfig()
                .observationHandler(
                        new Propagating(Map.of("tracestate", "", "baggage", "a\u0001b", "KEYS", "k", "ok", "1")));

        template.send("orders", "x");

        assertThat(producer.sent().message().properties()).isEqualTo(Map.of("ok", "1"));
        assertThat(producer.sent().message().keys()).isEmpty();
    }

    @Test
    void keepsNobodyWaitingForHandlersThatFail() throws InterruptedException {
        registry.observationConfig().observationHandler(new ObservationHandler<MQMessageSenderContext>() {
            private int scopes;

            @Override
            public void onScopeOpened(MQMessageSenderContext context) {
                if (++scopes == 2) {
                    throw new IllegalStateException("broken handler");
                }
            }

            @Override
            public boolean supportsContext(Observation.Context context) {
                return context instanceof MQMessageSenderContext;
            }
        });
        producer.script().holding();
        CompletableFuture<SendResult> future = template.sendAsync("orders", "x");

        Thread releasing = new Thread(producer.script()::release); // Micrometer leaves the scope that failed open on it
        releasing.start();
        releasing.join();

        assertThat(future)
                .isCompletedWithValueMatching(result -> result.msgId().equals("00000000000000000000000000000001"));
        assertThat(registry).hasSingleObservationThat().hasBeenStopped();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("modes")
    void sendsAllTheSameWhenObservationsAreFilteredOut(SendMode mode, Consumer<MQTemplate> send) {
        registry.observationConfig().observationPredicate((name, context) -> !name.equals("mq.template.send"));

        send.accept(template);

        assertThat(producer.sends()).isNotEmpty();
        assertThat(registry).doesNotHaveAnyObservation();
    }

    @Test
    void isNamedByTheConventionOfTheApplication() {
        MQTemplate own = template(new DefaultMQTemplateObservationConvention() {
            @Override
            public String getName() {
                return "orders.sent";
            }

            @Override
            public KeyValues getLowCardinalityKeyValues(MQMessageSenderContext context) {
                return super.getLowCardinalityKeyValues(context)
                        .and("mode", context.getMode().name());
            }
        });

        own.send("orders", "x");

        assertThat(registry)
                .hasSingleObservationThat()
                .hasNameEqualTo("orders.sent")
                .hasLowCardinalityKeyValue("mode", "SYNC")
                .hasLowCardinalityKeyValue("messaging.system", "rocketmq");
    }

    private String current() {
        Observation current = registry.getCurrentObservation();
        return current == null ? "none" : current.getContext().getName();
    }

    /** Counts what observations are told. */
    private static final class Counting implements ObservationHandler<MQMessageSenderContext> {

        private final List<String> told = new CopyOnWriteArrayList<>();

        @Override
        public void onStart(MQMessageSenderContext context) {
            told.add("start");
        }

        @Override
        public void onError(MQMessageSenderContext context) {
            told.add("error");
        }

        @Override
        public void onStop(MQMessageSenderContext context) {
            told.add("stop");
        }

        @Override
        public boolean supportsContext(Observation.Context context) {
            return context instanceof MQMessageSenderContext;
        }
    }

    /** Writes a context as the propagators of tracers do. */
    private record Propagating(Map<String, String> fields) implements ObservationHandler<MQMessageSenderContext> {

        @Override
        public void onStart(MQMessageSenderContext context) {
            fields.forEach((name, value) -> context.getSetter().set(context.getCarrier(), name, value));
        }

        @Override
        public boolean supportsContext(Observation.Context context) {
            return context instanceof MQMessageSenderContext;
        }
    }
}
