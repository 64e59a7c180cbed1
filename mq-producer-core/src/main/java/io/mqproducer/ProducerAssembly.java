package io.mqproducer;

import io.mqproducer.internal.compression.Compressor;
import io.mqproducer.internal.config.ProducerConfig;
import io.mqproducer.internal.encoding.MessageIdGenerator;
import io.mqproducer.internal.encoding.MessagePreparer;
import io.mqproducer.internal.encoding.MessageViewDecoder;
import io.mqproducer.internal.encoding.Namespace;
import io.mqproducer.internal.heartbeat.ClientId;
import io.mqproducer.internal.heartbeat.HeartbeatService;
import io.mqproducer.internal.protocol.RequestCode;
import io.mqproducer.internal.protocol.SendFrameTemplate;
import io.mqproducer.internal.protocol.SendHeader;
import io.mqproducer.internal.remoting.EventLoops;
import io.mqproducer.internal.remoting.RemotingClient;
import io.mqproducer.internal.remoting.ServerRequestHandler;
import io.mqproducer.internal.route.NameServers;
import io.mqproducer.internal.route.TopicRouteTable;
import io.mqproducer.internal.selection.BrokerHealth;
import io.mqproducer.internal.selection.QueueSelector;
import io.mqproducer.internal.send.MessageSender;
import io.mqproducer.internal.send.SendServices;
import io.mqproducer.internal.transaction.CheckedBrokers;
import io.mqproducer.internal.transaction.KnownTransactions;
import io.mqproducer.internal.transaction.TransactionCheckers;
import io.mqproducer.internal.transaction.TransactionChecks;
import io.mqproducer.internal.transaction.TransactionSender;
import io.mqproducer.internal.util.Endpoint;
import io.mqproducer.internal.util.WallClock;
import io.mqproducer.message.MessageQueue;
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
import org.jspecify.annotations.Nullable;

/**
 * The composition root: the only place where services are made and introduced to each other. What lasts as long as the
 * producer is made once, here; what lasts from a start to a stop is made by {@link #run}.
 */
final class ProducerAssembly {

    /** What the application brings along. */
    record Extensions(
            List<SendMessageHook> hooks,
            List<TransactionChecker> transactionCheckers,
            ProducerMetrics metrics,
            @Nullable Executor callbackExecutor,
            ByteBufAllocator allocator) {

        Extensions {
            metrics = GuardedMetrics.of(metrics);
        }
    }

    private final ProducerConfig config;
    private final Extensions extensions;
    private final List<Endpoint> nameServers;
    private final Namespace namespace;
    private final ClientId clientId;
    private final MessageIdGenerator ids;
    private final @Nullable Compressor compressor;
    private final TransactionCheckers checkers;

    ProducerAssembly(ProducerConfig config, Extensions extensions) {
        this.config = config;
        this.extensions = extensions;
        this.nameServers = nameServers(config);
        this.namespace = Namespace.of(config.identity());
        SecureRandom random = new SecureRandom();
        this.checkers = new TransactionCheckers(extensions.transactionCheckers());
        this.clientId = ClientId.create(
                config.identity().instanceName(), config.identity().unitName(), random);
        this.ids = new MessageIdGenerator(ZoneId.systemDefault(), random);
        ProducerConfig.Compression compression = config.compression();
        this.compressor = compression.enabled() ? Compressor.of(compression.type(), compression.level()) : null;
    }

    private static List<Endpoint> nameServers(ProducerConfig config) {
        try {
            return Endpoint.parseList(config.nameServers());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("name-servers: " + e.getMessage(), e);
        }
    }

    ProducerConfig config() {
        return config;
    }

    ProducerMetrics metrics() {
        return extensions.metrics();
    }

    /** All that is needed from now until the next stop; threads start when they are first needed. */
    RunningProducer run() {
        String name = config.identity().name();
        ProducerConfig.Connection connection = config.connection();
        EventLoops eventLoops = new EventLoops(name, connection.ioThreads(), connection.nativeTransport());
        Housekeeping housekeeping = Housekeeping.of(name);
        RemotingClient.Settings remoting = new RemotingClient.Settings(
                name, extensions.allocator(), connection.connectTimeout(), idleTimeout(connection));
        KnownTransactions knownTransactions = new KnownTransactions();
        MessageViewDecoder decoder =
                new MessageViewDecoder(namespace, config.send().maxMessageSize());
        TransactionChecks checks =
                new TransactionChecks(config, namespace, decoder, checkers, knownTransactions, extensions.metrics());
        HeartbeatService heartbeats =
                new HeartbeatService(clientId, config.identity().group(), namespace);
        RemotingClient nameServerClient = new RemotingClient(eventLoops, remoting, null, Map.of());
        RemotingClient brokerClient = new RemotingClient(eventLoops, remoting, heartbeats::heartbeat, handlers(checks));
        NameServers servers = new NameServers(nameServers, nameServerClient);
        TopicRouteTable routes = new TopicRouteTable(
                servers,
                namespace,
                config.topics().autoCreate() ? config.topics().defaultQueues() : 0,
                this::templateOf,
                brokerClient::retainAll);
        BrokerHealth health = new BrokerHealth(config.faultTolerance());
        SendServices services = new SendServices(
                config,
                new MessagePreparer(config, compressor, ids, new WallClock()::millisAt, extensions.allocator()),
                servers,
                routes,
                new QueueSelector(health),
                health,
                brokerClient,
                extensions.hooks(),
                extensions.metrics());
        MessageSender sender = new MessageSender(services, housekeeping, extensions.callbackExecutor());
        checks.tellHooks(sender::endingTransaction);
        TransactionSender transactions = new TransactionSender(
                new TransactionSender.Services(config, namespace, routes, brokerClient, sender, extensions.metrics()),
                checkers,
                knownTransactions);
        return new RunningProducer(new RunningProducer.Parts(
                config,
                eventLoops,
                housekeeping,
                nameServerClient,
                brokerClient,
                servers,
                routes,
                health,
                heartbeats,
                sender,
                transactions,
                checks,
                new CheckedBrokers(checkers, routes, brokerClient, config.send().timeout())));
    }

    /** Who asks about transactions must not lose touch between two heartbeats. */
    private Duration idleTimeout(ProducerConfig.Connection connection) {
        Duration own = connection.idleTimeout();
        Duration twoHeartbeats = connection.heartbeatInterval().multipliedBy(2);
        return checkers.isEmpty() || own.compareTo(twoHeartbeats) > 0 ? own : twoHeartbeats;
    }

    /** Who does what brokers ask for. */
    private Map<Integer, ServerRequestHandler> handlers(TransactionChecks checks) {
        return checkers.isEmpty() ? Map.of() : Map.of(RequestCode.CHECK_TRANSACTION_STATE.code(), checks);
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
                namespace.headerFields()));
    }
}
