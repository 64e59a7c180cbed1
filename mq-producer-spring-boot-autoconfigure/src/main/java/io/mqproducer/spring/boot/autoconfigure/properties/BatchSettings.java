package io.mqproducer.spring.boot.autoconfigure.properties;

import java.time.Duration;
import org.springframework.util.unit.DataSize;

/** How messages are gathered into batches. */
public class BatchSettings {

    /** Whether to collect messages of a topic and send them together. */
    private boolean enabled;

    /** About the maximum time a message waits for others while the broker does not answer. */
    private Duration maxDelay = Duration.ofMillis(10);

    /** Size at which a batch is sent. */
    private DataSize maxSize = DataSize.ofKilobytes(32);

    /** Maximum size of all messages that wait for one broker. */
    private DataSize maxTotalSize = DataSize.ofMegabytes(32);

    public boolean isEnabled() {
        return enabled;
    }

    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    public Duration getMaxDelay() {
        return maxDelay;
    }

    public void setMaxDelay(Duration maxDelay) {
        this.maxDelay = maxDelay;
    }

    public DataSize getMaxSize() {
        return maxSize;
    }

    public void setMaxSize(DataSize maxSize) {
        this.maxSize = maxSize;
    }

    public DataSize getMaxTotalSize() {
        return maxTotalSize;
    }

    public void setMaxTotalSize(DataSize maxTotalSize) {
        this.maxTotalSize = maxTotalSize;
    }
}
