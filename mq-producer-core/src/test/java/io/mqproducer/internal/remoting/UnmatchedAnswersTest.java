package io.mqproducer.internal.remoting;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UnmatchedAnswersTest {

    private static final long SECOND = 1_000_000_000L;

    private final UnmatchedAnswers answers = new UnmatchedAnswers();
    private final long start = System.nanoTime() + SECOND;

    @Test
    void f30_toleratesABurst() {
        assertThat(isFlood(0, 100_000)).isFalse();
        assertThat(isFlood(1, 1)).isFalse();
    }

    @Test
    void f30_toleratesAThousandASecondForever() {
        for (int second = 0; second < 100; second++) {
            assertThat(isFlood(second, 1000)).isFalse();
        }
    }

    @Test
    void f30_moreThanAThousandASecondFor10SecondsAreAFlood() {
        for (int second = 0; second < 10; second++) {
            assertThat(isFlood(second, 1001)).as("after second " + second).isFalse();
        }

        assertThat(isFlood(10, 1)).isTrue();
    }

    @Test
    void f30_oneQuietSecondBreaksTheFlood() {
        for (int second = 0; second < 30; second++) {
            assertThat(isFlood(second, second % 9 == 8 ? 10 : 5000)).isFalse();
        }
    }

    @Test
    void f30_aLongSilenceBreaksTheFlood() {
        for (int second = 0; second < 9; second++) {
            isFlood(second, 5000);
        }

        assertThat(isFlood(60, 5000)).isFalse();
        assertThat(isFlood(61, 5000)).isFalse();
    }

    /** That many in one second; whether any of them was too many. */
    private boolean isFlood(int second, int count) {
        boolean flood = false;
        for (int i = 0; i < count; i++) {
            flood |= answers.addAndCheck(start + second * SECOND + i);
        }
        return flood;
    }
}
