package io.mqproducer.spring.boot.autoconfigure.properties;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** When and how often a send is tried again. */
public class RetrySettings {

    /** Maximum number of retries after a broker may have seen the message. */
    private int maxRetries = 2;

    /** Maximum time of one attempt. If not set, half of the time that is left while another broker could be tried, else all of it. */
    private @Nullable Duration attemptTimeout;

    /** Whether to try another broker if the message was not flushed or replicated as required. */
    private boolean onStoreFailure;

    /** Whether to try again after an attempt that may have been stored, at the risk of a duplicate. */
    private boolean afterMaybeStored = true;

    /** Comma-separated list of broker response codes that are retried. */
    private Set<Integer> responseCodes = new LinkedHashSet<>(List.of(1, 2, 14, 16, 17, 204, 205, 1500));

    /** Pause before the second attempt. Doubled for each further one. */
    private Duration backoff = Duration.ofMillis(50);

    /** Maximum pause between attempts. */
    private Duration maxBackoff = Duration.ofSeconds(1);

    public int getMaxRetries() {
        return maxRetries;
    }

    public void setMaxRetries(int maxRetries) {
        this.maxRetries = maxRetries;
    }

    public @Nullable Duration getAttemptTimeout() {
        return attemptTimeout;
    }

    public void setAttemptTimeout(@Nullable Duration attemptTimeout) {
        this.attemptTimeout = attemptTimeout;
    }

    public boolean isOnStoreFailure() {
        return onStoreFailure;
    }

    public void setOnStoreFailure(boolean onStoreFailure) {
        this.onStoreFailure = onStoreFailure;
    }

    public boolean isAfterMaybeStored() {
        return afterMaybeStored;
    }

    public void setAfterMaybeStored(boolean afterMaybeStored) {
        this.afterMaybeStored = afterMaybeStored;
    }

    public Set<Integer> getResponseCodes() {
        return responseCodes;
    }

    public void setResponseCodes(Set<Integer> responseCodes) {
        this.responseCodes = responseCodes;
    }

    public Duration getBackoff() {
        return backoff;
    }

    public void setBackoff(Duration backoff) {
        this.backoff = backoff;
    }

    public Duration getMaxBackoff() {
        return maxBackoff;
    }

    public void setMaxBackoff(Duration maxBackoff) {
        this.maxBackoff = maxBackoff;
    }
}
