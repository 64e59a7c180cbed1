package io.mqproducer.internal.encoding;

import io.mqproducer.config.BackPressureMode;
import io.mqproducer.config.CompressionType;
import io.mqproducer.internal.config.ProducerConfig;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Configurations in which only what matters to encoding differs. */
final class Configs {

    static final int MAX_MESSAGE_SIZE = 4 * 1024 * 1024;
    static final int THRESHOLD = 4096;

    private Configs() {}

    static ProducerConfig standard() {
        return config(identity(null, null), MAX_MESSAGE_SIZE, THRESHOLD);
    }

    static ProducerConfig inNamespace(String namespace) {
        return config(identity(namespace, null), MAX_MESSAGE_SIZE, THRESHOLD);
    }

    static ProducerConfig withSizes(int maxMessageSize, int threshold) {
        return config(identity(null, null), maxMessageSize, threshold);
    }

    static ProducerConfig.Identity identity(@Nullable String namespace, @Nullable String namespaceV2) {
        return new ProducerConfig.Identity("test", "test", namespace, namespaceV2, null, null, null, false);
    }

    private static ProducerConfig config(ProducerConfig.Identity identity, int maxMessageSize, int threshold) {
        Duration second = Duration.ofSeconds(1);
        return new ProducerConfig(
                identity,
                List.of("localhost:9876"),
                new ProducerConfig.Topics(List.of(), true, 4),
                new ProducerConfig.Send(second, maxMessageSize, true),
                new ProducerConfig.Retry(2, null, false, true, Set.of(), second, second),
                new ProducerConfig.Compression(true, threshold, CompressionType.ZLIB, 5),
                new ProducerConfig.FaultTolerance(false, List.of(), List.of(), ProducerConfig.Detector.OFF),
                new ProducerConfig.Connection(second, second, second, second, 1, false),
                ProducerConfig.Network.DIRECT,
                ProducerConfig.Trace.OFF,
                new ProducerConfig.BackPressure(true, 1024, 100L << 20, BackPressureMode.BLOCK),
                new ProducerConfig.Batch(false, Duration.ofMillis(10), 32 * 1024, 32 * 1024 * 1024),
                new ProducerConfig.Callback(1, 1),
                new ProducerConfig.Transaction(1, 1),
                new ProducerConfig.LifeCycle(false, second));
    }
}
