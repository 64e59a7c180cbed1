package io.mqproducer;

import io.mqproducer.config.SocksProxy;
import io.mqproducer.config.SslOptions;
import io.mqproducer.internal.config.ProducerConfig;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All settings of a producer by the names of their properties, for people to read. Secrets are only said to be set. */
final class SettingsReport {

    private static final String SECRET = "******";

    private final Map<String, String> settings = new LinkedHashMap<>();

    private SettingsReport() {}

    static Map<String, String> of(ProducerConfig config, ProducerAssembly.Extensions extensions) {
        SettingsReport report = new SettingsReport();
        report.addIdentity(config.identity());
        report.addSends(config);
        report.addServers(config);
        report.addExtras(config);
        report.addSsl(extensions.ssl());
        report.put("acl", extensions.credentials() == null ? "none" : SECRET);
        return report.settings;
    }

    private void addIdentity(ProducerConfig.Identity identity) {
        put("name", identity.name());
        put("group", identity.group());
        put("namespace", identity.namespace());
        put("namespace-v2", identity.namespaceV2());
        put("instance-name", identity.instanceName());
        put("client-address", identity.clientAddress());
        put("unit-name", identity.unitName());
        put("unit-mode", identity.unitMode());
    }

    private void addSends(ProducerConfig config) {
        put("send-timeout", config.send().timeout());
        put("max-message-size", config.send().maxMessageSize());
        put("ordering.strict", config.send().strictOrdering());
        put("auto-create-topics", config.topics().autoCreate());
        put("default-topic-queues", config.topics().defaultQueues());
        put("warm-up-topics", config.topics().warmUp());
        put("retry.max-retries", config.retry().maxRetries());
        put("retry.attempt-timeout", config.retry().attemptTimeout());
        put("retry.on-store-failure", config.retry().onStoreFailure());
        put("retry.after-maybe-stored", config.retry().afterMaybeStored());
        put(
                "retry.response-codes",
                config.retry().responseCodes().stream().sorted().toList());
        put("retry.backoff", config.retry().backoff());
        put("retry.max-backoff", config.retry().maxBackoff());
        put("compression.enabled", config.compression().enabled());
        put("compression.threshold", config.compression().threshold());
        put("compression.type", config.compression().type());
        put("compression.level", config.compression().level());
        put("backpressure.enabled", config.backPressure().enabled());
        put("backpressure.max-in-flight-messages", config.backPressure().maxInFlightMessages());
        put("backpressure.max-in-flight-size", config.backPressure().maxInFlightSize());
        put("backpressure.mode", config.backPressure().mode());
        put("batch.enabled", config.batch().enabled());
        put("batch.max-delay", config.batch().maxDelay());
        put("batch.max-size", config.batch().maxSize());
        put("batch.max-total-size", config.batch().maxTotalSize());
    }

    private void addServers(ProducerConfig config) {
        put("name-servers", config.nameServers());
        put("vip-channel-enabled", config.network().vipChannel());
        put("zone", config.network().zone());
        put("connection.connect-timeout", config.connection().connectTimeout());
        put("connection.idle-timeout", config.connection().idleTimeout());
        put("connection.heartbeat-interval", config.connection().heartbeatInterval());
        put("connection.route-refresh-interval", config.connection().routeRefreshInterval());
        put("connection.io-threads", ioThreads(config.connection().ioThreads()));
        put("connection.native-transport", config.connection().nativeTransport());
        put("connection.broker-address-mapping", config.network().brokerAddressMapping());
        put("connection.proxy", proxies(config.network().proxies()));
        ProducerConfig.FaultTolerance tolerance = config.faultTolerance();
        put("fault-tolerance.enabled", tolerance.enabled());
        put("fault-tolerance.latency-thresholds", tolerance.latencyThresholds());
        put("fault-tolerance.isolation-times", tolerance.isolationTimes());
        put("fault-tolerance.detector.enabled", tolerance.detector().enabled());
        put("fault-tolerance.detector.interval", tolerance.detector().interval());
        put("fault-tolerance.detector.timeout", tolerance.detector().timeout());
    }

    private static String ioThreads(int threads) {
        return threads == ProducerConfig.Connection.DERIVED ? "derived" : String.valueOf(threads);
    }

    private static Map<String, String> proxies(Map<String, SocksProxy> proxies) {
        return proxies.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, range -> range.getValue().address()));
    }

    private void addExtras(ProducerConfig config) {
        put("trace.enabled", config.trace().enabled());
        put("trace.topic", config.trace().topic());
        put("trace.batch-size", config.trace().batchSize());
        put("callback.threads", config.callback().threads());
        put("callback.max-threads", config.callback().maxThreads());
        put("transaction.check-threads", config.transaction().checkThreads());
        put("transaction.check-queue-capacity", config.transaction().checkQueueCapacity());
        put("fail-fast", config.lifeCycle().failFast());
        put("shutdown-timeout", config.lifeCycle().shutdownTimeout());
    }

    private void addSsl(@Nullable SslOptions ssl) {
        put("ssl.enabled", ssl != null);
        if (ssl != null) {
            put("ssl.verify-hostname", ssl.verifyHostname());
            put("ssl.expected-name", ssl.expectedName());
            put("ssl.protocols", ssl.protocols());
            put("ssl.ciphers", ssl.ciphers());
        }
    }

    private void put(String name, @Nullable Object value) {
        String text = text(value);
        if (!text.isEmpty()) {
            settings.put(name, text);
        }
    }

    private static String text(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        if (value instanceof Optional<?> optional) {
            return text(optional.orElse(null));
        }
        if (value instanceof Duration duration) {
            return text(duration);
        }
        if (value instanceof Collection<?> all) {
            return all.stream().map(SettingsReport::text).collect(Collectors.joining(","));
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> entry.getKey() + "=" + entry.getValue())
                    .sorted()
                    .collect(Collectors.joining(","));
        }
        return value.toString();
    }

    /** As one would write it in the property. */
    private static String text(Duration duration) {
        boolean seconds = duration.toMillis() % 1000 == 0 && duration.toMillis() > 0;
        return seconds ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
    }
}
