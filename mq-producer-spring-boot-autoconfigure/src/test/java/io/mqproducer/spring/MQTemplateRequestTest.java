package io.mqproducer.spring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.MessageView;
import io.mqproducer.recording.RecordingMQProducer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.springframework.core.ParameterizedTypeReference;

class MQTemplateRequestTest {

    private static final ParameterizedTypeReference<List<Offer>> OFFERS = new ParameterizedTypeReference<>() {};

    record Offer(String id, int price) {}

    private final RecordingMQProducer producer = new RecordingMQProducer();
    private final MQTemplate template = MQTemplate.builder(producer)
            .converter(BootJackson.converter())
            .requestTimeout(Duration.ofSeconds(2))
            .build();

    @Test
    void readsTheReplyAsWhatWasAskedFor() {
        producer.script().replyingWith(request -> reply("{\"id\":\"o\",\"price\":3}"));

        assertThat(template.request("offers", "one", Offer.class)).isEqualTo(new Offer("o", 3));
        assertThat(template.requestAsync("offers", "one", Offer.class)).isCompletedWithValue(new Offer("o", 3));
        assertThat(template.request("offers", "one", String.class)).isEqualTo("{\"id\":\"o\",\"price\":3}");
        assertThat(template.request("offers", "one", byte[].class))
                .isEqualTo("{\"id\":\"o\",\"price\":3}".getBytes(UTF_8));
    }

    @Test
    void readsGenericTypes() {
        producer.script().replyingWith(request -> reply("[{\"id\":\"o\",\"price\":3}]"));

        assertThat(template.request("offers", "all", OFFERS)).containsExactly(new Offer("o", 3));
        assertThat(template.requestAsync("offers", "all", OFFERS)).isCompletedWithValue(List.of(new Offer("o", 3)));
    }

    @Test
    void givesTheReplyAsItCameWhenAsked() {
        MessageView reply = reply("x");
        producer.script().replyingWith(request -> reply);

        assertThat(template.request("offers", "one", MessageView.class)).isSameAs(reply);
    }

    @Test
    void waitsAsLongAsTheSpecOrElseTheTemplateSays() {
        template.request("offers", "one", byte[].class);
        template.destination("offers").withTimeout(Duration.ofSeconds(9)).request("one", byte[].class);

        assertThat(producer.requestTimeouts()).containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(9));
    }

    @Test
    void tellsOfRepliesThatCannotBeRead() {
        producer.script().replyingWith(request -> reply("no json"));

        assertThatThrownBy(() -> template.request("offers", "one", Offer.class))
                .isInstanceOf(MQConversionException.class)
                .hasMessage("cannot read 7 bytes as JSON of " + Offer.class.getName());
        assertThat(template.requestAsync("offers", "one", Offer.class))
                .failsWithin(Duration.ZERO)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(MQConversionException.class);
    }

    @Test
    void tellsOfReadingConvertersThatBreakTheirWord() {
        MQTemplate lambda = new MQTemplate(producer, payload -> new byte[] {1});

        assertThat(lambda.request("offers", 1, byte[].class)).containsExactly(1);
        assertThatThrownBy(() -> lambda.request("offers", 1, Offer.class))
                .isInstanceOf(MQConversionException.class)
                .hasMessageContaining("override MQMessageConverter.fromBody");
    }

    @Test
    void sendsNothingThatCannotBeConverted() {
        MQTemplate plain = new MQTemplate(producer, new JsonMQMessageConverter());

        assertThatThrownBy(() -> plain.request("offers", 1, byte[].class)).isInstanceOf(MQConversionException.class);
        assertThat(plain.requestAsync("offers", 1, byte[].class))
                .failsWithin(Duration.ZERO)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(MQConversionException.class);
        assertThat(producer.sends()).isEmpty();
    }

    @Test
    void handsOnFailuresUnwrapped() {
        MessageNotStoredException failure = new MessageNotStoredException(FailureKind.NO_ROUTE, "no route");
        producer.script().failingWith(failure);

        assertThatThrownBy(() -> template.request("offers", "one", Offer.class)).isSameAs(failure);
        assertThat(template.requestAsync("offers", "one", Offer.class))
                .failsWithin(Duration.ZERO)
                .withThrowableOfType(ExecutionException.class)
                .withCause(failure);
    }

    @Test
    void cancelsTheRequestWithTheFuture() {
        producer.script().holding();
        CompletableFuture<Offer> reply = template.requestAsync("offers", "one", Offer.class);

        reply.cancel(true);

        assertThat(producer.futures()).singleElement().matches(CompletableFuture::isCancelled);
    }

    private static MessageView reply(String body) {
        return MessageView.builder("replies", body.getBytes(UTF_8)).build();
    }
}
