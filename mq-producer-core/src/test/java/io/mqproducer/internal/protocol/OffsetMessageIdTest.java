package io.mqproducer.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqproducer.internal.util.Endpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OffsetMessageIdTest {

    @Test
    void readsWhatTheOfficialBrokerMakes() {
        assertThat(OffsetMessageId.parse("0A00000100002A9F0000000000001234"))
                .isEqualTo(new OffsetMessageId(new Endpoint("10.0.0.1", 10_911), 0x1234));
        assertThat(OffsetMessageId.parse("20010DB800000000000000000000000100002A9F0000000000001234"))
                .isEqualTo(new OffsetMessageId(new Endpoint("2001:db8:0:0:0:0:0:1", 10_911), 0x1234));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0A00000100002A9F000000000000123",
                "0A00000100002A9F00000000000012345",
                "0A00000100002A9F000000000000123G",
                "0A000001\n0002A9F0000000000001234",
                "0A0000010001000000000000000001234",
                "0A000001000000000000000000001234",
                "0A000001FFFFFFFF0000000000001234"
            })
    void refusesWhatIsNone(String text) {
        assertThatThrownBy(() -> OffsetMessageId.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("offset message id")
                .hasMessageNotContaining("\n");
    }
}
