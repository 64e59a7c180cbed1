package io.mqproducer.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

class SendOptionsTest {

    private static final MessageQueue QUEUE = new MessageQueue("T", "a", 0);

    @Test
    void leavesAllToTheProducerIfNothingIsSet() {
        SendOptions options = SendOptions.defaults();

        assertThat(options.timeout()).isEmpty();
        assertThat(options.target()).isEqualTo(QueueTarget.any());
        assertThat(options.maxRetries()).isEmpty();
        assertThat(options.retryAfterMaybeStored()).isEmpty();
    }

    @Test
    void makesChangedCopies() {
        SendOptions options = SendOptions.defaults()
                .withTimeout(Duration.ofSeconds(1))
                .to(QueueTarget.queue(QUEUE))
                .withMaxRetries(0)
                .withRetryAfterMaybeStored(false);

        assertThat(options.timeout()).contains(Duration.ofSeconds(1));
        assertThat(options.target()).isEqualTo(QueueTarget.queue(QUEUE));
        assertThat(options.maxRetries()).hasValue(0);
        assertThat(options.retryAfterMaybeStored()).contains(false);
        assertThat(options).isNotEqualTo(SendOptions.defaults());
        assertThat(SendOptions.defaults().timeout()).isEmpty();
    }

    @Test
    void isEqualToWhatWasMadeTheSameWay() {
        SendOptions one = SendOptions.defaults().withMaxRetries(1);
        SendOptions other = SendOptions.defaults().withMaxRetries(1);

        assertThat(one).isEqualTo(other).hasSameHashCodeAs(other).hasToString(other.toString());
        assertThat(one).isNotEqualTo(other.withRetryAfterMaybeStored(true));
    }

    @Test
    void refusesWhatCannotBe() {
        SendOptions options = SendOptions.defaults();

        assertThatThrownBy(() -> options.withTimeout(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("timeout must be positive and at most PT24H, got PT0S");
        assertThatThrownBy(() -> options.withTimeout(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> options.withTimeout(Duration.ofDays(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("timeout must be positive and at most PT24H, got PT48H");
        assertThatThrownBy(() -> options.withTimeout(ChronoUnit.FOREVER.getDuration()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(options.withTimeout(Duration.ofDays(1)).timeout()).contains(Duration.ofDays(1));
        assertThatThrownBy(() -> options.withMaxRetries(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxRetries must not be negative, got -1");
    }
}
