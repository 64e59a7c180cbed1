package io.mqproducer.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SendMessageResponseTest {

    private static final Map<String, String> LEAST = Map.of("msgId", "M", "queueId", "1", "queueOffset", "5");

    @Test
    void readsAllThatANewBrokerSays() {
        SendMessageResponse response = from(Map.of(
                "msgId",
                "M",
                "queueId",
                "1",
                "queueOffset",
                "5",
                "transactionId",
                "U",
                "MSG_REGION",
                "hz",
                "TRACE_ON",
                "false",
                "recallHandle",
                "R",
                "batchUniqId",
                "B"));

        assertThat(response.offsetMsgId()).isEqualTo("M");
        assertThat(response.queueId()).isEqualTo(1);
        assertThat(response.queueOffset()).isEqualTo(5);
        assertThat(response.transactionId()).isEqualTo("U");
        assertThat(response.regionId()).isEqualTo("hz");
        assertThat(response.traceOn()).isFalse();
        assertThat(response.recallHandle()).isEqualTo("R");
        assertThat(response.batchUniqId()).isEqualTo("B");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7F0000010000A9F50000000000000000",
                "FFFFFFFFFFFFFFFF8000000000000000",
                "7f0000010000a9f50000000000000000",
                "7F0000010000A9F5000000000000000G",
                "7F0000010000A9F5000000000000000:",
                "7F0000010000A9F5000000000000000",
                "00000000000000000000000000000001000029CC0000000000000000",
                "ü"
            })
    void givesIdsBackAsTheyCame(String id) {
        assertThat(from(with("msgId", id)).offsetMsgId()).isEqualTo(id);
        assertThat(from(with("transactionId", id)).transactionId()).isEqualTo(id);
    }

    @Test
    void hasDefaultsForWhatAnOldBrokerDoesNotSay() {
        SendMessageResponse least = from(LEAST);
        assertThat(least.transactionId()).isNull();
        assertThat(least.regionId()).isEqualTo("DefaultRegion");
        assertThat(least.traceOn()).isTrue();
        assertThat(least.recallHandle()).isNull();
        assertThat(least.batchUniqId()).isNull();
        assertThat(from(with("transactionId", "")).transactionId()).isNull();
        assertThat(from(with("TRACE_ON", "FALSE")).traceOn()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"msgId", "queueId", "queueOffset"})
    void f35_namesAFieldThatIsMissingOrEmpty(String field) {
        Map<String, String> without = new TreeMap<>(LEAST);
        without.remove(field);

        assertThatThrownBy(() -> from(without))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("field " + field + " is missing");
        assertThatThrownBy(() -> from(with(field, "")))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("field " + field + " is empty");
    }

    @ParameterizedTest
    @CsvSource({
        "queueId,x",
        "queueId,-1",
        "queueId,2147483648",
        "queueId,1.0",
        "queueOffset,x",
        "queueOffset,-1",
        "queueOffset,9223372036854775808"
    })
    void f35_namesAFieldThatCannotBeAndItsValue(String field, String value) {
        assertThatThrownBy(() -> from(with(field, value)))
                .isInstanceOf(ProtocolException.class)
                .hasMessageStartingWith("field " + field + " is \"" + value + "\", not ");
    }

    @Test
    void f35_boundsTheValueThatItShows() {
        assertThatThrownBy(() -> from(with("queueId", "\n".repeat(10_000))))
                .isInstanceOf(ProtocolException.class)
                .satisfies(refused ->
                        assertThat(refused.getMessage()).hasSizeLessThan(120).doesNotContain("\n"));
    }

    private static Map<String, String> with(String field, String value) {
        Map<String, String> fields = new TreeMap<>(LEAST);
        fields.put(field, value);
        return fields;
    }

    private static SendMessageResponse from(Map<String, String> fields) {
        return SendMessageResponse.from(
                RemotingCommand.builder(0, 1).allFields(fields).build(new byte[0]));
    }
}
