package io.mqproducer.internal.util;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeadlineTest {

    private static final long NEARLY_OVER = Long.MAX_VALUE - 5;
    private static final long WRAPPED = Long.MIN_VALUE + 5;

    @Test
    void comesWhenTheClockReachesIt() {
        assertThat(Deadline.passed(100, 99)).isFalse();
        assertThat(Deadline.passed(100, 100)).isTrue();
        assertThat(Deadline.remaining(100, 99)).isEqualTo(1);
        assertThat(Deadline.remaining(100, 101)).isEqualTo(-1);
    }

    @Test
    void holdsWhileTheMonotonicClockWraps() {
        assertThat(Deadline.remaining(WRAPPED, NEARLY_OVER)).isEqualTo(11);
        assertThat(Deadline.passed(WRAPPED, NEARLY_OVER)).isFalse();
        assertThat(Deadline.earlier(WRAPPED, NEARLY_OVER)).isEqualTo(NEARLY_OVER);
        assertThat(Deadline.earlier(NEARLY_OVER, WRAPPED)).isEqualTo(NEARLY_OVER);
    }
}
