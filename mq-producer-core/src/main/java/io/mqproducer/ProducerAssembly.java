package io.mqproducer;

import io.mqproducer.config.SslOptions;
import io.mqproducer.internal.admin.BrokerAdmin;
import io.mqproducer.internal.admin.MessageRecall;
import io.mqproducer.internal.callback.Callbacks;
import io.mqproducer.internal.compression.Compressor;
import io.mqproducer.internal.config.ProducerConfig;
import io.mqproducer.internal.encoding.MessageIdGenerator;
import io.mqproducer.internal.encoding.MessagePreparer;
import io.mqproducer.internal.encoding.MessageViewDecoder;
import io.mqproducer.internal.encoding.Namespace;
import io.mqproducer.internal.heartbeat.ClientId;
import io.mqproducer.internal.heartbeat.HeartbeatService;
import io.mqproducer.internal.protocol.FrameLimits;
import io.mqproducer.internal.protocol.RequestCode;
import io.mqproducer.internal.protocol.SendFrameTemplate;
import io.mqproducer.internal.protocol.SendHeader;
import io.mqproducer.internal.remoting.BatchLimits;
import io.mqproducer.internal.remoting.EventLoops;
import io.mqproducer.internal.remoting.HostResolver;
import io.mqproducer.internal.remoting.RemotingClient;
import io.mqproducer.internal.remoting.ServerRequestHandler;
import io.mqproducer.internal.remoting.SocksProxies;
import io.mqproducer.internal.remoting.TlsHandlers;
import io.mqproducer.internal.reply.ReplyBrokers;
import io.mqproducer.internal.reply.ReplyReceiver;
import io.mqproducer.internal.reply.RequestReply;
import io.mqproducer.internal.route.BrokerAddresses;
import io.mqproducer.internal.route.NameServers;
import io.mqproducer.internal.route.PublishQueue;
import io.mqproducer.internal.route.TopicRouteTable;
import io.mqproducer.internal.selection.BrokerHealth;
import io.mqproducer.internal.selection.QueueSelector;
import io.mqproducer.internal.send.MessageSender;
import io.mqproducer.internal.send.SendServices;
import io.mqproducer.internal.ssl.SslEngines;
import io.mqproducer.internal.transaction.CheckedBrokers;
import io.mqproducer.internal.transaction.KnownTransactions;
import io.mqproducer.internal.transaction.TransactionCheckers;
import io.mqproducer.internal.transaction.TransactionChecks;
import io.mqproducer.internal.transaction.TransactionSender;
import io.mqproducer.internal.util.Endpoint;
import io.mqproducer.internal.util.WallClock;
import io.mqproducer.message.Message;
import io.mqproducer.message.MessageQueue;
import io.mqproducer.spi.BrokerAddressMapper;
import io.mqproducer.spi.CredentialsProvider;
import io.mqproducer.spi.ProducerMetrics;
import io.mqproducer.spi.SendMessageHook;
import io.mqproducer.spi.TransactionChecker;
import io.netty.buffer.ByteBufAllocator;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The composition root: the only place where services are made and introduced to each other. What lasts as long as the
 * producer is made once, here; what lasts from a start to a stop is made by {@link #run}.
 */
final class ProducerAssembly {

    private static final Logger log = LoggerFactory.getLogger(ProducerAssembly.class);

    /** What the application brings along. */
    record Extensions(
            List<SendMessageHook> hooks,
            List<TransactionChecker> transactionCheckers,
            ProducerMetrics metrics,
            @Nullable Executor callbackExecutor,
            BrokerAddressMapper brokerAddressMapper,
            @Nullable CredentialsProvider credentials,
            @Nullable SslOptions ssl,
            @Nullable IoThreads ioThreads,
            HostResolver.Lookup hostLookup,
            ByteBufAllocator allocator) {

        Extensions {
            metrics = GuardedMetrics.of(metrics);
        }
    }

    private final ProducerConfig config;
    private final Extensions extensions;
    private final List<Endpoint> nameServers;
    private final SocksProxies proxies;
    private final Map<Endpoint, Endpoint> brokerAddressMapping;
    private final Namespace namespace;
    private final ClientId clientId;
    private final SecureRandom random = new SecureRandom();
    private final MessageIdGenerator ids;
    private final @Nullable SslEngines ssl;
    private final MessageViewDecoder decoder;
    private final @Nullable Compressor compressor;
    private final TransactionCheckers checkers;

    ProducerAssembly(ProducerConfig config, Extensions extensions) {
        this.config = config;
        this.extensions = extensions;
        this.nameServers = named("name-servers", () -> Endpoint.parseList(config.nameServers()));
        this.proxies = named(
                "connection.proxy", () -> Addresses.proxies(config.network().proxies()));
        this.brokerAddressMapping = named(
                "connection.broker-address-mapping",
                () -> Addresses.mapping(config.network().brokerAddressMapping()));
        this.namespace = Namespace.of(config.identity());
        if (config.trace().enabled()) {
            named("trace.topic", () -> Message.builder(config.trace().topic()));
        }
        this.checkers = new TransactionCheckers(extensions.transactionCheckers());
        this.clientId = ClientId.create(
                config.identity().clientAddress(),
                config.identity().instanceName(),
                config.identity().unitName(),
                random);
        this.ids = new MessageIdGenerator(ZoneId.systemDefault(), random);
        this.ssl = extensions.ssl() == null ? null : SslEngines.of(extensions.ssl());
        this.decoder = new MessageViewDecoder(namespace, config.send().maxMessageSize());
        ProducerConfig.Compression compression = config.compression();
        this.compressor = compression.enabled() ? Compressor.of(compression.type(), compression.level()) : null;
    }

    /** What is made of a setting, whose name stands before the text of what is wrong with it. */
    private static <T> T named(String setting, Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(setting + ": " + e.getMessage(), e);
        } catch (IllegalStateException e) {
            throw new IllegalStateException(setting + " " + e.getMessage(), e);
        }
    }

    private static @Nullable BatchLimits batchLimits(ProducerConfig.Batch batch) {
        return batch.enabled()
                ? new BatchLimits(
                        batch.maxSize(), batch.maxTotalSize(), batch.maxDelay().toNanos())
                : null;
    }

    ProducerConfig config() {
        return config;
    }

    /** For people to read. */
    Map<String, String> settings() {
        return SettingsReport.of(config, extensions);
    }

    ProducerMetrics metrics() {
        return extensions.metrics();
    }

    private @Nullable ThreadLease threads() {
        String name = config.identity().name();
        ProducerConfig.Connection connection = config.connection();
        return extensions.ioThreads() != null
                ? extensions.ioThreads().enter(name)
                : ThreadLease.own(ThreadSet.of(
                        name, connection.ioThreads(), connection.nativeTransport(), extensions.hostLookup()));
    }

    /**
     * All that is needed from now until the next stop; threads start when they are first needed. Null if they are shared, and
     * were ended.
     */
    @Nullable
    RunningProducer run() {
        ThreadLease threads = threads();
        return threads == null ? null : run(threads);
    }

    private @Nullable TlsHandlers tlsHandlers(ThreadLease threads) {
        if (ssl == null) {
            return null;
        }
        if (!ssl.verifiesHostname()) {
            log.warn(
                    "{}: ssl.verify-hostname is false, so whoever has any certificate of a trusted authority can pose as a"
                            + " broker; set ssl.expected-name instead",
                    config.identity().name());
        }
        return new TlsHandlers(ssl, threads.handshakes());
    }

    private RunningProducer run(ThreadLease threads) {
        EventLoops eventLoops = threads.eventLoops();
        Housekeeping housekeeping = threads.housekeeping();
        ProducerConfig.Connection connection = config.connection();
        RemotingClient.Settings remoting = new RemotingClient.Settings(
                extensions.allocator(),
                connection.connectTimeout(),
                idleTimeout(connection),
                FrameLimits.MAX_INBOUND_FRAME,
                proxies,
                extensions.credentials(),
                tlsHandlers(threads),
                batchLimits(config.batch()));
        KnownTransactions knownTransactions = new KnownTransactions();
        TransactionChecks checks =
                new TransactionChecks(config, namespace, decoder, checkers, knownTransactions, extensions.metrics());
        HeartbeatService heartbeats =
                new HeartbeatService(clientId, config.identity().group(), namespace);
        ReplyReceiver replies = new ReplyReceiver();
        RemotingClient nameServerClient = new RemotingClient(eventLoops, threads.resolver(), remoting, null, Map.of());
        RemotingClient brokerClient = new RemotingClient(
                eventLoops,
                threads.resolver(),
                remoting.withMaxInboundFrame(
                        FrameLimits.withOneMessage(config.send().maxMessageSize())),
                heartbeats::heartbeat,
                handlers(checks, replies));
        RemotingClient lookupClient = new RemotingClient(
                eventLoops,
                threads.resolver(),
                remoting.withMaxInboundFrame(FrameLimits.MAX_LOOKUP_FRAME),
                null,
                Map.of());
        NameServers servers = new NameServers(config.identity().name(), nameServers, nameServerClient);
        BrokerHealth health = new BrokerHealth(config.faultTolerance());
        TopicRouteTable routes = new TopicRouteTable(
                servers,
                namespace,
                new TopicRouteTable.Settings(
                        config.topics().autoCreate() ? config.topics().defaultQueues() : 0,
                        config.network().zone(),
                        brokerAddresses(threads)),
                (queue, broker) ->
                        new PublishQueue(queue, broker, templateOf(queue), health.latencyOf(queue.brokerName())),
                brokerClient::retainAll);
        LongUnaryOperator clock = new WallClock()::millisAt;
        SendServices services = new SendServices(
                config,
                new MessagePreparer(config, compressor, ids, clock, extensions.allocator()),
                servers,
                routes,
                new QueueSelector(health),
                health,
                brokerClient,
                extensions.hooks(),
                extensions.metrics());
        Tracing tracing = config.trace().enabled() ? tracing(services, housekeeping, clock) : null;
        MessageSender sender = new MessageSender(
                tracing == null ? services : services.withHooks(tracing.after(extensions.hooks())),
                housekeeping,
                callbacks(config, housekeeping, extensions.callbackExecutor()));
        checks.tellHooks(sender::endingTransaction);
        TransactionSender transactions = new TransactionSender(
                new TransactionSender.Services(config, namespace, routes, brokerClient, sender, extensions.metrics()),
                checkers,
                knownTransactions);
        ReplyBrokers replyBrokers = new ReplyBrokers(routes, namespace, brokerClient, heartbeats, housekeeping);
        RequestReply requests = new RequestReply(sender, clientId.text(), replyBrokers, decoder, random, housekeeping);
        replies.receiveFor(requests);
        return new RunningProducer(new RunningProducer.Parts(
                config,
                threads,
                nameServerClient,
                brokerClient,
                servers,
                routes,
                health,
                heartbeats,
                sender,
                requests,
                replyBrokers,
                lookupClient,
                BrokerAdmin.of(
                        brokerClient,
                        lookupClient,
                        routes,
                        namespace,
                        config.identity().group(),
                        decoder,
                        tracing == null ? MessageRecall.UNWATCHED : tracing.hook()::recalled),
                transactions,
                checks,
                new CheckedBrokers(checkers, routes, brokerClient, config.send().timeout()),
                tracing));
    }

    private Tracing tracing(SendServices services, Housekeeping housekeeping, LongUnaryOperator clock) {
        ProducerConfig own = config.forTraces();
        MessagePreparer preparer = new MessagePreparer(own, compressor, ids, clock, extensions.allocator());
        return Tracing.of(
                config,
                new MessageSender(services.unwatched(own, preparer), housekeeping, callbacks(own, housekeeping, null)),
                clock,
                extensions.metrics());
    }

    private static Callbacks callbacks(ProducerConfig config, Housekeeping housekeeping, @Nullable Executor foreign) {
        return new Callbacks(config.identity().name(), config.callback(), housekeeping, foreign);
    }

    private BrokerAddresses brokerAddresses(ThreadLease threads) {
        return new BrokerAddresses(
                config.network().vipChannel(),
                brokerAddressMapping,
                extensions.brokerAddressMapper(),
                threads.resolver().threads());
    }

    /** Who asks about transactions must not lose touch between two heartbeats. */
    private Duration idleTimeout(ProducerConfig.Connection connection) {
        Duration own = connection.idleTimeout();
        Duration twoHeartbeats = connection.heartbeatInterval().multipliedBy(2);
        return checkers.isEmpty() || own.compareTo(twoHeartbeats) > 0 ? own : twoHeartbeats;
    }

    /** Who does what brokers ask for. */
    private Map<Integer, ServerRequestHandler> handlers(TransactionChecks checks, ReplyReceiver replies) {
        int reply = RequestCode.PUSH_REPLY_MESSAGE_TO_CLIENT.code();
        return checkers.isEmpty()
                ? Map.of(reply, replies)
                : Map.of(reply, replies, RequestCode.CHECK_TRANSACTION_STATE.code(), checks);
    }

    /** Gives back what lasts as long as the producer. */
    void close() {
        if (compressor != null) {
            compressor.close();
        }
    }

    private SendFrameTemplate templateOf(MessageQueue queue) {
        String wireTopic = namespace.wrap(queue.topic());
        return SendFrameTemplate.of(new SendHeader(
                namespace.wrap(config.identity().group()),
                wireTopic,
                config.topics().autoCreate()
                        ? TopicRouteTable.AUTO_CREATE_TOPIC
                        : wireTopic, // a topic is no pattern for itself
                config.topics().defaultQueues(),
                queue.queueId(),
                queue.brokerName(),
                config.identity().unitMode(),
                namespace.headerFields()));
    }
}
