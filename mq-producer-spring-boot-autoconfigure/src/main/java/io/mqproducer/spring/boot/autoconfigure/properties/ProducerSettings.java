package io.mqproducer.spring.boot.autoconfigure.properties;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.util.unit.DataSize;

/** The settings of one producer, as properties. */
public class ProducerSettings {

    /** Whether to start the producer with the application context. Otherwise, it starts on first use. */
    private boolean autoStartup = true;

    /** Whether startup fails if no name server can be reached. */
    private boolean failFast;

    /** Comma-separated list of name server 'host:port' addresses. */
    private List<String> nameServers = new ArrayList<>(List.of("localhost:9876"));

    /** Producer group. Defaults to the application name. */
    private @Nullable String group;

    /** Namespace that is put before topics and groups. */
    private @Nullable String namespace;

    /** Namespace that is sent as a header field, which RocketMQ 5.5 itself ignores. Not together with the other one. */
    private @Nullable String namespaceV2;

    /** Name that distinguishes this client at the broker. If not set, a unique name is generated. */
    private @Nullable String instanceName;

    /** Address that the client gives as its own. If not set, none is given. */
    private @Nullable String clientAddress;

    /** Name of the unit the client belongs to. */
    private @Nullable String unitName;

    /** Whether topics that the broker creates on demand are marked as topics of a unit. */
    private boolean unitMode;

    /** Zone whose brokers alone are sent to. */
    private @Nullable String zone;

    /** Whether to send to the VIP port of the broker, which is its port minus two. */
    private boolean vipChannelEnabled;

    /** Maximum time a send may take, retries included. */
    private Duration sendTimeout = Duration.ofSeconds(3);

    /** Maximum size of a message body as it is sent. */
    private DataSize maxMessageSize = DataSize.ofMegabytes(4);

    /** Maximum time to wait for in-flight sends when the producer is stopped. */
    private Duration shutdownTimeout = Duration.ofSeconds(10);

    /** Comma-separated list of topics whose route is fetched and whose brokers are connected at startup. */
    private List<String> warmUpTopics = new ArrayList<>();

    /** Whether the broker may create topics that do not exist. */
    private boolean autoCreateTopics = true;

    /** Number of queues of a topic that the broker creates on demand. */
    private int defaultTopicQueues = 4;

    @NestedConfigurationProperty
    private final RetrySettings retry = new RetrySettings();

    @NestedConfigurationProperty
    private final OrderingSettings ordering = new OrderingSettings();

    @NestedConfigurationProperty
    private final CompressionSettings compression = new CompressionSettings();

    @NestedConfigurationProperty
    private final FaultToleranceSettings faultTolerance = new FaultToleranceSettings();

    @NestedConfigurationProperty
    private final ConnectionSettings connection = new ConnectionSettings();

    @NestedConfigurationProperty
    private final TraceSettings trace = new TraceSettings();

    @NestedConfigurationProperty
    private final BackpressureSettings backpressure = new BackpressureSettings();

    @NestedConfigurationProperty
    private final BatchSettings batch = new BatchSettings();

    @NestedConfigurationProperty
    private final CallbackSettings callback = new CallbackSettings();

    @NestedConfigurationProperty
    private final SslSettings ssl = new SslSettings();

    @NestedConfigurationProperty
    private final AclSettings acl = new AclSettings();

    @NestedConfigurationProperty
    private final TransactionSettings transaction = new TransactionSettings();

    @NestedConfigurationProperty
    private final TemplateSettings template = new TemplateSettings();

    public boolean isAutoStartup() {
        return autoStartup;
    }

    public void setAutoStartup(boolean autoStartup) {
        this.autoStartup = autoStartup;
    }

    public boolean isFailFast() {
        return failFast;
    }

    public void setFailFast(boolean failFast) {
        this.failFast = failFast;
    }

    public List<String> getNameServers() {
        return nameServers;
    }

    public void setNameServers(List<String> nameServers) {
        this.nameServers = nameServers;
    }

    public @Nullable String getGroup() {
        return group;
    }

    public void setGroup(@Nullable String group) {
        this.group = group;
    }

    public @Nullable String getNamespace() {
        return namespace;
    }

    public void setNamespace(@Nullable String namespace) {
        this.namespace = namespace;
    }

    public @Nullable String getNamespaceV2() {
        return namespaceV2;
    }

    public void setNamespaceV2(@Nullable String namespaceV2) {
        this.namespaceV2 = namespaceV2;
    }

    public @Nullable String getInstanceName() {
        return instanceName;
    }

    public void setInstanceName(@Nullable String instanceName) {
        this.instanceName = instanceName;
    }

    public @Nullable String getClientAddress() {
        return clientAddress;
    }

    public void setClientAddress(@Nullable String clientAddress) {
        this.clientAddress = clientAddress;
    }

    public @Nullable String getUnitName() {
        return unitName;
    }

    public void setUnitName(@Nullable String unitName) {
        this.unitName = unitName;
    }

    public boolean isUnitMode() {
        return unitMode;
    }

    public void setUnitMode(boolean unitMode) {
        this.unitMode = unitMode;
    }

    public @Nullable String getZone() {
        return zone;
    }

    public void setZone(@Nullable String zone) {
        this.zone = zone;
    }

    public boolean isVipChannelEnabled() {
        return vipChannelEnabled;
    }

    public void setVipChannelEnabled(boolean vipChannelEnabled) {
        this.vipChannelEnabled = vipChannelEnabled;
    }

    public Duration getSendTimeout() {
        return sendTimeout;
    }

    public void setSendTimeout(Duration sendTimeout) {
        this.sendTimeout = sendTimeout;
    }

    public DataSize getMaxMessageSize() {
        return maxMessageSize;
    }

    public void setMaxMessageSize(DataSize maxMessageSize) {
        this.maxMessageSize = maxMessageSize;
    }

    public Duration getShutdownTimeout() {
        return shutdownTimeout;
    }

    public void setShutdownTimeout(Duration shutdownTimeout) {
        this.shutdownTimeout = shutdownTimeout;
    }

    public List<String> getWarmUpTopics() {
        return warmUpTopics;
    }

    public void setWarmUpTopics(List<String> warmUpTopics) {
        this.warmUpTopics = warmUpTopics;
    }

    public boolean isAutoCreateTopics() {
        return autoCreateTopics;
    }

    public void setAutoCreateTopics(boolean autoCreateTopics) {
        this.autoCreateTopics = autoCreateTopics;
    }

    public int getDefaultTopicQueues() {
        return defaultTopicQueues;
    }

    public void setDefaultTopicQueues(int defaultTopicQueues) {
        this.defaultTopicQueues = defaultTopicQueues;
    }

    public RetrySettings getRetry() {
        return retry;
    }

    public OrderingSettings getOrdering() {
        return ordering;
    }

    public CompressionSettings getCompression() {
        return compression;
    }

    public FaultToleranceSettings getFaultTolerance() {
        return faultTolerance;
    }

    public ConnectionSettings getConnection() {
        return connection;
    }

    public TraceSettings getTrace() {
        return trace;
    }

    public BackpressureSettings getBackpressure() {
        return backpressure;
    }

    public BatchSettings getBatch() {
        return batch;
    }

    public CallbackSettings getCallback() {
        return callback;
    }

    public SslSettings getSsl() {
        return ssl;
    }

    public AclSettings getAcl() {
        return acl;
    }

    public TransactionSettings getTransaction() {
        return transaction;
    }

    public TemplateSettings getTemplate() {
        return template;
    }
}
