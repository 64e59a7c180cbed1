package io.mqproducer;

import io.mqproducer.internal.admin.BrokerAdmin;
import io.mqproducer.internal.compression.Compressor;
import io.mqproducer.internal.config.ProducerConfig;
import io.mqproducer.internal.encoding.MessageIdGenerator;
import io.mqproducer.internal.encoding.MessagePreparer;
import io.mqproducer.internal.encoding.MessageViewDecoder;
import io.mqproducer.internal.encoding.Namespace;
import io.mqproducer.internal.heartbeat.ClientId;
import io.mqproducer.internal.heartbeat.HeartbeatService;
import io.mqproducer.internal.protocol.FrameLimits;
import io.mqproducer.internal.protocol.SendFrameTemplate;
import io.mqproducer.internal.protocol.SendHeader;
import io.mqproducer.internal.remoting.EventLoops;
import io.mqproducer.internal.remoting.RemotingClient;
import io.mqproducer.internal.route.NameServers;
import io.mqproducer.internal.route.TopicRouteTable;
import io.mqproducer.internal.selection.BrokerHealth;
import io.mqproducer.internal.selection.QueueSelector;
import io.mqproducer.internal.send.MessageSender;
import io.mqproducer.internal.send.SendServices;
import io.mqproducer.internal.util.Endpoint;
import io.mqproducer.internal.util.WallClock;
import io.mqproducer.message.MessageQueue;
import io.mqproducer.spi.ProducerMetrics;
import io.mqproducer.spi.SendMessageHook;
import io.netty.buffer.ByteBufAllocator;
import java.security.SecureRandom;
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
    private final MessageViewDecoder decoder;
    private final @Nullable Compressor compressor;

    ProducerAssembly(ProducerConfig config, Extensions extensions) {
        this.config = config;
        this.extensions = extensions;
        this.nameServers = nameServers(config);
        this.namespace = Namespace.of(config.identity());
        SecureRandom random = new SecureRandom();
        this.clientId = ClientId.create(
                config.identity().instanceName(), config.identity().unitName(), random);
        this.ids = new MessageIdGenerator(ZoneId.systemDefault(), random);
        this.decoder = new MessageViewDecoder(namespace, config.send().maxMessageSize());
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
                name,
                extensions.allocator(),
                connection.connectTimeout(),
                connection.idleTimeout(),
                FrameLimits.MAX_INBOUND_FRAME);
        HeartbeatService heartbeats =
                new HeartbeatService(clientId, config.identity().group(), namespace);
        RemotingClient nameServerClient = new RemotingClient(eventLoops, remoting, null, Map.of());
        RemotingClient brokerClient = new RemotingClient(
                eventLoops,
                remoting.withMaxInboundFrame(
                        FrameLimits.withOneMessage(config.send().maxMessageSize())),
                heartbeats::heartbeat,
                Map.of());
        RemotingClient lookupClient = new RemotingClient(
                eventLoops, remoting.withMaxInboundFrame(FrameLimits.MAX_LOOKUP_FRAME), null, Map.of());
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
                lookupClient,
                BrokerAdmin.of(
                        brokerClient,
                        lookupClient,
                        routes,
                        namespace,
                        config.identity().group(),
                        decoder)));
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
