package io.mqproducer.internal.util;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeadlineTest {

    private static final long NEARLY_OVER = Long.MAX_VALUE - 5;
    private static final long WRAPPED = Long.MIN_VALUE + 5;

    @Test
    void theEarlierOfTwoComesFirst() {
        assertThat(Deadline.earlier(99, 100)).isEqualTo(99);
        assertThat(Deadline.earlier(100, 99)).isEqualTo(99);
    }

    @Test
    void holdsWhileTheMonotonicClockWraps() {
        assertThat(Deadline.earlier(WRAPPED, NEARLY_OVER)).isEqualTo(NEARLY_OVER);
        assertThat(Deadline.earlier(NEARLY_OVER, WRAPPED)).isEqualTo(NEARLY_OVER);
    }
}
