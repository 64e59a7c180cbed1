package io.mqproducer.spring.boot.autoconfigure;

import io.mqproducer.MQProducer;
import io.mqproducer.MQProducerBuilder;
import io.mqproducer.config.SocksProxy;
import io.mqproducer.spring.boot.autoconfigure.properties.AclSettings;
import io.mqproducer.spring.boot.autoconfigure.properties.BackpressureSettings;
import io.mqproducer.spring.boot.autoconfigure.properties.BatchSettings;
import io.mqproducer.spring.boot.autoconfigure.properties.CompressionSettings;
import io.mqproducer.spring.boot.autoconfigure.properties.ConnectionSettings;
import io.mqproducer.spring.boot.autoconfigure.properties.FaultToleranceSettings;
import io.mqproducer.spring.boot.autoconfigure.properties.ProducerSettings;
import io.mqproducer.spring.boot.autoconfigure.properties.ProxySettings;
import io.mqproducer.spring.boot.autoconfigure.properties.RetrySettings;
import io.mqproducer.spring.boot.autoconfigure.properties.TraceSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** Writes settings into a builder: the one place where properties and builder meet. */
final class ProducerSettingsMapper {

    private final MQProducerBuilder builder;

    private ProducerSettingsMapper(MQProducerBuilder builder) {
        this.builder = builder;
    }

    /**
     * A builder with all settings but those of TLS; {@link MQProducerBuilder#build} checks them.
     *
     * @throws IllegalArgumentException if a size is larger than a builder can take, or a proxy is incomplete
     */
    static MQProducerBuilder toBuilder(String group, ProducerSettings settings) {
        return toBuilder(group, settings, settings.getAcl());
    }

    /** The same with other keys than the settings'. */
    static MQProducerBuilder toBuilder(String group, ProducerSettings settings, AclSettings acl) {
        MQProducerBuilder builder = MQProducer.builder(group);
        ProducerSettingsMapper mapper = new ProducerSettingsMapper(builder);
        mapper.map(settings);
        mapper.map(acl);
        return builder;
    }

    private void map(ProducerSettings settings) {
        builder.nameServers(settings.getNameServers().toArray(String[]::new))
                .failFast(settings.isFailFast())
                .sendTimeout(settings.getSendTimeout())
                .maxMessageSize(bytes("max-message-size", settings.getMaxMessageSize()))
                .shutdownTimeout(settings.getShutdownTimeout())
                .warmUpTopics(settings.getWarmUpTopics().toArray(String[]::new))
                .autoCreateTopics(settings.isAutoCreateTopics())
                .defaultTopicQueues(settings.getDefaultTopicQueues())
                .orderingStrict(settings.getOrdering().isStrict())
                .callbackThreads(settings.getCallback().getThreads())
                .callbackMaxThreads(settings.getCallback().getMaxThreads())
                .transactionCheckThreads(settings.getTransaction().getCheckThreads())
                .transactionCheckQueueCapacity(settings.getTransaction().getCheckQueueCapacity());
        ifSet(settings.getNamespace(), builder::namespace);
        ifSet(settings.getNamespaceV2(), builder::namespaceV2);
        ifSet(settings.getInstanceName(), builder::instanceName);
        ifSet(settings.getClientAddress(), builder::clientAddress);
        ifSet(settings.getUnitName(), builder::unitName);
        ifSet(settings.getZone(), builder::zone);
        builder.unitMode(settings.isUnitMode()).vipChannelEnabled(settings.isVipChannelEnabled());
        map(settings.getRetry());
        map(settings.getCompression());
        map(settings.getFaultTolerance());
        map(settings.getConnection());
        map(settings.getTrace());
        map(settings.getBackpressure());
        map(settings.getBatch());
    }

    private void map(AclSettings acl) {
        ifSet(acl.getAccessKey(), builder::aclAccessKey);
        ifSet(acl.getSecretKey(), builder::aclSecretKey);
        ifSet(acl.getSecurityToken(), builder::aclSecurityToken);
    }

