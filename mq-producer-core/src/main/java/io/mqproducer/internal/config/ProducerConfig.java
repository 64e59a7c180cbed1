package io.mqproducer.internal.config;

import io.mqproducer.config.BackPressureMode;
import io.mqproducer.config.CompressionType;
import io.mqproducer.config.SocksProxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All settings of a producer, grouped as its properties are. Made by {@code MQProducerBuilder}, which documents each;
 * every constructor checks its own group and throws {@link IllegalArgumentException} naming setting, value and rule.
 *
 * @param identity who the producer is
 * @param nameServers addresses of the name servers, {@code host:port} each
 * @param topics what holds for its topics
 * @param send what holds for every send
 */
public record ProducerConfig(
        Identity identity,
        List<String> nameServers,
        Topics topics,
        Send send,
        Retry retry,
        Compression compression,
        FaultTolerance faultTolerance,
        Connection connection,
        Network network,
        Trace trace,
        BackPressure backPressure,
        Batch batch,
        Callback callback,
        Transaction transaction,
        LifeCycle lifeCycle) {

    public ProducerConfig {
        nameServers = List.copyOf(nameServers);
        if (backPressure.maxInFlightSize() < send.maxMessageSize()) {
            throw Rules.broken(
                    "backpressure.max-in-flight-size",
                    backPressure.maxInFlightSize(),
                    "must be at least max-message-size (" + send.maxMessageSize() + ")");
        }
    }

    /** The same for the messages that bear traces: they take no room from the application's, and may take their time. */
    public ProducerConfig forTraces() {
        return new ProducerConfig(
                identity.withName(identity.name() + "-trace"),
                nameServers,
                topics,
                new Send(Duration.ofSeconds(5), Trace.MAX_MESSAGE_SIZE, false),
                retry,
                compression,
                faultTolerance,
                connection,
                network,
                Trace.OFF,
                new BackPressure(true, Trace.MAX_IN_FLIGHT, Trace.MAX_IN_FLIGHT * 1024L * 1024, BackPressureMode.BLOCK),
                new Batch(false, batch.maxDelay(), batch.maxSize(), batch.maxTotalSize()),
                new Callback(1, 1),
                transaction,
                lifeCycle);
    }

    /** Who the producer is. */
    public record Identity(
            String name,
            String group,
            @Nullable String namespace,
            @Nullable String namespaceV2,
            @Nullable String instanceName,
            @Nullable String clientAddress,
            @Nullable String unitName,
            boolean unitMode) {

        public Identity {
            Rules.text("name", name);
            Rules.group(group);
            if (namespace != null) {
                Rules.name("namespace", namespace);
                Rules.groupLength("group with namespace", Rules.wrappedLength(namespace, group));
            }
            if (namespaceV2 != null) {
                Rules.text("namespace-v2", namespaceV2);
            }
            if (instanceName != null) {
                Rules.text("instance-name", instanceName);
            }
            if (clientAddress != null) {
                Rules.text("client-address", clientAddress);
            }
            if (unitName != null) {
                Rules.text("unit-name", unitName);
            }
            if (namespace != null && namespaceV2 != null) {
                throw Rules.broken("namespace-v2", namespaceV2, "must not be set together with namespace");
            }
        }

        private Identity withName(String other) {
            return new Identity(other, group, namespace, namespaceV2, instanceName, clientAddress, unitName, unitMode);
        }
    }

    /** What holds for topics. */
    public record Topics(List<String> warmUp, boolean autoCreate, int defaultQueues) {
        public Topics {
            warmUp = List.copyOf(warmUp);
            Rules.atLeast("default-topic-queues", defaultQueues, 1);
        }
    }

    /** What holds for every send. Sizes in bytes. */
    public record Send(Duration timeout, int maxMessageSize, boolean strictOrdering) {
        public Send {
            Rules.positive("send-timeout", timeout);
            Rules.atLeast("max-message-size", maxMessageSize, 1);
        }
    }

    /** When and how often a send is tried again. */
    public record Retry(
            int maxRetries,
            @Nullable Duration attemptTimeout,
            boolean onStoreFailure,
            boolean afterMaybeStored,
            Set<Integer> responseCodes,
            Duration backoff,
            Duration maxBackoff) {

        public Retry {
            Rules.atLeast("retry.max-retries", maxRetries, 0);
            if (attemptTimeout != null) {
                Rules.positive("retry.attempt-timeout", attemptTimeout);
            }
            responseCodes = Set.copyOf(responseCodes);
            Rules.positive("retry.backoff", backoff);
            if (maxBackoff.compareTo(backoff) < 0) {
                throw Rules.broken(
                        "retry.max-backoff", maxBackoff, "must not be below retry.backoff (" + backoff + ")");
            }
        }
    }

    /** Which bodies are compressed, and how. Threshold in bytes. */
    public record Compression(boolean enabled, int threshold, CompressionType type, int level) {
        public Compression {
            Rules.atLeast("compression.threshold", threshold, 0);
            if (level < 0 || level > type.maxLevel()) {
                throw Rules.broken("compression.level", level, "must be 0 to " + type.maxLevel() + " for " + type);
            }
        }
    }

    /** Which brokers are avoided because they were slow. */
    public record FaultTolerance(
            boolean enabled, List<Duration> latencyThresholds, List<Duration> isolationTimes, Detector detector) {
        public FaultTolerance {
            latencyThresholds = List.copyOf(latencyThresholds);
            isolationTimes = List.copyOf(isolationTimes);
            if (latencyThresholds.size() != isolationTimes.size()) {
                throw Rules.broken(
                        "fault-tolerance.isolation-times",
                        isolationTimes,
                        "must have as many elements as fault-tolerance.latency-thresholds (" + latencyThresholds.size()
                                + ")");
            }
            Rules.ascending("fault-tolerance.latency-thresholds", latencyThresholds);
        }
    }

    /** Whether and how brokers that failed are probed. */
    public record Detector(boolean enabled, Duration interval, Duration timeout) {

        /** Nobody is probed. */
        public static final Detector OFF = new Detector(false, Duration.ofSeconds(2), Duration.ofMillis(200));

        public Detector {
            Rules.positive("fault-tolerance.detector.interval", interval);
            Rules.positive("fault-tolerance.detector.timeout", timeout);
        }
    }

    /** How connections are opened, kept and closed. */
    public record Connection(
            Duration connectTimeout,
            Duration idleTimeout,
            Duration heartbeatInterval,
            Duration routeRefreshInterval,
            int ioThreads,
            boolean nativeTransport) {

        /** For {@code ioThreads}: derived from the number of processors. */
        public static final int DERIVED = 0;

        public Connection {
            Rules.positive("connection.connect-timeout", connectTimeout);
            Rules.positive("connection.idle-timeout", idleTimeout);
            Rules.positive("connection.heartbeat-interval", heartbeatInterval);
            Rules.positive("connection.route-refresh-interval", routeRefreshInterval);
            Rules.atLeast("connection.io-threads", ioThreads, DERIVED);
        }
    }

    /**
     * By which way servers are reached.
     *
     * @param vipChannel whether brokers are spoken to at their port minus two
     * @param zone the zone whose brokers alone are wanted, or null for all
     * @param brokerAddressMapping where a broker is reached, by the address that the name servers tell
     * @param proxies by ranges of addresses, {@code address/prefix length}
     */
    public record Network(
            boolean vipChannel,
            @Nullable String zone,
            Map<String, String> brokerAddressMapping,
            Map<String, SocksProxy> proxies) {

        /** Straight to where the name servers say. */
        public static final Network DIRECT = new Network(false, null, Map.of(), Map.of());

        public Network {
            if (zone != null) {
                Rules.text("zone", zone);
            }
            brokerAddressMapping = Map.copyOf(brokerAddressMapping);
            proxies = Map.copyOf(proxies);
        }
    }

    /** Whether and how sends are traced. */
    public record Trace(boolean enabled, String topic, int batchSize) {

        /** Nothing is traced. */
        public static final Trace OFF = new Trace(false, "RMQ_SYS_TRACE_TOPIC", 10);

        private static final int MAX_BATCH = 100;
        private static final int MAX_IN_FLIGHT = 64;
        private static final int MAX_MESSAGE_SIZE = 256 * 1024;

        public Trace {
            Rules.name("trace.topic", topic);
            Rules.between("trace.batch-size", batchSize, 1, MAX_BATCH);
        }
    }

    /** How much may be in flight. Size in bytes. */
    public record BackPressure(boolean enabled, int maxInFlightMessages, long maxInFlightSize, BackPressureMode mode) {
        public BackPressure {
            Rules.between("backpressure.max-in-flight-messages", maxInFlightMessages, 1, 1_000_000);
            Rules.between("backpressure.max-in-flight-size", maxInFlightSize, 1, 1L << 40);
        }
    }

    /** How messages are gathered into batches. Sizes in bytes. */
    public record Batch(boolean enabled, Duration maxDelay, int maxSize, long maxTotalSize) {

        /** Small enough that the broker takes it, however large the messages are besides their bodies. */
        private static final int LARGEST = 2 * 1024 * 1024;

        public Batch {
            Rules.positive("batch.max-delay", maxDelay);
            Rules.between("batch.max-size", maxSize, 1, LARGEST);
            if (maxTotalSize < maxSize) {
                throw Rules.broken(
                        "batch.max-total-size", maxTotalSize, "must not be below batch.max-size (" + maxSize + ")");
            }
        }
    }

    /** Where callbacks run. */
    public record Callback(int threads, int maxThreads) {
        public Callback {
            Rules.atLeast("callback.threads", threads, 1);
            if (maxThreads < threads) {
                throw Rules.broken(
                        "callback.max-threads", maxThreads, "must not be below callback.threads (" + threads + ")");
            }
        }
    }

    /** How brokers that ask about transactions are answered. */
    public record Transaction(int checkThreads, int checkQueueCapacity) {
        public Transaction {
            Rules.between("transaction.check-threads", checkThreads, 1, 1_000);
            Rules.between("transaction.check-queue-capacity", checkQueueCapacity, 1, 1_000_000);
        }
    }

    /** How the producer starts and stops. */
    public record LifeCycle(boolean failFast, Duration shutdownTimeout) {
        public LifeCycle {
            if (shutdownTimeout.isNegative()) {
                throw Rules.broken("shutdown-timeout", shutdownTimeout, "must not be negative");
            }
            Rules.atMost("shutdown-timeout", shutdownTimeout);
        }
    }
}
