package io.mqproducer.spring.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.MessageView;
import io.mqproducer.message.SendMode;
import io.mqproducer.recording.RecordingMQProducer;
import io.mqproducer.spring.BootJackson;
import io.mqproducer.spring.JsonMQMessageConverter;
import io.mqproducer.spring.MQConversionException;
import io.mqproducer.spring.MQTemplate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageDeliveryException;
import org.springframework.messaging.converter.StringMessageConverter;
import org.springframework.messaging.support.GenericMessage;
import org.springframework.messaging.support.MessageBuilder;

class MQMessagingTemplateTest {

    record Order(String id) {}

    private final JsonMQMessageConverter converter = BootJackson.converter();
    private final RecordingMQProducer producer = new RecordingMQProducer();
    private final MQMessagingTemplate messaging =
            new MQMessagingTemplate(new MQTemplate(producer, converter), converter, new DefaultMQHeaderMapper());

    @Test
    void sendsMessages() {
        messaging.send(
                "orders:created",
                MessageBuilder.withPayload(new Order("o-1"))
                        .setHeader(MQHeaders.KEYS, "o-1")
                        .setHeader("tenant", "acme")
                        .build());

        assertThat(producer.sent().mode()).isEqualTo(SendMode.SYNC);
        assertThat(producer.sent().message().topic()).isEqualTo("orders");
        assertThat(producer.sent().message().tag()).contains("created");
        assertThat(producer.sent().message().keys()).containsExactly("o-1");
        assertThat(producer.sent().message().properties()).isEqualTo(Map.of("tenant", "acme"));
        assertThat(producer.sent().message().body()).asString(UTF_8).isEqualTo("{\"id\":\"o-1\"}");
    }

    @Test
    void convertsAndSends() {
        messaging.setDefaultDestination("fallback:late");

        messaging.convertAndSend("text");
        messaging.convertAndSend("orders", new Order("o-1"), Map.of("TAGS", "paid"));
        messaging.convertAndSend(
                "orders",
                (Object) new byte[] {1},
                message -> MessageBuilder.fromMessage(message)
                        .setHeader("added", "later")
                        .build());

        assertThat(producer.sends())
                .extracting(sent -> sent.message().topic())
                .containsExactly("fallback", "orders", "orders");
        assertThat(producer.sends())
                .extracting(sent -> sent.message().tag().orElse(""))
                .containsExactly("late", "paid", "");
        assertThat(producer.sends().get(2).message().properties()).isEqualTo(Map.of("added", "later"));
    }

    @Test
    void convertsBySpringsConverterFirstIfItIsGivenOne() {
        messaging.setMessageConverter(new StringMessageConverter());

        messaging.convertAndSend("orders", "text");

        assertThat(producer.sent().message().body()).asString(UTF_8).isEqualTo("text");
        assertThat(producer.sent().message().properties()).isEmpty(); // its contentType is not asked for
    }

    @Test
    void wrapsWhateverFailsWithItsMessage() {
        Message<?> refused = new GenericMessage<>("x", Map.of("UNIQ_KEY", "1"));
        Message<?> unknown = new GenericMessage<>(new Object());
        Message<?> good = new GenericMessage<>("x");

        assertThatExceptionOfType(MessageDeliveryException.class)
                .isThrownBy(() -> messaging.send("orders", refused))
                .withMessageStartingWith("message not sent: header 'UNIQ_KEY': ")
                .withCauseInstanceOf(IllegalArgumentException.class)
                .satisfies(e -> assertThat(e.getFailedMessage()).isSameAs(refused));
        assertThatExceptionOfType(MessageDeliveryException.class)
                .isThrownBy(() -> new MQMessagingTemplate(new MQTemplate(producer, new JsonMQMessageConverter()))
                        .send("orders", unknown))
                .withCauseInstanceOf(MQConversionException.class);
        assertThatExceptionOfType(MessageDeliveryException.class)
                .isThrownBy(() -> messaging.send("or ders", good))
                .withMessageContaining("'or ders'")
                .withCauseInstanceOf(IllegalArgumentException.class);
        assertThat(producer.sends()).isEmpty();

        MessageNotStoredException failure = new MessageNotStoredException(FailureKind.NO_ROUTE, "no route");
        producer.script().failingWith(failure);
        assertThatExceptionOfType(MessageDeliveryException.class)
                .isThrownBy(() -> messaging.send("orders", good))
                .withMessage("message not sent: NO_ROUTE no route")
                .withCause(failure)
                .satisfies(e -> assertThat(e.getFailedMessage()).isSameAs(good));
    }

    @Test
    void describesMessagesForAllOtherWaysOfSending() {
        Message<String> message = new GenericMessage<>("x", Map.of(MQHeaders.TAG, "paid"));

        messaging.toSpec("orders", message).sendAsync(message.getPayload()).join();

        assertThat(producer.sent().mode()).isEqualTo(SendMode.ASYNC);
        assertThat(producer.sent().message().tag()).contains("paid");
    }

    @Test
    void makesMessagesOfWhatCame() {
        MessageView reply = MessageView.builder("replies", "[{\"id\":\"o-1\"}]".getBytes(UTF_8))
                .properties(Map.of("tenant", "acme", "id", "not Spring's"))
                .msgId("m-1")
                .build();

        Message<List<Order>> message = messaging.toMessage(reply, new ParameterizedTypeReference<>() {});

        assertThat(message.getPayload()).containsExactly(new Order("o-1"));
        assertThat(message.getHeaders())
                .containsEntry("tenant", "acme")
                .containsEntry(MQHeaders.RECEIVED_MESSAGE_ID, "m-1");
        assertThat(message.getHeaders().getId()).isNotNull();
        assertThat(messaging.toMessage(reply, String.class).getPayload()).isEqualTo("[{\"id\":\"o-1\"}]");
    }
}
