package io.mqproducer.spring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqproducer.MQProducer;
import io.mqproducer.message.BatchSendResult;
import io.mqproducer.message.Message;
import io.mqproducer.message.SendMode;
import io.mqproducer.message.SendOptions;
import io.mqproducer.message.SendResult;
import io.mqproducer.message.TransactionSendResult;
import io.mqproducer.message.TransactionState;
import io.mqproducer.recording.RecordedSend;
import io.mqproducer.recording.RecordingMQProducer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MQTemplateTest {

    private final RecordingMQProducer producer = new RecordingMQProducer();
    private final MQTemplate template =
            MQTemplate.builder(producer).defaultDestination("fallback:late").build();

    @Test
    void sendsAndReturnsTheResult() {
        SendResult result = template.send("orders", "hello");

        assertThat(result.msgId()).isEqualTo("00000000000000000000000000000001");
        assertThat(producer.sent().mode()).isEqualTo(SendMode.SYNC);
        assertThat(producer.sent().message().topic()).isEqualTo("orders");
        assertThat(producer.sent().message().tag()).isEmpty();
        assertThat(producer.sent().message().body()).isEqualTo("hello".getBytes(UTF_8));
        assertThat(producer.sent().options()).isEqualTo(SendOptions.defaults());
    }

    @Test
    void readsTheTagFromTheDestination() {
        template.send("orders:created", "hello");

        assertThat(producer.sent().message().topic()).isEqualTo("orders");
        assertThat(producer.sent().message().tag()).contains("created");
    }

    @Test
    void endsTheTopicAtTheFirstColon() {
        template.send("orders:a:b", "hello");

        assertThat(producer.sent().message().tag()).contains("a:b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ":tag", "orders:", "orders: ", "or ders"})
    void refusesDestinationsThatAreNone(String destination) {
        assertThatIllegalArgumentException().isThrownBy(() -> template.send(destination, "hello"));
        assertThatIllegalArgumentException().isThrownBy(() -> template.sendAsync(destination, "hello"));
        assertThatIllegalArgumentException().isThrownBy(() -> template.sendOneway(destination, "hello"));
        assertThatIllegalArgumentException().isThrownBy(() -> template.destination(destination));
        assertThat(producer.sends()).isEmpty();
    }

    @Test
    void sendsAsynchronously() {
        CompletableFuture<SendResult> future = template.sendAsync("orders:created", "hello");

        assertThat(future)
                .isCompletedWithValueMatching(result -> result.msgId().equals("00000000000000000000000000000001"));
        assertThat(producer.sent().mode()).isEqualTo(SendMode.ASYNC);
    }

    @Test
    void sendsOneWay() {
        template.sendOneway("clicks", "hello");

        assertThat(producer.sent().mode()).isEqualTo(SendMode.ONEWAY);
    }

    @Test
    void sendsCompleteMessagesAsTheyAre() {
        Message message = Message.of("orders", new byte[] {1});

        template.send(message);
        template.sendAsync(message);
        template.sendOneway(message);

        assertThat(producer.sends()).extracting(RecordedSend::message).allMatch(sent -> sent == message);
        assertThat(producer.sends())
                .extracting(RecordedSend::mode)
                .containsExactly(SendMode.SYNC, SendMode.ASYNC, SendMode.ONEWAY);
    }

    @Test
    void sendsToTheDefaultDestination() {
        template.sendDefault("hello");

        assertThat(producer.sent().message().topic()).isEqualTo("fallback");
        assertThat(producer.sent().message().tag()).contains("late");
    }

    @Test
    void namesThePropertyWhenThereIsNoDefaultDestination() {
        MQTemplate without = new MQTemplate(producer, new JsonMQMessageConverter());

        assertThatIllegalStateException()
                .isThrownBy(() -> without.sendDefault("hello"))
                .withMessageContaining("mq.producer.template.default-topic");
    }

    @Test
    void tellsConversionErrorsInTheWayOfTheMode() {
        Object unknown = new Object();

        assertThatThrownBy(() -> template.send("orders", unknown)).isInstanceOf(MQConversionException.class);
        assertThatThrownBy(() -> template.sendOneway("orders", unknown)).isInstanceOf(MQConversionException.class);
        assertThat(template.sendAsync("orders", unknown))
                .failsWithin(Duration.ZERO)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(MQConversionException.class);
        assertThat(producer.sends()).isEmpty();
    }

    @Test
    void refusesEmptyBodies() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> template.send("orders", ""))
                .withMessageContaining("body");
    }

    @Test
    void namesTheDestinationAndItsRule() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> template.send("or ders:a", "hello"))
                .withMessage(
                        "destination 'or ders:a' must be 'topic' or 'topic:tag': invalid message: topic may contain letters,"
                                + " digits, '%', '|', '_' and '-' only, got 'or ders'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> template.send("orders:", "hello"))
                .withMessageStartingWith("destination 'orders:' must be 'topic' or 'topic:tag'")
                .withMessageContaining("tag must not be blank");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> template.send("a\nb", "hello"))
                .withMessageStartingWith("destination 'a?b' must be");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> template.send((String) null, "hello"))
                .withMessage("destination must be 'topic' or 'topic:tag', got null");
    }

    @Test
    void refusesDefaultDestinationsThatAreNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MQTemplate.builder(producer).defaultDestination("orders:"))
                .withMessageContaining("'orders:'");
    }

    @Test
    void refusesPayloadsThatAreNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> template.send("orders", null))
                .withMessage("payload must be set, got null");
        assertThatIllegalArgumentException().isThrownBy(() -> template.sendAsync("orders", null));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> template.send("orders", Message.of("orders", new byte[1])))
                .withMessageContaining("complete message");
        assertThat(producer.sends()).isEmpty();
    }

    @Test
    void tellsOfConvertersThatBreakTheirWord() {
        MQTemplate throwing = new MQTemplate(producer, payload -> {
            throw new IllegalStateException("broken");
        });
        MQTemplate forgetful = new MQTemplate(producer, payload -> null);

        assertThatThrownBy(() -> throwing.send("orders", 1))
                .isInstanceOf(MQConversionException.class)
                .hasMessageStartingWith("cannot convert java.lang.Integer by ")
                .hasRootCauseMessage("broken");
        assertThatThrownBy(() -> forgetful.send("orders", 1))
                .isInstanceOf(MQConversionException.class)
                .hasMessageContaining("makes null of java.lang.Integer");
        assertThat(producer.sends()).isEmpty();
    }

    @Test
    void sendsBatches() {
        BatchSendResult result = template.sendBatch("orders:created", List.of("a", new byte[] {'b'}));

        assertThat(result.elements())
                .extracting(element -> element.result().orElseThrow().msgId())
                .containsExactly("00000000000000000000000000000001", "00000000000000000000000000000002");
        assertThat(producer.sends()).allSatisfy(sent -> {
            assertThat(sent.mode()).isEqualTo(SendMode.BATCH);
            assertThat(sent.message().topic()).isEqualTo("orders");
            assertThat(sent.message().tag()).contains("created");
        });
        assertThat(producer.sends())
                .extracting(sent -> new String(sent.message().body(), UTF_8))
                .containsExactly("a", "b");
        assertThat(template.sendBatchAsync("orders", Set.of("c")))
                .isCompletedWithValueMatching(BatchSendResult::allStored);
    }

    @Test
    void namesTheElementOfABatchThatCannotBeSent() {
        List<Object> payloads = List.of("a", "b", new Object());

        assertThatThrownBy(() -> template.sendBatch("orders", payloads))
                .isInstanceOf(MQConversionException.class)
                .hasMessageStartingWith("payload 2 of the batch: no JSON mapper to convert java.lang.Object");
        assertThat(template.sendBatchAsync("orders", payloads))
                .failsWithin(Duration.ZERO)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(MQConversionException.class)
                .withMessageContaining("payload 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> template.sendBatch("orders", List.of("a", "")))
                .withMessageStartingWith("payload 1 of the batch: ")
                .withMessageContaining("body");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> template.sendBatch("orders", Arrays.asList("a", null)))
                .withMessage("payload 1 of the batch: payload must be set, got null");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> template.sendBatch("orders", List.of()))
                .withMessage("payloads must hold at least one, got none");
        assertThat(producer.sends()).isEmpty();
    }

    @Test
    void runsLocalTransactions() {
        TransactionSendResult result =
                template.sendInTransaction("orders:paid", "hello", message -> TransactionState.COMMIT);

        assertThat(result.transactionState()).isEqualTo(TransactionState.COMMIT);
        assertThat(producer.sent().mode()).isEqualTo(SendMode.HALF);
        assertThat(producer.sent().message().tag()).contains("paid");
    }

    @Test
    void addsTheContentTypeOnlyWhenAsked() {
        MQTemplate typed = MQTemplate.builder(producer)
                .converter(new JsonMQMessageConverter(payload -> new byte[] {'{', '}'}))
                .contentTypeEnabled(true)
                .build();

        template.send("orders", "text");
        typed.send("orders", "text");
        typed.send("orders", new byte[] {1});
        typed.send("orders", List.of());
        typed.destination("orders").withHeader("contentType", "text/csv").send("a;b");
        typed.sendBatch("orders", List.of("text"));

        assertThat(producer.sends())
                .extracting(sent -> sent.message().properties().get("contentType"))
                .containsExactly(
                        null,
                        "text/plain;charset=UTF-8",
                        "application/octet-stream",
                        "application/json",
                        "text/csv",
                        "text/plain;charset=UTF-8");
    }

    @Test
    void sendsThroughItsDecorators() {
        List<String> order = new ArrayList<>();
        MQTemplate decorated = MQTemplate.builder(producer)
                .decorator(target -> new Noting(target, "inner", order))
                .decorator(target -> new Noting(target, "outer", order))
                .build();

        decorated.send("orders", "hello");

        assertThat(order).containsExactly("outer", "inner");
        assertThat(decorated.getProducer()).isSameAs(producer);
    }

    /** Notes that it was asked to send. */
    private static final class Noting extends ForwardingMQProducer {

        private final String name;
        private final List<String> order;

        Noting(MQProducer target, String name, List<String> order) {
            super(target);
            this.name = name;
            this.order = order;
        }

        @Override
        public SendResult send(Message message, SendOptions options) {
            order.add(name);
            return super.send(message, options);
        }
    }

    @Test
    void givesItsProducer() {
        assertThat(template.getProducer()).isSameAs(producer);
    }
}
