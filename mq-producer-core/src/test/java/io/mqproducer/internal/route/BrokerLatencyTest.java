package io.mqproducer.internal.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BrokerLatencyTest {

    private final BrokerLatency latency = BrokerLatency.unknown();

    @Test
    void isUnknownBeforeTheFirstAnswer() {
        assertThat(latency.average()).isEmpty();
    }

    @Test
    void beginsWithTheFirstAnswer() {
        latency.note(5_000_000);

        assertThat(latency.average()).contains(Duration.ofMillis(5));
    }

    @Test
    void oneSlowAnswerHardlyShows() {
        answers(100, 1_000_000);

        latency.note(17_000_000);

        assertThat(latency.average()).contains(Duration.ofMillis(2));
    }

    @Test
    void manySlowOnesDo() {
        answers(100, 1_000_000);

        answers(100, 17_000_000);

        assertThat(latency.average().orElseThrow()).isBetween(Duration.ofMillis(16), Duration.ofMillis(17));
    }

    private void answers(int count, long nanos) {
        for (int i = 0; i < count; i++) {
            latency.note(nanos);
        }
    }
}
