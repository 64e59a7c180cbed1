package io.mqproducer.spring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.messaging.support.GenericMessage;

class JsonMQMessageConverterTest {

    private final JsonMQMessageConverter converter = BootJackson.converter();

    record Order(String id, Instant at) {}

    @Test
    void leavesBytesUntouched() {
        byte[] bytes = {0, 1, 2};

        assertThat(converter.toBody(bytes)).isSameAs(bytes);
    }

    @Test
    void encodesTextAsItIs() {
        assertThat(converter.toBody("\"ä\"")).isEqualTo("\"ä\"".getBytes(UTF_8));
        assertThat(converter.toBody(new StringBuilder("b"))).isEqualTo("b".getBytes(UTF_8));
    }

    @Test
    void writesAllElseAsJson() {
        Order order = new Order("o-1", Instant.parse("2026-11-20T12:00:00Z"));

        assertThat(converter.toBody(order)).asString(UTF_8).isEqualTo("""
                {"id":"o-1","at":"2026-11-20T12:00:00Z"}""");
        assertThat(converter.toBody(List.of(Map.of("a", 1)))).asString(UTF_8).isEqualTo("""
                [{"a":1}]""");
    }

    @Test
    void saysWhatToDoWithoutAMapper() {
        JsonMQMessageConverter without = new JsonMQMessageConverter();

        assertThatExceptionOfType(MQConversionException.class)
                .isThrownBy(() -> without.toBody(new Order("o-1", Instant.EPOCH)))
                .withMessage("no JSON mapper to convert " + Order.class.getName()
                        + " with: add Jackson (spring-boot-starter-json), send a byte[] or a String,"
                        + " or define an MQMessageConverter bean");
        assertThat(without.toBody("text")).isEqualTo("text".getBytes(UTF_8));
    }

    @Test
    void keepsTheMappersErrorAsTheCause() {
        IOException broken = new IOException("broken");
        JsonMQMessageConverter failing = new JsonMQMessageConverter(payload -> {
            throw broken;
        });

        assertThatExceptionOfType(MQConversionException.class)
                .isThrownBy(() -> failing.toBody(1))
                .withMessage("cannot write java.lang.Integer as JSON")
                .withCause(broken);
    }

    @Test
    void copiesBuffersAndLeavesThemWhereTheyAre() {
        ByteBuffer buffer = ByteBuffer.wrap(new byte[] {0, 1, 2, 3}, 1, 2);

        assertThat(converter.toBody(buffer)).containsExactly(1, 2);
        assertThat(converter.toBody(buffer.asReadOnlyBuffer())).containsExactly(1, 2);
        assertThat(buffer.position()).isEqualTo(1);
    }

    @Test
    void readsBytesAndText() {
        byte[] body = "\"ä\"".getBytes(UTF_8);

        assertThat(converter.fromBody(body, byte[].class)).isSameAs(body);
        assertThat(converter.fromBody(body, String.class)).isEqualTo("\"ä\"");
        assertThat(converter.fromBody(body, CharSequence.class)).isEqualTo("\"ä\"");
        assertThat(converter.fromBody(body, ByteBuffer.class)).isEqualTo(ByteBuffer.wrap(body));
    }

    @Test
    void refusesToReadTextThatIsNone() {
        assertThatExceptionOfType(MQConversionException.class)
                .isThrownBy(() -> converter.fromBody(new byte[] {(byte) 0xff}, String.class))
                .withMessage("the body is no text in UTF-8: ask for a byte[]");
    }

    @Test
    void readsRecordsAndGenericTypes() {
        Order order = new Order("o-1", Instant.parse("2026-11-20T12:00:00Z"));
        Type orders = new ParameterizedTypeReference<List<Order>>() {}.getType();

        assertThat(converter.fromBody(converter.toBody(order), Order.class)).isEqualTo(order);
        assertThat(converter.fromBody(converter.toBody(List.of(order)), orders)).isEqualTo(List.of(order));
    }

    @Test
    void readsByJackson2AsWell() {
        ObjectMapper jackson2 = new ObjectMapper();
        JsonMQMessageConverter converter2 = new JsonMQMessageConverter(
                jackson2::writeValueAsBytes, (json, type) -> jackson2.readValue(json, jackson2.constructType(type)));
        Type map = new ParameterizedTypeReference<Map<String, List<Integer>>>() {}.getType();

        assertThat(converter2.fromBody(converter2.toBody(Map.of("a", List.of(1))), map))
                .isEqualTo(Map.of("a", List.of(1)));
    }

    @Test
    void tellsOfWhatCannotBeReadWithoutShowingIt() {
        assertThatExceptionOfType(MQConversionException.class)
                .isThrownBy(() -> converter.fromBody("secret".getBytes(UTF_8), Order.class))
                .withMessage("cannot read 6 bytes as JSON of " + Order.class.getName());
        assertThatExceptionOfType(MQConversionException.class)
                .isThrownBy(() -> converter.fromBody("null".getBytes(UTF_8), Order.class))
                .withMessage("the body is JSON's null, and no " + Order.class.getName());
        assertThatExceptionOfType(MQConversionException.class)
                .isThrownBy(() -> new JsonMQMessageConverter().fromBody("1".getBytes(UTF_8), Integer.class))
                .withMessageStartingWith("no JSON mapper to read java.lang.Integer with: add Jackson");
    }

    @Test
    void takesNoMessageOfSpringsForAPayload() {
        assertThatExceptionOfType(MQConversionException.class)
                .isThrownBy(() -> converter.toBody(new GenericMessage<>("x")))
                .withMessageContaining("send it by MQMessagingTemplate");
    }

    @Test
    void refusesNull() {
        assertThatNullPointerException()
                .isThrownBy(() -> converter.toBody(null))
                .withMessage("payload");
    }
}
