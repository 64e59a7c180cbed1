package io.mqproducer.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTextTest {

    @Test
    void leavesPlainTextAsItIs() {
        String text = "no room, Überlauf 满";

        assertThat(PrintableText.of(text, 100)).isSameAs(text);
    }

    @Test
    void s24_escapesWhatBreaksLinesOrHidesText() {
        String text =
                "a\r\n\t\u0000\u001b[31m\u007f\u0085\u061c\u200e\u200f\u2028\u2029\u202a\u202e\u2066\u2069\ufeff\udc00z";

        assertThat(PrintableText.of(text, 500))
                .isEqualTo("a\\u000D\\u000A\\u0009\\u0000\\u001B[31m\\u007F\\u0085\\u061C\\u200E\\u200F\\u2028\\u2029"
                        + "\\u202A\\u202E\\u2066\\u2069\\uFEFF\\uDC00z");
    }

    @Test
    void keepsPairsOfSurrogatesTogether() {
        assertThat(PrintableText.of("\uD83D\uDE00", 2)).isEqualTo("\uD83D\uDE00");
        assertThat(PrintableText.of("ab\uD83D\uDE00\uD83D\uDE00", 5)).isEqualTo("ab...");
    }

    @Test
    void f42_neverGoesBeyondItsLimit() {
        for (int length = 0; length < 40; length++) {
            String text = "x".repeat(length) + "\n" + "y".repeat(40 - length);

            assertThat(PrintableText.of(text, 20)).hasSizeLessThanOrEqualTo(20).endsWith("...");
        }
    }
}