    private void map(BatchSettings batch) {
        builder.batchEnabled(batch.isEnabled())
                .batchMaxDelay(batch.getMaxDelay())
                .batchMaxSize(bytes("batch.max-size", batch.getMaxSize()))
                .batchMaxTotalSize(batch.getMaxTotalSize().toBytes());
    }

    private void map(RetrySettings retry) {
        builder.retryMaxRetries(retry.getMaxRetries())
                .retryOnStoreFailure(retry.isOnStoreFailure())
                .retryAfterMaybeStored(retry.isAfterMaybeStored())
                .retryResponseCodes(retry.getResponseCodes())
                .retryBackoff(retry.getBackoff())
                .retryMaxBackoff(retry.getMaxBackoff());
        ifSet(retry.getAttemptTimeout(), builder::retryAttemptTimeout);
    }

    private void map(CompressionSettings compression) {
        builder.compressionEnabled(compression.isEnabled())
                .compressionThreshold(bytes("compression.threshold", compression.getThreshold()))
                .compressionType(compression.getType())
                .compressionLevel(compression.getLevel());
    }

    private void map(FaultToleranceSettings faultTolerance) {
        builder.faultToleranceEnabled(faultTolerance.isEnabled())
                .faultToleranceLatencyThresholds(faultTolerance.getLatencyThresholds())
                .faultToleranceIsolationTimes(faultTolerance.getIsolationTimes())
                .faultToleranceDetectorEnabled(faultTolerance.getDetector().isEnabled())
                .faultToleranceDetectorInterval(faultTolerance.getDetector().getInterval())
                .faultToleranceDetectorTimeout(faultTolerance.getDetector().getTimeout());
    }

    private void map(ConnectionSettings connection) {
        builder.connectionConnectTimeout(connection.getConnectTimeout())
                .connectionIdleTimeout(connection.getIdleTimeout())
                .connectionHeartbeatInterval(connection.getHeartbeatInterval())
                .connectionRouteRefreshInterval(connection.getRouteRefreshInterval())
                .connectionNativeTransport(connection.isNativeTransport())
                .connectionBrokerAddressMapping(connection.getBrokerAddressMapping());
        ifSet(connection.getIoThreads(), builder::connectionIoThreads);
        Map<String, SocksProxy> proxies = new LinkedHashMap<>();
        connection.getProxy().forEach((range, proxy) -> proxies.put(range, proxy(range, proxy)));
        builder.connectionProxy(proxies);
    }

    private static SocksProxy proxy(String range, ProxySettings proxy) {
        String setting = "connection.proxy[" + range + "]";
        if (proxy.getAddress() == null) {
            throw new IllegalArgumentException(setting + ".address must be set");
        }
        if (proxy.getUsername() == null && proxy.getPassword() == null) {
            return SocksProxy.of(proxy.getAddress());
        }
        if (proxy.getUsername() == null || proxy.getPassword() == null) {
            throw new IllegalArgumentException(setting + " must have both username and password, or neither");
        }
        return SocksProxy.of(proxy.getAddress(), proxy.getUsername(), proxy.getPassword());
    }

    private void map(TraceSettings trace) {
        builder.traceEnabled(trace.isEnabled()).traceTopic(trace.getTopic()).traceBatchSize(trace.getBatchSize());
    }

    private void map(BackpressureSettings backpressure) {
        builder.backpressureEnabled(backpressure.isEnabled())
                .backpressureMaxInFlightMessages(backpressure.getMaxInFlightMessages())
                .backpressureMaxInFlightSize(backpressure.getMaxInFlightSize().toBytes())
                .backpressureMode(backpressure.getMode());
    }

    private static int bytes(String setting, DataSize size) {
        if (size.toBytes() > Integer.MAX_VALUE || size.isNegative()) {
            throw new IllegalArgumentException(setting + " must be 0 to " + Integer.MAX_VALUE + " bytes, got " + size);
        }
        return (int) size.toBytes();
    }

    private static <T> void ifSet(@Nullable T value, Consumer<T> setter) {
        if (value != null) {
            setter.accept(value);
        }
    }
}
