package io.mqproducer.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.mqproducer.message.DeliveryTime;
import io.mqproducer.message.Message;
import io.mqproducer.message.MessageQueue;
import io.mqproducer.message.MessageQueueSelector;
import io.mqproducer.message.QueueTarget;
import io.mqproducer.message.SendOptions;
import io.mqproducer.message.TransactionState;
import io.mqproducer.recording.RecordedSend;
import io.mqproducer.recording.RecordingMQProducer;
import java.lang.reflect.Method;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.ParameterizedTypeReference;

/** Whatever a {@link SendSpec} can be told counts in every way of sending, or is refused: none is dropped. */
class EveryOptionInEveryModeTest {

    private static final Instant DUE = Instant.parse("2026-11-20T12:00:00Z");
    private static final MessageQueue QUEUE = new MessageQueue("orders", "broker-a", 1);
    private static final MessageQueueSelector SELECTOR = MessageQueueSelector.byHash();
    private static final ParameterizedTypeReference<byte[]> BYTES = new ParameterizedTypeReference<>() {};

    /** An option, by the name of its method. */
    private record Option(UnaryOperator<SendSpec> give, Predicate<RecordedSend> isEffective, boolean ofHalfMessages) {

        static Option ofMessage(UnaryOperator<SendSpec> give, Predicate<Message> isEffective) {
            return new Option(give, sent -> isEffective.test(sent.message()), true);
        }

        static Option ofSend(UnaryOperator<SendSpec> give, Predicate<SendOptions> isEffective) {
            return new Option(give, sent -> isEffective.test(sent.options()), false);
        }
    }

    private static final Map<String, Option> OPTIONS = new TreeMap<>(Map.ofEntries(
            Map.entry(
                    "withTag",
                    Option.ofMessage(
                            s -> s.withTag("paid"), m -> m.tag().orElse("").equals("paid"))),
            Map.entry(
                    "withKeys",
                    Option.ofMessage(s -> s.withKeys("a", "b"), m -> m.keys().equals(List.of("a", "b")))),
            Map.entry(
                    "withOrderingKey",
                    Option.ofMessage(
                            s -> s.withOrderingKey("c"), m -> m.orderingKey().isPresent())),
            Map.entry(
                    "withDelay",
                    Option.ofMessage(
                            s -> s.withDelay(Duration.ofSeconds(5)),
                            m -> m.delivery().equals(DeliveryTime.after(Duration.ofSeconds(5))))),
            Map.entry(
                    "withDeliveryTime",
                    Option.ofMessage(
                            s -> s.withDeliveryTime(DUE), m -> m.delivery().equals(DeliveryTime.at(DUE)))),
            Map.entry(
                    "withDelayLevel",
                    Option.ofMessage(s -> s.withDelayLevel(3), m -> m.delivery().equals(DeliveryTime.atLevel(3)))),
            Map.entry(
                    "withHeader",
                    Option.ofMessage(
                            s -> s.withHeader("h", 1), m -> m.properties().equals(Map.of("h", "1")))),
            Map.entry(
                    "withHeaders",
                    Option.ofMessage(
                            s -> s.withHeaders(Map.of("h", 2)),
                            m -> m.properties().equals(Map.of("h", "2")))),
            Map.entry("withWaitForStore", Option.ofMessage(s -> s.withWaitForStore(false), m -> !m.waitForStore())),
            Map.entry(
                    "withMessageCustomizer",
                    Option.ofMessage(
                            s -> s.withMessageCustomizer(m -> m.flag(7).priority(2)),
                            m -> m.flag() == 7 && m.priority().orElse(0) == 2)),
            Map.entry(
                    "withTimeout",
                    Option.ofSend(
                            s -> s.withTimeout(Duration.ofMillis(7)),
                            o -> o.timeout().equals(Optional.of(Duration.ofMillis(7))))),
            Map.entry(
                    "withMaxRetries",
                    Option.ofSend(s -> s.withMaxRetries(9), o -> o.maxRetries().orElse(0) == 9)),
            Map.entry(
                    "withQueue",
                    Option.ofSend(s -> s.withQueue(QUEUE), o -> o.target().equals(QueueTarget.queue(QUEUE)))),
            Map.entry(
                    "withSelector",
                    Option.ofSend(
                            s -> s.withSelector(SELECTOR, "id"),
                            o -> o.target().equals(QueueTarget.selectedBy(SELECTOR, "id"))))));

