package io.mqproducer.spring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class JsonMQMessageConverterTest {

    private final JsonMapper mapper = JsonMapper.builder().build();
    private final JsonMQMessageConverter converter = new JsonMQMessageConverter(mapper::writeValueAsBytes);

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
    void refusesNull() {
        assertThatNullPointerException()
                .isThrownBy(() -> converter.toBody(null))
                .withMessage("payload");
    }
}
