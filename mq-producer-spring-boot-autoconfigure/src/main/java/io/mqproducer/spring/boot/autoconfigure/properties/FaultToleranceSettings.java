package io.mqproducer.spring.boot.autoconfigure.properties;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.springframework.boot.context.properties.NestedConfigurationProperty;

/** Which brokers are avoided, and until when. */
public class FaultToleranceSettings {

    /** Whether to avoid brokers that were recently slow. Brokers that fail are always avoided for a while. */
    private boolean enabled;

    /** Comma-separated list of latencies, from which on a broker is isolated for the matching isolation time. */
    private List<Duration> latencyThresholds = durations(50, 100, 550, 1800, 3000, 5000, 15000);

    /** Comma-separated list of isolation times, as many as there are latency thresholds. */
    private List<Duration> isolationTimes = durations(0, 0, 2000, 5000, 6000, 10000, 30000);

    @NestedConfigurationProperty
    private final DetectorSettings detector = new DetectorSettings();

    public boolean isEnabled() {
        return enabled;
    }

    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    public List<Duration> getLatencyThresholds() {
        return latencyThresholds;
    }

    public void setLatencyThresholds(List<Duration> latencyThresholds) {
        this.latencyThresholds = latencyThresholds;
    }

    public List<Duration> getIsolationTimes() {
        return isolationTimes;
    }

    public void setIsolationTimes(List<Duration> isolationTimes) {
        this.isolationTimes = isolationTimes;
    }

    public DetectorSettings getDetector() {
        return detector;
    }

    private static List<Duration> durations(long... millis) {
        return LongStream.of(millis).mapToObj(Duration::ofMillis).collect(Collectors.toList());
    }
}
