package io.mqproducer.internal.util;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "grün 中文", "a\\nb"})
    void leavesPlainTextAsItIs(String text) {
        assertThat(PrintableText.of(text, 20)).isSameAs(text);
    }

    @ParameterizedTest
    @ValueSource(
            chars = {
                '\u0000', '\u001b', '\n', '\r', '\t', '\u007f', '\u0085', '\u009b', '\u2028', '\u2029', '\u200e',
                '\u200f', '\u202a', '\u202e', '\u2066', '\u2069', '\u061c', '\ufeff', '\ud800', '\udc00', '\ue000',
            })
    void s20_escapesWhatATerminalOrAReaderWouldObey(char c) {
        assertThat(PrintableText.of("a" + c + "b", 20)).isEqualTo("a" + String.format("\\u%04x", (int) c) + "b");
    }

    @Test
    void keepsWholeSurrogatePairs() {
        assertThat(PrintableText.of("a😀b", 20)).isEqualTo("a😀b");
        assertThat(PrintableText.of("\udb40\udc41", 20)).as("an invisible tag").isEqualTo("\\ue0041");
    }

    @ParameterizedTest
    @CsvSource({"abcdef, 6, abcdef", "abcdef, 5, abcd…", "😀😀😀, 4, 😀…", "😀😀😀, 6, 😀😀😀"})
    void s20_cutsToTheLimit(String text, int limit, String cut) {
        assertThat(PrintableText.of(text, limit)).isEqualTo(cut);
    }

    @Test
    void s20_neverCutsAnEscapeInHalf() {
        assertThat(PrintableText.of("a\n\n", 13)).isEqualTo("a\\u000a\\u000a");
        assertThat(PrintableText.of("a\n\n", 12)).isEqualTo("a\\u000a…");
    }

    @Test
    void s24_escapesWhatBreaksLinesOrHidesText() {
        String text = "a\r\n\t\u0000\u001b[31m\u007f\u0085\u2028\u2029\u202a\u202e\udc00z";

        assertThat(PrintableText.of(text, 500))
                .isEqualTo("a\\u000d\\u000a\\u0009\\u0000\\u001b[31m\\u007f\\u0085\\u2028\\u2029\\u202a\\u202e"
                        + "\\udc00z");
    }

    @Test
    void f42_neverGoesBeyondItsLimitWhereverTheEscapeIs() {
        for (int length = 0; length < 40; length++) {
            String text = "x".repeat(length) + "\n" + "y".repeat(40 - length);

            assertThat(PrintableText.of(text, 20)).hasSizeLessThanOrEqualTo(20).endsWith("…");
        }
    }

    @Test
    void s20_isBoundedAndOnOneLineWhateverComesIn() {
        Random random = new Random(20);
        for (int i = 0; i < 10_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(60); n > 0; n--) {
                text.append((char) (random.nextBoolean() ? random.nextInt(0x10000) : random.nextInt(0x80)));
            }

            String safe = PrintableText.of(text.toString(), 40);

            assertThat(safe.length()).isLessThanOrEqualTo(40);
            assertThat(safe.codePoints().map(Character::getType))
                    .doesNotContain(
                            (int) Character.CONTROL,
                            (int) Character.FORMAT,
                            (int) Character.LINE_SEPARATOR,
                            (int) Character.PARAGRAPH_SEPARATOR,
                            (int) Character.SURROGATE);
        }
    }
}
