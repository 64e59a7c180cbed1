package io.mqproducer.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqproducer.config.BackPressureMode;
import io.mqproducer.config.CompressionType;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProducerConfigTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void f78_takesGroupsOf120Characters() {
        assertThat(identity("g".repeat(120), null, null).group()).hasSize(120);
        assertBroken(
                () -> identity("g".repeat(121), null, null), "group has a limit of 120 characters, got 121 characters");
    }

    @Test
    void f78_countsTheNamespaceIntoTheGroup() {
        assertThat(identity("g".repeat(117), "ns", null).group()).hasSize(117);
        assertThat(identity("ns%" + "g".repeat(117), "ns", null).group()).hasSize(120);
        assertBroken(
                () -> identity("g".repeat(118), "ns", null),
                "group with namespace has a limit of 120 characters, got 121 characters");
    }

    @Test
    void refusesTheGroupThatEveryoneHas() {
        assertBroken(
                () -> identity("DEFAULT_PRODUCER", null, null),
                "group must not be RocketMQ's default, got DEFAULT_PRODUCER");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\nb", "\u0001", "\u202e", "\u2028"})
    void refusesNamesThatWouldBreakALineOrAHeader(String text) {
        assertBroken(() -> identity("g", text, null), "namespace ");
        assertBroken(() -> identity("g", null, text), "namespace-v2 must not ");
        assertBroken(
                () -> new ProducerConfig.Identity(text, "g", null, null, null, null, null, false), "name must not ");
        assertBroken(
                () -> new ProducerConfig.Identity("n", "g", null, null, text, null, null, false),
                "instance-name must not ");
        assertBroken(
                () -> new ProducerConfig.Identity("n", "g", null, null, null, null, text, false),
                "unit-name must not ");
        assertBroken(
                () -> new ProducerConfig.Identity("n", "g", null, null, null, text, null, false),
                "client-address must not ");
    }

    @Test
    void takesOneKindOfNamespace() {
        assertBroken(() -> identity("g", "a", "b"), "namespace-v2 must not be set together with namespace, got b");
    }

    @Test
    void checksWhatHoldsForSends() {
        assertBroken(() -> new ProducerConfig.Send(Duration.ZERO, 1, true), "send-timeout must be positive, got PT0S");
        assertBroken(() -> new ProducerConfig.Send(SECOND, 0, true), "max-message-size must be at least 1, got 0");
        assertBroken(
                () -> new ProducerConfig.Topics(List.of(), true, 0), "default-topic-queues must be at least 1, got 0");
    }

    @Test
    void checksRetries() {
        assertBroken(() -> retry(-1, null, SECOND, SECOND), "retry.max-retries must be at least 0, got -1");
        assertBroken(() -> retry(0, Duration.ZERO, SECOND, SECOND), "retry.attempt-timeout must be positive, got PT0S");
        assertBroken(() -> retry(0, null, Duration.ZERO, SECOND), "retry.backoff must be positive, got PT0S");
        assertBroken(
                () -> retry(0, null, SECOND, Duration.ofMillis(1)),
                "retry.max-backoff must not be below retry.backoff (PT1S), got PT0.001S");
    }

    private static ProducerConfig.Retry retry(
            int maxRetries, @Nullable Duration attemptTimeout, Duration backoff, Duration maxBackoff) {
        return new ProducerConfig.Retry(maxRetries, attemptTimeout, false, true, Set.of(), backoff, maxBackoff);
    }

    @Test
    void checksCompression() {
        assertBroken(
                () -> compression(-1, CompressionType.ZLIB, 5), "compression.threshold must be at least 0, got -1");
        assertBroken(
                () -> compression(0, CompressionType.ZLIB, 10), "compression.level must be 0 to 9 for ZLIB, got 10");
        assertBroken(
                () -> compression(0, CompressionType.ZSTD, -1), "compression.level must be 0 to 22 for ZSTD, got -1");
        assertThat(compression(0, CompressionType.LZ4, 99).level()).isEqualTo(99);
    }

    private static ProducerConfig.Compression compression(int threshold, CompressionType type, int level) {
        return new ProducerConfig.Compression(true, threshold, type, level);
    }

    @Test
    void checksFaultTolerance() {
        assertBroken(
                () -> new ProducerConfig.FaultTolerance(true, List.of(SECOND), List.of(), ProducerConfig.Detector.OFF),
                "fault-tolerance.isolation-times must have as many elements as");
        assertBroken(
                () -> new ProducerConfig.FaultTolerance(
                        true, List.of(SECOND, SECOND), List.of(SECOND, SECOND), ProducerConfig.Detector.OFF),
                "fault-tolerance.latency-thresholds must ascend, got [PT1S, PT1S]");
    }

    @Test
    void checksTheRest() {
        assertBroken(
                () -> new ProducerConfig.Connection(SECOND, SECOND, SECOND, SECOND, -1, true),
                "connection.io-threads must be at least 0, got -1");
        assertBroken(
                () -> new ProducerConfig.Connection(SECOND, SECOND, Duration.ZERO, SECOND, 0, true),
                "connection.heartbeat-interval must be positive, got PT0S");
        assertBroken(
                () -> new ProducerConfig.BackPressure(true, 0, 1, BackPressureMode.FAIL),
                "backpressure.max-in-flight-messages must be 1 to 1000000, got 0");
        assertBroken(
                () -> new ProducerConfig.Callback(2, 1), "callback.max-threads must not be below callback.threads");
        assertBroken(() -> new ProducerConfig.Transaction(0, 1), "transaction.check-threads must be 1 to 1000, got 0");
        assertBroken(
                () -> new ProducerConfig.Transaction(1, 0),
                "transaction.check-queue-capacity must be 1 to 1000000, got 0");
        assertBroken(
                () -> new ProducerConfig.LifeCycle(false, Duration.ofMillis(-1)),
                "shutdown-timeout must not be negative, got PT-0.001S");
    }

    @Test
    void needsRoomInFlightForOneMessageOfTheLargestSize() {
        assertThat(withInFlightSize(1024).backPressure().maxInFlightSize()).isEqualTo(1024);
        assertBroken(
                () -> withInFlightSize(1023),
                "backpressure.max-in-flight-size must be at least max-message-size (1024), got 1023");
    }

    private static ProducerConfig withInFlightSize(long size) {
        return new ProducerConfig(
                identity("g", null, null),
                List.of("localhost:9876"),
                new ProducerConfig.Topics(List.of(), true, 4),
                new ProducerConfig.Send(SECOND, 1024, true),
                retry(2, null, SECOND, SECOND),
                compression(0, CompressionType.ZLIB, 5),
                new ProducerConfig.FaultTolerance(false, List.of(), List.of(), ProducerConfig.Detector.OFF),
                new ProducerConfig.Connection(SECOND, SECOND, SECOND, SECOND, 0, true),
                ProducerConfig.Network.DIRECT,
                ProducerConfig.Trace.OFF,
                new ProducerConfig.BackPressure(true, 1, size, BackPressureMode.BLOCK),
                new ProducerConfig.Batch(false, Duration.ofMillis(10), 32 * 1024, 32 * 1024 * 1024),
                new ProducerConfig.Callback(1, 1),
                new ProducerConfig.Transaction(1, 1),
                new ProducerConfig.LifeCycle(false, SECOND));
    }

    private static ProducerConfig.Identity identity(
            String group, @Nullable String namespace, @Nullable String namespaceV2) {
        return new ProducerConfig.Identity("name", group, namespace, namespaceV2, null, null, null, false);
    }

    private static void assertBroken(ThrowingCallable call, String text) {
        assertThatThrownBy(call)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(text)
                .message()
                .doesNotContainPattern("\\p{Cntrl}");
    }
}
