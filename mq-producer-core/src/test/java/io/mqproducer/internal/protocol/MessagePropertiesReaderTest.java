package io.mqproducer.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessagePropertiesReaderTest {

    @ParameterizedTest
    @ValueSource(strings = {"TAGS\u0001A\u0002KEYS\u0001k1 k2\u0002", "TAGS\u0001A\u0002KEYS\u0001k1 k2"})
    void readsEitherEnding(String text) {
        assertThat(MessagePropertiesReader.read(text)).containsExactly(entry("TAGS", "A"), entry("KEYS", "k1 k2"));
    }

    @Test
    void aNameEndsAtTheFirstSeparator() {
        assertThat(MessagePropertiesReader.read("a\u0001b\u0001c\u0002")).containsExactly(entry("a", "b\u0001c"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\u0002",
                "a",
                "a\u0002",
                "a\u0001",
                "a\u0001\u0002",
                "\u0001v\u0002",
                "\u0001\u0002",
                "\u0002\u0002"
            })
    void whatHasNoNameOrNoValueIsNoProperty(String text) {
        assertThat(MessagePropertiesReader.read(text)).isEmpty();
        assertThat(MessagePropertiesReader.read(text + "\u0002x\u0001y\u0002")).containsExactly(entry("x", "y"));
    }

    @Test
    void ofTwoWithOneNameTheLastCounts() {
        assertThat(MessagePropertiesReader.read("a\u00011\u0002a\u00012\u0002")).containsExactly(entry("a", "2"));
    }
}
