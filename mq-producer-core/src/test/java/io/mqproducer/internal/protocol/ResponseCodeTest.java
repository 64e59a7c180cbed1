package io.mqproducer.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ResponseCodeTest {

    @Test
    void findsEachConstantByItsCode() {
        for (ResponseCode code : ResponseCode.values()) {
            assertThat(ResponseCode.of(code.code())).contains(code);
        }
        assertThat(ResponseCode.of(9999)).isEmpty();
    }

    @Test
    void describesKnownAndUnknownCodes() {
        assertThat(ResponseCode.describe(2)).isEqualTo("2 SYSTEM_BUSY");
        assertThat(ResponseCode.describe(9999)).isEqualTo("9999 unknown");
    }
}
