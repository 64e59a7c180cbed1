package io.mqproducer.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DigitsTest {

    @ParameterizedTest
    @CsvSource({
        "1709712, 1 710 000",
        "999.6, 1 000",
        "12345, 12 300",
        "550, 550",
        "4, 4",
        "2.5, 2.5",
        "6.4149, 6.41",
        "0.08419, 0.0842",
        "0, 0",
        "-1234, -1 230",
        "-123, -123"
    })
    void threeDigitsAreKeptAndThousandsStandApart(double value, String text) {
        assertThat(Digits.three(value).replace('\u00a0', ' ')).isEqualTo(text);
    }

    @Test
    void whatIsNoNumberIsADash() {
        assertThat(Digits.three(Double.NaN)).isEqualTo("–");
        assertThat(Digits.wholeOrThree(Double.POSITIVE_INFINITY)).isEqualTo("–");
        assertThat(Digits.apart(Double.NaN, 1)).isEqualTo("–");
        assertThat(Digits.exact(Double.NaN)).isEmpty();
    }

    @Test
    void aCountIsNotRounded() {
        assertThat(Digits.wholeOrThree(299_999)).isEqualTo("299\u00a0999");
        assertThat(Digits.wholeOrThree(251.348)).isEqualTo("251");
    }

    @Test
    void aNumberThatJustMissesAnotherDoesNotLookLikeIt() {
        assertThat(Digits.apart(299_999, 300_000)).isEqualTo("299\u00a0999");
        assertThat(Digits.apart(0.99991, 1)).isEqualTo("0.9999");
        assertThat(Digits.apart(1, 1)).isEqualTo("1");
        assertThat(Digits.apart(7.5612, 5)).isEqualTo("7.56");
    }
}
