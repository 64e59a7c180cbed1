package io.mqproducer.spring.boot.test;

import io.mqproducer.test.EmbeddedRocketMQ;
import io.mqproducer.test.RocketMQVersion;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The clusters of this JVM. Contexts come and go, several at a time, and nothing that Spring's tests have lives as long as the
 * JVM, whose end the servers notice by themselves.
 */
final class SharedClusters {

    private static final ConcurrentMap<Kind, EmbeddedRocketMQ> STARTED = new ConcurrentHashMap<>();

    /** What tells clusters apart. */
    private record Kind(RocketMQVersion version, int brokers) {}

    private SharedClusters() {}

    /** Starts it if there is none yet. */
    static EmbeddedRocketMQ get(RocketMQVersion version, int brokers) {
        return STARTED.computeIfAbsent(
                new Kind(version, brokers),
                kind -> EmbeddedRocketMQ.builder()
                        .version(kind.version())
                        .brokers(kind.brokers())
                        .start());
    }
}
