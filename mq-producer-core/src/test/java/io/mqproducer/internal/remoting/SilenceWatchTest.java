package io.mqproducer.internal.remoting;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SilenceWatchTest {

    private final SilenceWatch watch = new SilenceWatch();

    private static long seconds(double seconds) {
        return Math.round(seconds * Duration.ofSeconds(1).toNanos());
    }

    @Test
    void f19_aRequestThatSharesTheFateOfAnEarlierOneShowsThatTheServerIsDead() {
        assertThat(watch.unanswered(5, 9, seconds(1))).isFalse();

        assertThat(watch.unanswered(9, 12, seconds(2))).isTrue();
    }

    @Test
    void f19_requestsThatWereWrittenTogetherCountOnce() {
        assertThat(watch.unanswered(5, 9, seconds(1))).isFalse();

        assertThat(watch.unanswered(6, 9, seconds(1))).isFalse();
        assertThat(watch.unanswered(8, 9, seconds(4))).isFalse();
    }

    @Test
    void f19_sendersInAHurryDoNotEndAConnectionThatStallsForAMoment() {
        assertThat(watch.unanswered(5, 6, seconds(1))).isFalse();

        assertThat(watch.unanswered(6, 7, seconds(1.1))).isFalse();
        assertThat(watch.unanswered(7, 8, seconds(1.9))).isFalse();
        assertThat(watch.unanswered(8, 9, seconds(2.1))).isTrue();
    }

    @Test
    void f19_anyWordOfTheServerClearsIt() {
        assertThat(watch.unanswered(5, 6, seconds(1))).isFalse();
        watch.heard();

        assertThat(watch.unanswered(6, 7, seconds(3))).isFalse();
    }

    @Test
    void f19_opaquesMayWrapAround() {
        assertThat(watch.unanswered(Integer.MAX_VALUE - 1, Integer.MAX_VALUE, seconds(1)))
                .isFalse();

        assertThat(watch.unanswered(Integer.MIN_VALUE, Integer.MIN_VALUE + 1, seconds(3)))
                .isTrue();
    }

    @Test
    void f19_tenSecondsOfSilenceAreTooLongWhileRequestsWait() {
        assertThat(watch.isTooLong(true, seconds(100))).isFalse();
        assertThat(watch.isTooLong(true, seconds(109.9))).isFalse();

        assertThat(watch.isTooLong(true, seconds(110))).isTrue();
    }

    @Test
    void f19_silenceWhileNothingWaitsIsNoSilence() {
        assertThat(watch.isTooLong(true, seconds(100))).isFalse();
        assertThat(watch.isTooLong(false, seconds(101))).isFalse();

        assertThat(watch.isTooLong(true, seconds(200))).isFalse();
        assertThat(watch.isTooLong(true, seconds(209))).isFalse();
    }

    @Test
    void f19_anyWordOfTheServerBreaksTheSilence() {
        assertThat(watch.isTooLong(true, seconds(100))).isFalse();
        watch.heard();
        assertThat(watch.isTooLong(true, seconds(109))).isFalse();

        assertThat(watch.isTooLong(true, seconds(118))).isFalse();
        assertThat(watch.isTooLong(true, seconds(119))).isTrue();
    }

    @Test
    void f19_silenceAfterTheLastRequestWasGivenUpIsNoSilence() {
        assertThat(watch.isTooLong(true, seconds(100))).isFalse();
        assertThat(watch.isTooLong(true, seconds(100.3))).isFalse();
        assertThat(watch.unanswered(5, 6, seconds(100.3))).isFalse();
        watch.nothingWaits();

        assertThat(watch.isTooLong(true, seconds(200)))
                .as("a new request waits")
                .isFalse();
        assertThat(watch.isTooLong(true, seconds(209.9))).isFalse();
        assertThat(watch.isTooLong(true, seconds(210))).isTrue();
    }
}
