package io.mqproducer;

import io.mqproducer.config.BackPressureMode;
import io.mqproducer.config.CompressionType;
import io.mqproducer.config.Credentials;
import io.mqproducer.config.SocksProxy;
import io.mqproducer.config.SslOptions;
import io.mqproducer.internal.config.AclRules;
import io.mqproducer.internal.config.ProducerConfig;
import io.mqproducer.internal.remoting.HostResolver;
import io.mqproducer.spi.BrokerAddressMapper;
import io.mqproducer.spi.CredentialsProvider;
import io.mqproducer.spi.ProducerMetrics;
import io.mqproducer.spi.SendMessageHook;
import io.mqproducer.spi.TransactionChecker;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Collects the settings of an {@link MQProducer}; not thread-safe. Each method is named for the property of the Spring
 * starter that it stands for ({@code retry.max-retries} is {@link #retryMaxRetries}). Values are checked by {@link
 * #build}, which throws {@link IllegalArgumentException} naming setting, value and rule.
 */
public final class MQProducerBuilder {

    private final String group;
    private @Nullable String name;
    private List<String> nameServers = List.of("localhost:9876");
    private @Nullable String namespace;
    private @Nullable String namespaceV2;
    private @Nullable String instanceName;
    private @Nullable String clientAddress;
    private @Nullable String unitName;
    private boolean unitMode;
    private @Nullable String zone;
    private Duration sendTimeout = Duration.ofSeconds(3);
    private int maxMessageSize = 4 * 1024 * 1024;
    private Duration shutdownTimeout = Duration.ofSeconds(10);
    private boolean failFast;
    private List<String> warmUpTopics = List.of();
    private boolean autoCreateTopics = true;
    private int defaultTopicQueues = 4;
    private int retryMaxRetries = 2;
    private @Nullable Duration retryAttemptTimeout;
    private boolean retryOnStoreFailure;
    private boolean retryAfterMaybeStored = true;
    private Set<Integer> retryResponseCodes = Set.of(1, 2, 14, 16, 17, 204, 205, 1500);
    private Duration retryBackoff = Duration.ofMillis(50);
    private Duration retryMaxBackoff = Duration.ofSeconds(1);
    private boolean orderingStrict = true;
    private boolean compressionEnabled = true;
    private int compressionThreshold = 4096;
    private CompressionType compressionType = CompressionType.ZLIB;
    private int compressionLevel = 5;
    private boolean faultToleranceEnabled;
    private List<Duration> faultToleranceLatencyThresholds = millis(50, 100, 550, 1800, 3000, 5000, 15000);
    private List<Duration> faultToleranceIsolationTimes = millis(0, 0, 2000, 5000, 6000, 10000, 30000);
    private boolean faultToleranceDetectorEnabled;
    private Duration faultToleranceDetectorInterval = Duration.ofSeconds(2);
    private Duration faultToleranceDetectorTimeout = Duration.ofMillis(200);
    private Duration connectionConnectTimeout = Duration.ofSeconds(3);
    private Duration connectionIdleTimeout = Duration.ofMinutes(2);
    private Duration connectionHeartbeatInterval = Duration.ofSeconds(30);
    private Duration connectionRouteRefreshInterval = Duration.ofSeconds(30);
    private int connectionIoThreads = ProducerConfig.Connection.DERIVED;
    private boolean connectionNativeTransport = true;
    private Map<String, String> connectionBrokerAddressMapping = Map.of();
    private Map<String, SocksProxy> connectionProxy = Map.of();
    private boolean vipChannelEnabled;
    private boolean traceEnabled;
    private String traceTopic = "RMQ_SYS_TRACE_TOPIC";
    private int traceBatchSize = 10;
    private boolean backpressureEnabled = true;
    private int backpressureMaxInFlightMessages = 1024;
    private long backpressureMaxInFlightSize = 100L * 1024 * 1024;
    private BackPressureMode backpressureMode = BackPressureMode.BLOCK;
    private boolean batchEnabled;
    private Duration batchMaxDelay = Duration.ofMillis(10);
    private int batchMaxSize = 32 * 1024;
    private long batchMaxTotalSize = 32L * 1024 * 1024;
    private int callbackThreads = 2;
    private int callbackMaxThreads = 64;
    private @Nullable String aclAccessKey;
    private @Nullable String aclSecretKey;
    private @Nullable String aclSecurityToken;
    private @Nullable CredentialsProvider credentials;
    private @Nullable SslOptions ssl;
    private int transactionCheckThreads = 1;
    private int transactionCheckQueueCapacity = 2000;
    private final List<SendMessageHook> hooks = new ArrayList<>();
    private final List<TransactionChecker> transactionCheckers = new ArrayList<>();
    private ProducerMetrics metrics = ProducerMetrics.NONE;
    private @Nullable Executor callbackExecutor;
    private BrokerAddressMapper brokerAddressMapper = BrokerAddressMapper.NONE;
    private @Nullable IoThreads ioThreads;
    private HostResolver.Lookup hostLookup = InetAddress::getAllByName;
    private ByteBufAllocator allocator = PooledByteBufAllocator.DEFAULT;

    MQProducerBuilder(String group) {
        this.group = Objects.requireNonNull(group, "group");
    }

    private static List<Duration> millis(long... values) {
        return LongStream.of(values).mapToObj(Duration::ofMillis).toList();
    }

    /** Name of the producer in logs, meters and hooks; its group if not set. */
    public MQProducerBuilder name(String name) {
        this.name = Objects.requireNonNull(name, "name");
        return this;
    }

    /**
     * Addresses of the name servers, {@code host:port} each, separated by {@code ;} or {@code ,} where one string
     * holds several; {@code localhost:9876} if not set.
     */
    public MQProducerBuilder nameServers(String... nameServers) {
        this.nameServers = List.of(nameServers);
        return this;
    }

    /** Namespace that is put before topics and group ({@code ns%topic}), as 4.x and 5.x brokers know it. */
    public MQProducerBuilder namespace(String namespace) {
        this.namespace = Objects.requireNonNull(namespace, "namespace");
        return this;
    }

    /**
     * Namespace that travels as a header field. RocketMQ 5.5.0 itself ignores it; not together with the other one.
     */
    public MQProducerBuilder namespaceV2(String namespaceV2) {
        this.namespaceV2 = Objects.requireNonNull(namespaceV2, "namespaceV2");
        return this;
    }

    /** Name that distinguishes this client at the broker; a unique one is made if not set. */
    public MQProducerBuilder instanceName(String instanceName) {
        this.instanceName = Objects.requireNonNull(instanceName, "instanceName");
        return this;
    }

    /** Address that the client gives as its own, which only people read; its host stays unnamed if not set. */
    public MQProducerBuilder clientAddress(String clientAddress) {
        this.clientAddress = Objects.requireNonNull(clientAddress, "clientAddress");
        return this;
    }

    /** Name of the unit that the client belongs to. */
    public MQProducerBuilder unitName(String unitName) {
        this.unitName = Objects.requireNonNull(unitName, "unitName");
        return this;
    }

    /** Whether topics that are created on demand are marked as those of a unit; false if not set. */
    public MQProducerBuilder unitMode(boolean unitMode) {
        this.unitMode = unitMode;
        return this;
    }

    /** The zone to whose brokers messages are sent, and to no others; to all brokers if not set. */
    public MQProducerBuilder zone(String zone) {
        this.zone = Objects.requireNonNull(zone, "zone");
        return this;
    }

    /** The one deadline of a send, over all that it waits for; 3 s if not set. */
    public MQProducerBuilder sendTimeout(Duration sendTimeout) {
        this.sendTimeout = Objects.requireNonNull(sendTimeout, "sendTimeout");
        return this;
    }

    /**
     * Limit of a body on the wire in bytes; 4 MiB if not set. A body above 16 times the limit is refused before it is
     * compressed.
     */
    public MQProducerBuilder maxMessageSize(int maxMessageSize) {
        this.maxMessageSize = maxMessageSize;
        return this;
    }

    /** How long {@link MQProducer#close} waits for sends in flight; 10 s if not set. */
    public MQProducerBuilder shutdownTimeout(Duration shutdownTimeout) {
        this.shutdownTimeout = Objects.requireNonNull(shutdownTimeout, "shutdownTimeout");
        return this;
    }

    /** Whether {@link MQProducer#start} fails when no name server answers; false if not set. */
    public MQProducerBuilder failFast(boolean failFast) {
        this.failFast = failFast;
        return this;
    }

    /** Topics whose route is looked up and whose brokers are connected at start. */
    public MQProducerBuilder warmUpTopics(String... warmUpTopics) {
        this.warmUpTopics = List.of(warmUpTopics);
        return this;
    }

    /** Whether a topic that does not exist may be created by the broker (through {@code TBW102}); true if not set. */
    public MQProducerBuilder autoCreateTopics(boolean autoCreateTopics) {
        this.autoCreateTopics = autoCreateTopics;
        return this;
    }

    /** Number of queues per broker of a topic that is created on demand; 4 if not set. */
    public MQProducerBuilder defaultTopicQueues(int defaultTopicQueues) {
        this.defaultTopicQueues = defaultTopicQueues;
        return this;
    }

    /** How many attempts may follow one that a broker may have seen; 2 if not set. */
    public MQProducerBuilder retryMaxRetries(int retryMaxRetries) {
        this.retryMaxRetries = retryMaxRetries;
        return this;
    }

    /**
     * Limit of a single attempt; if not set, half of what remains while another broker could be tried, else all of it.
     */
    public MQProducerBuilder retryAttemptTimeout(Duration retryAttemptTimeout) {
        this.retryAttemptTimeout = Objects.requireNonNull(retryAttemptTimeout, "retryAttemptTimeout");
        return this;
    }

    /**
     * Whether another broker is tried when a message was stored, but not flushed or replicated as configured, which
     * makes a duplicate; false if not set.
     */
    public MQProducerBuilder retryOnStoreFailure(boolean retryOnStoreFailure) {
        this.retryOnStoreFailure = retryOnStoreFailure;
        return this;
    }

    /**
     * Whether to try again after an attempt that may have been stored, at the risk of a duplicate with the same id;
     * true if not set.
     */
    public MQProducerBuilder retryAfterMaybeStored(boolean retryAfterMaybeStored) {
        this.retryAfterMaybeStored = retryAfterMaybeStored;
        return this;
    }

    /** Answer codes of a broker after which a send is tried again; RocketMQ's own eight if not set. */
    public MQProducerBuilder retryResponseCodes(Set<Integer> retryResponseCodes) {
        this.retryResponseCodes = Set.copyOf(retryResponseCodes);
        return this;
    }

    /** Pause before the second attempt, doubled for each further one, with jitter; 50 ms if not set. */
    public MQProducerBuilder retryBackoff(Duration retryBackoff) {
        this.retryBackoff = Objects.requireNonNull(retryBackoff, "retryBackoff");
        return this;
    }

    /** Limit of that pause; 1 s if not set. */
    public MQProducerBuilder retryMaxBackoff(Duration retryMaxBackoff) {
        this.retryMaxBackoff = Objects.requireNonNull(retryMaxBackoff, "retryMaxBackoff");
        return this;
    }

    /**
     * Whether messages of an ordering key wait for the one before them; if false they only share its queue. True if
     * not set.
     */
    public MQProducerBuilder orderingStrict(boolean orderingStrict) {
        this.orderingStrict = orderingStrict;
        return this;
    }

    /** Whether large bodies are compressed; true if not set. */
    public MQProducerBuilder compressionEnabled(boolean compressionEnabled) {
        this.compressionEnabled = compressionEnabled;
        return this;
    }

    /**
     * Size in bytes from which on a body is compressed; 4 096 if not set. The compressed form is used only if it is
     * smaller.
     */
    public MQProducerBuilder compressionThreshold(int compressionThreshold) {
        this.compressionThreshold = compressionThreshold;
        return this;
    }

    /** The algorithm; zlib, which every consumer can read, if not set. */
    public MQProducerBuilder compressionType(CompressionType compressionType) {
        this.compressionType = Objects.requireNonNull(compressionType, "compressionType");
        return this;
    }

    /** The level of the algorithm; 5 if not set. LZ4 has none. */
    public MQProducerBuilder compressionLevel(int compressionLevel) {
        this.compressionLevel = compressionLevel;
        return this;
    }

    /** Whether brokers that answer slowly are avoided for a while; false if not set. Brokers that fail always are. */
    public MQProducerBuilder faultToleranceEnabled(boolean faultToleranceEnabled) {
        this.faultToleranceEnabled = faultToleranceEnabled;
        return this;
    }

    /**
     * Latencies from which on a broker is avoided for the isolation time at the same place; RocketMQ's values if not
     * set.
     */
    public MQProducerBuilder faultToleranceLatencyThresholds(List<Duration> faultToleranceLatencyThresholds) {
        this.faultToleranceLatencyThresholds = List.copyOf(faultToleranceLatencyThresholds);
        return this;
    }

    /** Isolation times, as many as latency thresholds; RocketMQ's values if not set. */
    public MQProducerBuilder faultToleranceIsolationTimes(List<Duration> faultToleranceIsolationTimes) {
        this.faultToleranceIsolationTimes = List.copyOf(faultToleranceIsolationTimes);
        return this;
    }

    /**
     * Whether brokers that failed are probed in the background, so that they are used again as soon as they answer; false
     * if not set, and a send then tries them when their time is over.
     */
    public MQProducerBuilder faultToleranceDetectorEnabled(boolean faultToleranceDetectorEnabled) {
        this.faultToleranceDetectorEnabled = faultToleranceDetectorEnabled;
        return this;
    }

    /** Time between probes; 2 s if not set. */
    public MQProducerBuilder faultToleranceDetectorInterval(Duration faultToleranceDetectorInterval) {
        this.faultToleranceDetectorInterval =
                Objects.requireNonNull(faultToleranceDetectorInterval, "faultToleranceDetectorInterval");
        return this;
    }

    /** Time within which a probe has to be answered; 200 ms if not set. */
    public MQProducerBuilder faultToleranceDetectorTimeout(Duration faultToleranceDetectorTimeout) {
        this.faultToleranceDetectorTimeout =
                Objects.requireNonNull(faultToleranceDetectorTimeout, "faultToleranceDetectorTimeout");
        return this;
    }

    /** Limit for opening a connection; 3 s if not set. */
    public MQProducerBuilder connectionConnectTimeout(Duration connectionConnectTimeout) {
        this.connectionConnectTimeout = Objects.requireNonNull(connectionConnectTimeout, "connectionConnectTimeout");
        return this;
    }

    /** Time after which a connection that carried nothing is closed; 120 s if not set. Heartbeats keep the brokers of known routes connected. */
    public MQProducerBuilder connectionIdleTimeout(Duration connectionIdleTimeout) {
        this.connectionIdleTimeout = Objects.requireNonNull(connectionIdleTimeout, "connectionIdleTimeout");
        return this;
    }

    /** Time between heartbeats to connected brokers; 30 s if not set. Brokers forget a client after 120 s. */
    public MQProducerBuilder connectionHeartbeatInterval(Duration connectionHeartbeatInterval) {
        this.connectionHeartbeatInterval =
                Objects.requireNonNull(connectionHeartbeatInterval, "connectionHeartbeatInterval");
        return this;
    }

    /** Time between refreshes of the routes in use; 30 s if not set. */
    public MQProducerBuilder connectionRouteRefreshInterval(Duration connectionRouteRefreshInterval) {
        this.connectionRouteRefreshInterval =
                Objects.requireNonNull(connectionRouteRefreshInterval, "connectionRouteRefreshInterval");
        return this;
    }

    /** Number of I/O threads; derived from the number of processors if not set. */
    public MQProducerBuilder connectionIoThreads(int connectionIoThreads) {
        this.connectionIoThreads = connectionIoThreads;
        return this;
    }

    /** Whether Netty's native transport is used when the application brings its jar; true if not set. */
    public MQProducerBuilder connectionNativeTransport(boolean connectionNativeTransport) {
        this.connectionNativeTransport = connectionNativeTransport;
        return this;
    }

    /**
     * Where brokers are reached whose address is not what the name servers tell, as behind NAT or from outside Docker:
     * {@code host:port} by {@code host:port}. Applied before {@link #brokerAddressMapper}.
     */
    public MQProducerBuilder connectionBrokerAddressMapping(Map<String, String> connectionBrokerAddressMapping) {
        this.connectionBrokerAddressMapping = Map.copyOf(connectionBrokerAddressMapping);
        return this;
    }

    /**
     * Proxies by the range of addresses ({@code 10.0.0.0/8}, {@code fd00::/8}) that they are the way to; the smallest
     * range that holds an address decides, and what is in none is connected to directly. The whole of a protocol ({@code
     * 0.0.0.0/0}, {@code ::/0}) also holds what no other range does, and host names, which are then left for that proxy to
     * look up. Needs {@code io.netty:netty-handler-proxy} on the class path.
     */
    public MQProducerBuilder connectionProxy(Map<String, SocksProxy> connectionProxy) {
        this.connectionProxy = Map.copyOf(connectionProxy);
        return this;
    }

    /**
     * Whether brokers are spoken to at their VIP port, which is their port minus two; false if not set. A mapping of
     * addresses sees that port.
     */
    public MQProducerBuilder vipChannelEnabled(boolean vipChannelEnabled) {
        this.vipChannelEnabled = vipChannelEnabled;
        return this;
    }

    /** Whether RocketMQ's message traces are published; false if not set. */
    public MQProducerBuilder traceEnabled(boolean traceEnabled) {
        this.traceEnabled = traceEnabled;
        return this;
    }

    /** The topic that takes the traces; {@code RMQ_SYS_TRACE_TOPIC} if not set. */
    public MQProducerBuilder traceTopic(String traceTopic) {
        this.traceTopic = Objects.requireNonNull(traceTopic, "traceTopic");
        return this;
    }

    /** Limit of traces per message, 1 to 100; 10 if not set. */
    public MQProducerBuilder traceBatchSize(int traceBatchSize) {
        this.traceBatchSize = traceBatchSize;
        return this;
    }

    /** Whether messages in flight are limited; true if not set. */
    public MQProducerBuilder backpressureEnabled(boolean backpressureEnabled) {
        this.backpressureEnabled = backpressureEnabled;
        return this;
    }

    /** Limit of messages in flight; 1 024 if not set. */
    public MQProducerBuilder backpressureMaxInFlightMessages(int backpressureMaxInFlightMessages) {
        this.backpressureMaxInFlightMessages = backpressureMaxInFlightMessages;
        return this;
    }

    /** Limit of their bytes; 100 MiB if not set. */
    public MQProducerBuilder backpressureMaxInFlightSize(long backpressureMaxInFlightSize) {
        this.backpressureMaxInFlightSize = backpressureMaxInFlightSize;
        return this;
    }

    /**
     * What a send does at the limit: wait until its deadline, or fail at once. Threads that must not wait (event
     * loops, callback threads) always fail at once. {@code BLOCK} if not set.
     */
    public MQProducerBuilder backpressureMode(BackPressureMode backpressureMode) {
        this.backpressureMode = Objects.requireNonNull(backpressureMode, "backpressureMode");
        return this;
    }

    /**
     * Whether messages of one topic and target are gathered and sent together; false if not set. A message that comes when
     * nothing is under way goes out at once, those that come while the broker is busy go out together: nobody waits for
     * company, and the busier the broker, the larger the batches. Each message keeps its own id, result, deadline, retries and
     * hooks; those that travel together have one born time. One-way messages, and what brokers do for single messages only
     * (delivery time, priority, transactions and the like), travel alone.
     */
    public MQProducerBuilder batchEnabled(boolean batchEnabled) {
        this.batchEnabled = batchEnabled;
        return this;
    }

    /** About how long a message waits at most to be sent together with others while the broker does not answer; 10 ms if not set. */
    public MQProducerBuilder batchMaxDelay(Duration batchMaxDelay) {
        this.batchMaxDelay = Objects.requireNonNull(batchMaxDelay, "batchMaxDelay");
        return this;
    }

    /** Size at which messages gathered for one request are sent, in bytes, up to 2 MiB; 32 KiB if not set. */
    public MQProducerBuilder batchMaxSize(int batchMaxSize) {
        this.batchMaxSize = batchMaxSize;
        return this;
    }

    /** Size of all messages gathered for one broker, in bytes, beyond which none waits any more; 32 MiB if not set. */
    public MQProducerBuilder batchMaxTotalSize(long batchMaxTotalSize) {
        this.batchMaxTotalSize = batchMaxTotalSize;
        return this;
    }

    /**
     * Number of threads that run callbacks as long as none blocks; 2 if not set. Ignored with an executor of one's
     * own.
     */
    public MQProducerBuilder callbackThreads(int callbackThreads) {
        this.callbackThreads = callbackThreads;
        return this;
    }

    /** Limit of callback threads, which are added while callbacks block; 64 if not set. */
    public MQProducerBuilder callbackMaxThreads(int callbackMaxThreads) {
        this.callbackMaxThreads = callbackMaxThreads;
        return this;
    }

    /** Access key of the producer, for servers with ACL; only together with the secret key. Nothing is signed if not set. */
    public MQProducerBuilder aclAccessKey(String aclAccessKey) {
        this.aclAccessKey = Objects.requireNonNull(aclAccessKey, "aclAccessKey");
        return this;
    }

    /** Secret key that belongs to the access key. */
    public MQProducerBuilder aclSecretKey(String aclSecretKey) {
        this.aclSecretKey = Objects.requireNonNull(aclSecretKey, "aclSecretKey");
        return this;
    }

    /** Security token, if the keys are temporary credentials. */
    public MQProducerBuilder aclSecurityToken(String aclSecurityToken) {
        this.aclSecurityToken = Objects.requireNonNull(aclSecurityToken, "aclSecurityToken");
        return this;
    }

    /** Is asked for the credentials of every request, so that they can change; not together with keys set here. */
    public MQProducerBuilder credentials(CredentialsProvider credentials) {
        this.credentials = Objects.requireNonNull(credentials, "credentials");
        return this;
    }

    /** Speaks TLS with all name servers and brokers, and nothing else; no TLS if not set. */
    public MQProducerBuilder ssl(SslOptions ssl) {
        this.ssl = Objects.requireNonNull(ssl, "ssl");
        return this;
    }

    /** Number of threads that ask transaction checkers what brokers want to know; 1 if not set. */
    public MQProducerBuilder transactionCheckThreads(int transactionCheckThreads) {
        this.transactionCheckThreads = transactionCheckThreads;
        return this;
    }

    /** How many of the brokers' questions may wait for these threads; further ones are dropped, and asked again. 2 000 if not set. */
    public MQProducerBuilder transactionCheckQueueCapacity(int transactionCheckQueueCapacity) {
        this.transactionCheckQueueCapacity = transactionCheckQueueCapacity;
        return this;
    }

    /**
     * Adds who answers brokers that ask how transactions of certain topics ended, or those of all others. Transactions of topics for
     * which there is none are refused. Two for the same topic are refused by {@link #build}.
     */
    public MQProducerBuilder transactionChecker(TransactionChecker transactionChecker) {
        transactionCheckers.add(Objects.requireNonNull(transactionChecker, "transactionChecker"));
        return this;
    }

    /** Adds a hook; hooks run in the order in which they were added. */
    public MQProducerBuilder hook(SendMessageHook hook) {
        hooks.add(Objects.requireNonNull(hook, "hook"));
        return this;
    }

    /** Takes the producer's measurements; none are taken if not set. */
    public MQProducerBuilder metrics(ProducerMetrics metrics) {
        this.metrics = Objects.requireNonNull(metrics, "metrics");
        return this;
    }

    /**
     * Runs futures, callbacks and hooks in place of the producer's own threads; stays the caller's to shut down. One
     * that runs tasks in the calling thread is refused, because that may be an event loop.
     *
     * <p>It gets up to 64 outcomes as one task, in the order of their answers. If one of them blocks, the rest is submitted
     * once more after some 20 to 40 ms, for another thread to go on with.
     */
    public MQProducerBuilder callbackExecutor(Executor callbackExecutor) {
        this.callbackExecutor = Objects.requireNonNull(callbackExecutor, "callbackExecutor");
        return this;
    }

    /** Tells where brokers are reached; where the name servers say if not set. */
    public MQProducerBuilder brokerAddressMapper(BrokerAddressMapper brokerAddressMapper) {
        this.brokerAddressMapper = Objects.requireNonNull(brokerAddressMapper, "brokerAddressMapper");
        return this;
    }

    /**
     * Threads that this producer shares with others, in place of its own; they stay the caller's to close, after the
     * producers. The settings for I/O threads and native transport are then not used.
     */
    public MQProducerBuilder ioThreads(IoThreads ioThreads) {
        this.ioThreads = Objects.requireNonNull(ioThreads, "ioThreads");
        return this;
    }

    /** How host names are looked up; for tests. */
    MQProducerBuilder hostLookup(HostResolver.Lookup hostLookup) {
        this.hostLookup = hostLookup;
        return this;
    }

    /** Where buffers come from; for tests that count them. */
    MQProducerBuilder allocator(ByteBufAllocator allocator) {
        this.allocator = allocator;
        return this;
    }

    /**
     * The producer, not started.
     *
     * @throws IllegalArgumentException if a setting breaks a rule, or a file that it names cannot be used
     * @throws IllegalStateException if the chosen compression or a proxy needs a jar that is missing
     */
    public MQProducer build() {
        if (callbackExecutor != null) {
            refuseCallerRuns(callbackExecutor);
        }
        return new DefaultMQProducer(new ProducerAssembly(
                config(),
                new ProducerAssembly.Extensions(
                        List.copyOf(hooks),
                        List.copyOf(transactionCheckers),
                        metrics,
                        callbackExecutor,
                        brokerAddressMapper,
                        credentialsProvider(),
                        ssl,
                        ioThreads,
                        hostLookup,
                        allocator)));
    }

    private @Nullable CredentialsProvider credentialsProvider() {
        Credentials fixed = AclRules.credentials(aclAccessKey, aclSecretKey, aclSecurityToken);
        if (fixed == null) {
            return credentials;
        }
        if (credentials != null) {
            throw new IllegalArgumentException("acl.access-key must not be set together with a credentials provider");
        }
        return () -> fixed;
    }

    /** Tries the executor with an empty task. */
    private static void refuseCallerRuns(Executor executor) {
        Thread caller = Thread.currentThread();
        AtomicBoolean inCaller = new AtomicBoolean();
        executor.execute(() -> inCaller.set(Thread.currentThread() == caller));
        boolean whenFull = executor instanceof ThreadPoolExecutor pool
                && pool.getRejectedExecutionHandler() instanceof ThreadPoolExecutor.CallerRunsPolicy;
        if (inCaller.get() || whenFull) {
            throw new IllegalArgumentException(
                    "callback executor must not run tasks in the calling thread, got " + executor);
        }
    }

    private ProducerConfig config() {
        return new ProducerConfig(
                new ProducerConfig.Identity(
                        name == null ? group : name,
                        group,
                        namespace,
                        namespaceV2,
                        instanceName,
                        clientAddress,
                        unitName,
                        unitMode),
                nameServers,
                new ProducerConfig.Topics(warmUpTopics, autoCreateTopics, defaultTopicQueues),
                new ProducerConfig.Send(sendTimeout, maxMessageSize, orderingStrict),
                new ProducerConfig.Retry(
                        retryMaxRetries,
                        retryAttemptTimeout,
                        retryOnStoreFailure,
                        retryAfterMaybeStored,
                        retryResponseCodes,
                        retryBackoff,
                        retryMaxBackoff),
                new ProducerConfig.Compression(
                        compressionEnabled, compressionThreshold, compressionType, compressionLevel),
                new ProducerConfig.FaultTolerance(
                        faultToleranceEnabled,
                        faultToleranceLatencyThresholds,
                        faultToleranceIsolationTimes,
                        new ProducerConfig.Detector(
                                faultToleranceDetectorEnabled,
                                faultToleranceDetectorInterval,
                                faultToleranceDetectorTimeout)),
                new ProducerConfig.Connection(
                        connectionConnectTimeout,
                        connectionIdleTimeout,
                        connectionHeartbeatInterval,
                        connectionRouteRefreshInterval,
                        connectionIoThreads,
                        connectionNativeTransport),
                new ProducerConfig.Network(vipChannelEnabled, zone, connectionBrokerAddressMapping, connectionProxy),
                new ProducerConfig.Trace(traceEnabled, traceTopic, traceBatchSize),
                new ProducerConfig.BackPressure(
                        backpressureEnabled,
                        backpressureMaxInFlightMessages,
                        backpressureMaxInFlightSize,
                        backpressureMode),
                new ProducerConfig.Batch(batchEnabled, batchMaxDelay, batchMaxSize, batchMaxTotalSize),
                new ProducerConfig.Callback(callbackThreads, callbackMaxThreads),
                new ProducerConfig.Transaction(transactionCheckThreads, transactionCheckQueueCapacity),
                new ProducerConfig.LifeCycle(failFast, shutdownTimeout));
    }
}
