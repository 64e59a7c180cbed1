package io.mqproducer.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.mqproducer.message.DeliveryTime;
import io.mqproducer.message.Message;
import io.mqproducer.message.MessageQueue;
import io.mqproducer.message.MessageQueueSelector;
import io.mqproducer.message.QueueTarget;
import io.mqproducer.message.SendMode;
import io.mqproducer.message.SendOptions;
import io.mqproducer.message.TransactionState;
import io.mqproducer.recording.RecordedSend;
import io.mqproducer.recording.RecordingMQProducer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class SendSpecTest {

    private final RecordingMQProducer producer = new RecordingMQProducer();
    private final MQTemplate template = new MQTemplate(producer, new JsonMQMessageConverter());
    private final SendSpec spec = template.destination("orders:created");

    @Test
    void sendsInAllModes() {
        spec.send("1");
        spec.sendAsync("2");
        spec.sendOneway("3");

        assertThat(producer.sends())
                .extracting(RecordedSend::mode)
                .containsExactly(SendMode.SYNC, SendMode.ASYNC, SendMode.ONEWAY);
        assertThat(producer.sends()).allSatisfy(sent -> {
            assertThat(sent.message().topic()).isEqualTo("orders");
            assertThat(sent.message().tag()).contains("created");
            assertThat(sent.options()).isEqualTo(SendOptions.defaults());
        });
        assertThat(producer.sends())
                .extracting(sent -> new String(sent.message().body()))
                .containsExactly("1", "2", "3");
    }

    @Test
    void describesTheMessage() {
        assertThat(message(s -> s.withTag("paid")).tag()).contains("paid");
        assertThat(message(s -> s.withKeys("a", "b")).keys()).containsExactly("a", "b");
        assertThat(message(s -> s.withOrderingKey("customer")).orderingKey()).contains("customer");
        assertThat(message(s -> s.withWaitForStore(false)).waitForStore()).isFalse();
    }

    @Test
    void describesWhenItIsDelivered() {
        Instant due = Instant.parse("2026-11-20T12:00:00Z");

        assertThat(message(s -> s.withDelay(Duration.ofMinutes(30))).delivery())
                .isEqualTo(DeliveryTime.after(Duration.ofMinutes(30)));
        assertThat(message(s -> s.withDeliveryTime(due)).delivery()).isEqualTo(DeliveryTime.at(due));
        assertThat(message(s -> s.withDelayLevel(3)).delivery()).isEqualTo(DeliveryTime.atLevel(3));
        assertThat(message(s -> s.withDelayLevel(3).withDeliveryTime(due)).delivery())
                .isEqualTo(DeliveryTime.at(due));
    }

    @Test
    void describesTheSend() {
        MessageQueue queue = new MessageQueue("orders", "broker-a", 1);
        MessageQueueSelector selector = MessageQueueSelector.byHash();

        assertThat(options(s -> s.withTimeout(Duration.ofMillis(5))).timeout()).contains(Duration.ofMillis(5));
        assertThat(options(s -> s.withMaxRetries(7)).maxRetries()).hasValue(7);
        assertThat(options(s -> s.withQueue(queue)).target()).isEqualTo(QueueTarget.queue(queue));
        assertThat(options(s -> s.withSelector(selector, "id")).target())
                .isEqualTo(QueueTarget.selectedBy(selector, "id"));
    }

    @Test
    void addsHeadersThatSaySomething() {
        Map<String, Object> headers = new LinkedHashMap<>();
        headers.put("tenant", "acme");
        headers.put("attempt", 1);
        headers.put("nothing", null);
        headers.put("blank", " ");

        assertThat(message(s -> s.withHeaders(headers)).properties())
                .containsExactly(Map.entry("tenant", "acme"), Map.entry("attempt", "1"));
        assertThat(message(s -> s.withHeader("a", 1).withHeader("a", null).withHeader("b", true))
                        .properties())
                .containsExactly(Map.entry("a", "1"), Map.entry("b", "true"));
    }

    @Test
    void refusesHeadersOfRocketMqsOwnByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> spec.withHeader("UNIQ_KEY", "1"))
                .withMessageStartingWith("header 'UNIQ_KEY': ")
                .withMessageEndingWith("is set by withTag, withKeys, withDelay and the like");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> spec.withHeaders(Map.of("KEYS", "1")))
                .withMessageContaining("KEYS");
    }

    @Test
    void takesTextFromBytesAndNothingFromOtherArrays() {
        assertThat(message(s -> s.withHeader("h", "ä".getBytes(StandardCharsets.UTF_8)))
                        .properties())
                .containsExactly(Map.entry("h", "ä"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> spec.withHeader("h", new byte[] {(byte) 0xff}))
                .withMessage("header 'h' must be text, got bytes that are none in UTF-8");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> spec.withHeader("h", new int[1]))
                .withMessage("header 'h' must be text or have a text, got int[]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> spec.withHeader("h", "a\u0001b"))
                .withMessageStartingWith("header 'h': ")
                .withMessageContaining("U+0001");
    }

    @Test
    void refusesOptionsThatHalfMessagesDoNotHave() {
        assertThatIllegalStateException()
                .isThrownBy(() -> spec.withTimeout(Duration.ofSeconds(1))
                        .sendInTransaction("x", message -> TransactionState.COMMIT))
                .withMessageContaining("withTimeout");
        assertThatIllegalStateException()
                .isThrownBy(() -> spec.withMaxRetries(0).transactional())
                .withMessageContaining("withMaxRetries");
        assertThat(producer.sends()).isEmpty();
    }

    @Test
    void refusesWhatBreaksARuleAtOnce() {
        assertThatIllegalArgumentException().isThrownBy(() -> spec.withTag(" "));
        assertThatIllegalArgumentException().isThrownBy(() -> spec.withKeys("a b"));
        assertThatIllegalArgumentException().isThrownBy(() -> spec.withDelayLevel(19));
        assertThatIllegalArgumentException().isThrownBy(() -> spec.withDelay(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> spec.withTimeout(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> spec.withMaxRetries(-1));
    }

    @Test
    void neverChanges() {
        spec.withTag("paid").withKeys("k").withHeader("h", 1).withMaxRetries(0).withDelayLevel(1);

        spec.send("1");

        Message sent = producer.sent().message();
        assertThat(sent.tag()).contains("created");
        assertThat(sent.keys()).isEmpty();
        assertThat(sent.properties()).isEmpty();
        assertThat(sent.delivery()).isEqualTo(DeliveryTime.now());
        assertThat(producer.sent().options()).isEqualTo(SendOptions.defaults());
    }

    @Test
    void completesTheFutureWithConversionErrors() {
        assertThat(spec.sendAsync(new Object()))
                .failsWithin(Duration.ZERO)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(MQConversionException.class);
    }

    private Message message(UnaryOperator<SendSpec> change) {
        return sent(change).message();
    }

    private SendOptions options(UnaryOperator<SendSpec> change) {
        return sent(change).options();
    }

    private RecordedSend sent(UnaryOperator<SendSpec> change) {
        producer.clear();
        change.apply(spec).send("x");
        return producer.sent();
    }
}
