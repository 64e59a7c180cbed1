package io.mqproducer.internal.send;

import io.mqproducer.internal.config.ProducerConfig;
import io.mqproducer.message.SendOptions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The rules for further attempts; the same for every kind of send. Immutable. */
final class RetryPolicy {

    /** What an attempt gets at least while another could follow, so that a slow broker is not given up too early. */
    private static final long LEAST_ATTEMPT = Duration.ofMillis(200).toNanos();

    private final ProducerConfig.Retry settings;
    private final long first;
    private final long last;
    private final long attemptLimit;

    RetryPolicy(ProducerConfig.Retry settings) {
        this.settings = settings;
        this.first = settings.backoff().toNanos();
        this.last = settings.maxBackoff().toNanos();
        Duration limit = settings.attemptTimeout();
        this.attemptLimit = limit == null ? Long.MAX_VALUE : limit.toNanos();
    }

    int maxRetries(SendOptions options) {
        return options.maxRetries().orElse(settings.maxRetries());
    }

    boolean afterMaybeStored(SendOptions options) {
        @Nullable Boolean own = options.retryAfterMaybeStored().orElse(null);
        return own == null ? settings.afterMaybeStored() : own;
    }

    /** Whether an attempt may follow a first one that got no answer. */
    boolean mayRetry(SendOptions options) {
        return maxRetries(options) > 0 && afterMaybeStored(options);
    }

    boolean onStoreFailure() {
        return settings.onStoreFailure();
    }

    Set<Integer> responseCodes() {
        return settings.responseCodes();
    }

    /** The pause after this many failures: it doubles up to a limit, and is spread between the first and that. */
    long pause(int failures) {
        long widest = Math.min(last, first << Math.min(failures, 20));
        return widest <= first ? first : ThreadLocalRandom.current().nextLong(first, widest);
    }

    /** How long an attempt may take of what remains: half of it while another broker could be tried, else all. */
    long attemptBudget(long remaining, boolean another) {
        long fair = another ? Math.max(remaining / 2, Math.min(LEAST_ATTEMPT, remaining)) : remaining;
        return Math.min(fair, attemptLimit);
    }
}
