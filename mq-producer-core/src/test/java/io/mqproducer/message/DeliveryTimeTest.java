package io.mqproducer.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryTimeTest {

    @Test
    void hasTheLevelsOfRocketMq() {
        assertThat(DeliveryTime.atLevel(1)).isEqualTo(new DeliveryTime.AtLevel(1));
        assertThat(DeliveryTime.atLevel(18)).isEqualTo(new DeliveryTime.AtLevel(18));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 19, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void refusesOtherLevels(int level) {
        assertInvalid(() -> DeliveryTime.atLevel(level), "delay level must be 1 to 18, got " + level);
    }

    @Test
    void countsDelaysInMilliseconds() {
        assertThat(DeliveryTime.after(Duration.ofMillis(1))).isEqualTo(new DeliveryTime.After(Duration.ofMillis(1)));
        assertThat(DeliveryTime.after(Duration.ofMillis(Long.MAX_VALUE / 2))).isNotNull();
        assertInvalid(() -> DeliveryTime.after(Duration.ofMillis(Long.MAX_VALUE / 2 + 1)), "delay must be 1 ms to ");
        assertInvalid(() -> DeliveryTime.after(Duration.ofNanos(999_999)), "delay must be 1 ms to ");
        assertInvalid(() -> DeliveryTime.after(Duration.ZERO), "delay must be 1 ms to ");
        assertInvalid(() -> DeliveryTime.after(Duration.ofSeconds(-1)), "delay must be 1 ms to ");
        assertInvalid(() -> DeliveryTime.after(Duration.ofSeconds(Long.MAX_VALUE)), "delay must be 1 ms to ");
    }

    @Test
    void takesInstantsThatMillisecondsCanCount() {
        assertThat(DeliveryTime.at(Instant.EPOCH)).isEqualTo(new DeliveryTime.At(Instant.EPOCH));
        assertInvalid(() -> DeliveryTime.at(Instant.MAX), "instant must be one that milliseconds can count, got ");
        assertInvalid(() -> DeliveryTime.at(Instant.MIN), "instant must be one that milliseconds can count, got ");
    }

    @Test
    void refusesNull() {
        assertInvalid(() -> DeliveryTime.after(null), "delay must be set, got null");
        assertInvalid(() -> DeliveryTime.at(null), "instant must be set, got null");
    }

    private static void assertInvalid(Runnable call, String text) {
        assertThatThrownBy(call::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("invalid message: " + text);
    }
}