    /** A way of sending, by the name of its method and the last of its parameters' types. */
    private static final Map<String, Consumer<SendSpec>> MODES = new TreeMap<>(Map.ofEntries(
            Map.entry("send Object", s -> s.send("x")),
            Map.entry("sendAsync Object", s -> s.sendAsync("x").join()),
            Map.entry("sendOneway Object", s -> s.sendOneway("x")),
            Map.entry("sendBatch Collection", s -> s.sendBatch(List.of("x"))),
            Map.entry(
                    "sendBatchAsync Collection",
                    s -> s.sendBatchAsync(List.of("x")).join()),
            Map.entry(
                    "sendInTransaction LocalTransaction", s -> s.sendInTransaction("x", m -> TransactionState.COMMIT)),
            Map.entry("request Class", s -> s.request("x", byte[].class)),
            Map.entry("request ParameterizedTypeReference", s -> s.request("x", BYTES)),
            Map.entry(
                    "requestAsync Class", s -> s.requestAsync("x", byte[].class).join()),
            Map.entry(
                    "requestAsync ParameterizedTypeReference",
                    s -> s.requestAsync("x", BYTES).join()),
            Map.entry("afterCommit", s -> s.afterCommit().send("x").join()),
            Map.entry("transactional", s -> s.transactional().send("x"))));

    private static final Set<String> OF_HALF_MESSAGES = Set.of("sendInTransaction LocalTransaction", "transactional");

    private final RecordingMQProducer producer = new RecordingMQProducer();
    private final SendSpec spec = MQTemplate.builder(producer)
            .transactions(new CommittedAtOnce())
            .build()
            .destination("orders:created");

    @ParameterizedTest(name = "{0} in {1}")
    @MethodSource("matrix")
    void isEffective(String option, String mode) {
        Option given = OPTIONS.get(option);
        SendSpec described = given.give().apply(spec);

        if (OF_HALF_MESSAGES.contains(mode) && !given.ofHalfMessages()) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> MODES.get(mode).accept(described))
                    .withMessageContaining(option);
            assertThat(producer.sends()).isEmpty();
        } else {
            MODES.get(mode).accept(described);
            assertThat(producer.sent()).matches(given.isEffective());
            assertThat(producer.sent().message().topic()).isEqualTo("orders");
            assertThat(producer.sent().message().body()).isEqualTo(new byte[] {'x'});
        }
    }

    static Stream<Arguments> matrix() {
        return OPTIONS.keySet().stream()
                .flatMap(option -> MODES.keySet().stream().map(mode -> Arguments.of(option, mode)));
    }

    @Test
    void knowsAllOptionsAndModes() {
        assertThat(OPTIONS.keySet()).isEqualTo(names(name -> name.startsWith("with")));
        assertThat(MODES.keySet()).isEqualTo(names(name -> !name.startsWith("with")));
    }

    private static Set<String> names(Predicate<String> kind) {
        return Arrays.stream(SendSpec.class.getMethods())
                .filter(method -> kind.test(method.getName()))
                .map(EveryOptionInEveryModeTest::name)
                .collect(Collectors.toSet());
    }

    private static String name(Method method) {
        Class<?>[] types = method.getParameterTypes();
        return method.getName().startsWith("with") || types.length == 0
                ? method.getName()
                : method.getName() + " " + types[types.length - 1].getSimpleName();
    }
}
