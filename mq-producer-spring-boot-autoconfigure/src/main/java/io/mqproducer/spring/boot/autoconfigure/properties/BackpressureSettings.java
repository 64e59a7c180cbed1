package io.mqproducer.spring.boot.autoconfigure.properties;

import io.mqproducer.config.BackPressureMode;
import org.springframework.util.unit.DataSize;

/** How much may be in flight. */
public class BackpressureSettings {

    /** Whether to limit messages that are in flight. */
    private boolean enabled = true;

    /** Maximum number of messages in flight. */
    private int maxInFlightMessages = 1024;

    /** Maximum size of the messages in flight. */
    private DataSize maxInFlightSize = DataSize.ofMegabytes(100);

    /** What a send does when a limit is reached. */
    private BackPressureMode mode = BackPressureMode.BLOCK;

    public boolean isEnabled() {
        return enabled;
    }

    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    public int getMaxInFlightMessages() {
        return maxInFlightMessages;
    }

    public void setMaxInFlightMessages(int maxInFlightMessages) {
        this.maxInFlightMessages = maxInFlightMessages;
    }

    public DataSize getMaxInFlightSize() {
        return maxInFlightSize;
    }

    public void setMaxInFlightSize(DataSize maxInFlightSize) {
        this.maxInFlightSize = maxInFlightSize;
    }

    public BackPressureMode getMode() {
        return mode;
    }

    public void setMode(BackPressureMode mode) {
        this.mode = mode;
    }
}
