package io.mqproducer.spring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqproducer.message.Message;
import io.mqproducer.message.SendMode;
import io.mqproducer.message.SendOptions;
import io.mqproducer.message.SendResult;
import java.time.Duration;
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

        assertThat(result.msgId()).isEqualTo("id-1");
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

        assertThat(future).isCompletedWithValueMatching(result -> result.msgId().equals("id-1"));
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

        assertThat(producer.sends())
                .extracting(RecordingMQProducer.Sent::message)
                .allMatch(sent -> sent == message);
        assertThat(producer.sends())
                .extracting(RecordingMQProducer.Sent::mode)
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
    void givesItsProducer() {
        assertThat(template.getProducer()).isSameAs(producer);
    }
}
