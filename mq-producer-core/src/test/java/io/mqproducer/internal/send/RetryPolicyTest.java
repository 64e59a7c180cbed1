package io.mqproducer.internal.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.internal.config.ProducerConfig;
import io.mqproducer.message.SendOptions;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPolicyTest {

    private static final long MILLI = 1_000_000;

    private final RetryPolicy policy = policy(2, null, true, 50, 1000);

    @ParameterizedTest
    @CsvSource({"0,50", "1,100", "2,200", "3,400", "4,800", "5,1000", "6,1000", "20,1000", "63,1000", "2147483647,1000"
    })
    void thePauseDoublesUpToItsLimitAndIsSpread(int failures, long widest) {
        for (int i = 0; i < 200; i++) {
            assertThat(policy.pause(failures)).isBetween(50 * MILLI, widest * MILLI);
        }
    }

    @Test
    void aPauseOfOneLengthIsThatLength() {
        assertThat(policy(2, null, true, 50, 50).pause(7)).isEqualTo(50 * MILLI);
    }

    @Test
    void aLongPauseDoesNotOverflow() {
        long week = Duration.ofDays(7).toMillis();
        RetryPolicy patient = policy(2, null, true, week, 2 * week);

        for (int failures = 0; failures < 70; failures++) {
            assertThat(patient.pause(failures)).isBetween(week * MILLI, 2 * week * MILLI);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "3000,true,1500",
        "3000,false,3000",
        "400,true,200",
        "300,true,200",
        "200,true,200",
        "100,true,100",
        "1,false,1",
        "0,true,0"
    })
    void f18_anAttemptUsesHalfOfTheTimeWhileAnotherBrokerCouldBeTried(long remaining, boolean another, long budget) {
        assertThat(policy.attemptBudget(remaining * MILLI, another)).isEqualTo(budget * MILLI);
    }

    @Test
    void theAttemptTimeoutCapsTheBudget() {
        RetryPolicy capped = policy(2, Duration.ofMillis(700), true, 50, 1000);

        assertThat(capped.attemptBudget(3000 * MILLI, true)).isEqualTo(700 * MILLI);
        assertThat(capped.attemptBudget(3000 * MILLI, false)).isEqualTo(700 * MILLI);
        assertThat(capped.attemptBudget(500 * MILLI, false)).isEqualTo(500 * MILLI);
    }

    @Test
    void theOptionsOfASendGoBeforeTheSettings() {
        SendOptions own = SendOptions.defaults().withMaxRetries(0).withRetryAfterMaybeStored(false);

        assertThat(policy.maxRetries(SendOptions.defaults())).isEqualTo(2);
        assertThat(policy.maxRetries(own)).isZero();
        assertThat(policy.afterMaybeStored(SendOptions.defaults())).isTrue();
        assertThat(policy.afterMaybeStored(own)).isFalse();
        assertThat(policy.mayRetry(SendOptions.defaults())).isTrue();
        assertThat(policy.mayRetry(SendOptions.defaults().withMaxRetries(0))).isFalse();
        assertThat(policy.mayRetry(SendOptions.defaults().withRetryAfterMaybeStored(false)))
                .isFalse();
    }

    private static RetryPolicy policy(
            int maxRetries, @Nullable Duration attemptTimeout, boolean afterMaybe, long backoff, long maxBackoff) {
        return new RetryPolicy(new ProducerConfig.Retry(
                maxRetries,
                attemptTimeout,
                false,
                afterMaybe,
                Set.of(),
                Duration.ofMillis(backoff),
                Duration.ofMillis(maxBackoff)));
    }
}
