package io.mqproducer.spring.boot.autoconfigure.properties;

import java.time.Duration;

/** Whether and how brokers that failed are probed. */
public class DetectorSettings {

    /** Whether to probe brokers that failed in the background. Otherwise, a send tries them after a while. */
    private boolean enabled;

    /** Time between probes. */
    private Duration interval = Duration.ofSeconds(2);

    /** Maximum time of a probe. */
    private Duration timeout = Duration.ofMillis(200);

    public boolean isEnabled() {
        return enabled;
    }

    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    public Duration getInterval() {
        return interval;
    }

    public void setInterval(Duration interval) {
        this.interval = interval;
    }

    public Duration getTimeout() {
        return timeout;
    }

    public void setTimeout(Duration timeout) {
        this.timeout = timeout;
    }
}
