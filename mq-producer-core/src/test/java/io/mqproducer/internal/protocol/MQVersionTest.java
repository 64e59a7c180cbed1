package io.mqproducer.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The numbers are those of RocketMQ's own enumeration. */
class MQVersionTest {

    @ParameterizedTest
    @CsvSource({
        "0, of an unknown version, false",
        "-1, of an unknown version, false",
        "1, 3, true",
        "212, 3, true",
        "213, 4.0.0, true",
        "271, 4.2.9, true",
        "393, 4.9.0, true",
        "407, 4.9.7, true",
        "412, 5.0.0, true", // its snapshot
        "413, 5.0.0, false",
        "475, 5.3.1, false",
        "513, 5.5.0, false",
        "611, 5.9.9, false",
    })
    void readsTheNumbersOfHeaders(int number, String text, boolean before5) {
        assertThat(new MQVersion(number)).hasToString(text);
        assertThat(new MQVersion(number).isBefore5()).isEqualTo(before5);
    }
}
