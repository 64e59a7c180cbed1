package io.mqproducer.message;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** How one send differs from the producer's settings. Immutable: keep it in a constant and share it. */
public final class SendOptions {

    private static final SendOptions DEFAULTS = new SendOptions(null, QueueTarget.any(), -1, null);

    private static final Duration MAX_TIMEOUT = Duration.ofDays(1);

    private final @Nullable Duration timeout;
    private final QueueTarget target;
    private final int maxRetries;
    private final @Nullable Boolean retryAfterMaybeStored;

    private SendOptions(
            @Nullable Duration timeout, QueueTarget target, int maxRetries, @Nullable Boolean retryAfterMaybeStored) {
        this.timeout = timeout;
        this.target = target;
        this.maxRetries = maxRetries;
        this.retryAfterMaybeStored = retryAfterMaybeStored;
    }

    /** As the producer is configured, to any queue. */
    public static SendOptions defaults() {
        return DEFAULTS;
    }

    /**
     * The one deadline of the send, over everything it waits for.
     *
     * @throws IllegalArgumentException if it is not positive, or longer than a day
     */
    public SendOptions withTimeout(Duration timeout) {
        if (timeout.isZero() || timeout.isNegative() || timeout.compareTo(MAX_TIMEOUT) > 0) {
            throw new IllegalArgumentException(
                    "timeout must be positive and at most " + MAX_TIMEOUT + ", got " + timeout);
        }
        return new SendOptions(timeout, target, maxRetries, retryAfterMaybeStored);
    }

    /** The queue, or who chooses it. */
    public SendOptions to(QueueTarget target) {
        return new SendOptions(timeout, Objects.requireNonNull(target, "target"), maxRetries, retryAfterMaybeStored);
    }

    /**
     * How many attempts may follow one that a broker may have seen; 0 means a single attempt whatever happens to it.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public SendOptions withMaxRetries(int maxRetries) {
        if (maxRetries < 0) {
            throw new IllegalArgumentException("maxRetries must not be negative, got " + maxRetries);
        }
        return new SendOptions(timeout, target, maxRetries, retryAfterMaybeStored);
    }

    /** Whether an attempt that may have been stored is followed by another, at the risk of a duplicate. */
    public SendOptions withRetryAfterMaybeStored(boolean retryAfterMaybeStored) {
        return new SendOptions(timeout, target, maxRetries, retryAfterMaybeStored);
    }

    /** The timeout, or empty for the producer's. */
    public Optional<Duration> timeout() {
        return Optional.ofNullable(timeout);
    }

    /** The queue, or who chooses it. */
    public QueueTarget target() {
        return target;
    }

    /** The limit of retries, or empty for the producer's. */
    public OptionalInt maxRetries() {
        return maxRetries < 0 ? OptionalInt.empty() : OptionalInt.of(maxRetries);
    }

    /** Whether to retry after "maybe stored", or empty for the producer's setting. */
    public Optional<Boolean> retryAfterMaybeStored() {
        return Optional.ofNullable(retryAfterMaybeStored);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SendOptions that
                && Objects.equals(timeout, that.timeout)
                && target.equals(that.target)
                && maxRetries == that.maxRetries
                && Objects.equals(retryAfterMaybeStored, that.retryAfterMaybeStored);
    }

    @Override
    public int hashCode() {
        return Objects.hash(timeout, target, maxRetries, retryAfterMaybeStored);
    }

    @Override
    public String toString() {
        return "SendOptions[timeout=" + timeout + ", target=" + target + ", maxRetries=" + maxRetries
                + ", retryAfterMaybeStored=" + retryAfterMaybeStored + "]";
    }
}
