package io.mqproducer.message;

import java.time.Duration;
import java.time.Instant;

/**
 * When a message becomes visible to consumers.
 *
 * <p>Levels work on every broker. Durations and instants need a 5.x broker with its timer wheel on (the default): it
 * keeps them to about a second (a whole number of seconds may come out one less) and, unless configured otherwise, for at
 * most three days: it refuses what is longer. A 4.9.x broker ignores them and delivers at once, of which the producer warns
 * once per broker.
 */
public sealed interface DeliveryTime {

    /** The highest delay level that RocketMQ knows. */
    int MAX_LEVEL = 18;

    /** At once. */
    static DeliveryTime now() {
        return Now.NOW;
    }

    /**
     * At a delay level of the broker, 1 to 18; by default 1s 5s 10s 30s 1m 2m 3m 4m 5m 6m 7m 8m 9m 10m 20m 30m 1h 2h.
     *
     * @throws IllegalArgumentException if the level is out of range
     */
    static DeliveryTime atLevel(int level) {
        return new AtLevel(level);
    }

    /**
     * This long after the broker has received the message, by the broker's clock.
     *
     * @throws IllegalArgumentException if the delay is below a millisecond, or too long to be added to a clock
     */
    static DeliveryTime after(Duration delay) {
        return new After(delay);
    }

    /** At this instant, by the broker's clock; one that has passed means at once. */
    static DeliveryTime at(Instant instant) {
        return new At(instant);
    }

    /** At once. */
    enum Now implements DeliveryTime {
        NOW
    }

    /** A delay level of the broker. */
    record AtLevel(int level) implements DeliveryTime {
        public AtLevel {
            if (level < 1 || level > MAX_LEVEL) {
                throw MessageRules.broken("delay level", "must be 1 to " + MAX_LEVEL, String.valueOf(level));
            }
        }
    }

    /** A delay after arrival at the broker. */
    record After(Duration delay) implements DeliveryTime {

        private static final Duration LEAST = Duration.ofMillis(1);

        /** The broker adds it to its clock, and would take what overflows for a time that has passed. */
        private static final Duration MOST = Duration.ofMillis(Long.MAX_VALUE / 2);

        public After {
            MessageRules.present("delay", delay);
            if (delay.compareTo(LEAST) < 0 || delay.compareTo(MOST) > 0) {
                throw MessageRules.broken("delay", "must be 1 ms to " + MOST.toMillis() + " ms", delay.toString());
            }
        }
    }

    /** A point in time. */
    record At(Instant instant) implements DeliveryTime {

        private static final Instant LEAST = Instant.ofEpochMilli(Long.MIN_VALUE);
        private static final Instant MOST = Instant.ofEpochMilli(Long.MAX_VALUE);

        public At {
            MessageRules.present("instant", instant);
            if (instant.compareTo(MOST) > 0 || instant.compareTo(LEAST) < 0) {
                throw MessageRules.broken("instant", "must be one that milliseconds can count", instant.toString());
            }
        }
    }
}
