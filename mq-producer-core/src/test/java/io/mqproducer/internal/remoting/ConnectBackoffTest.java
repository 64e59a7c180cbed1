package io.mqproducer.internal.remoting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectBackoffTest {

    private final ConnectBackoff backoff = new ConnectBackoff();

    @Test
    void letsTheFirstConnectThroughAtOnce() {
        assertThat(backoff.remaining(0)).isZero();
        assertThat(backoff.remaining(Long.MIN_VALUE)).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -5_000_000_000L, Long.MAX_VALUE - 1})
    void f17_doublesFrom100MillisecondsTo1SecondLessAFifthOfJitter(long now) {
        for (long expected : new long[] {100, 200, 400, 800, 1000, 1000, 1000}) {
            backoff.failed(now);

            assertThat(backoff.remaining(now)).isBetween(millis(expected) * 4 / 5, millis(expected));
            assertThat(backoff.remaining(now + millis(expected))).isZero();
        }
    }

    @Test
    void spreadsTheConnectsOfManyProducers() {
        assertThat(IntStream.range(0, 100)
                        .mapToLong(i -> {
                            ConnectBackoff one = new ConnectBackoff();
                            one.failed(0);
                            return one.remaining(0);
                        })
                        .distinct()
                        .count())
                .isGreaterThan(50);
    }

    private static long millis(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
