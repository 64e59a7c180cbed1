package io.mqproducer.internal.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.config.BackPressureMode;
import io.mqproducer.config.CompressionType;
import io.mqproducer.internal.LogCapture;
import io.mqproducer.internal.ManualScheduler;
import io.mqproducer.internal.Threads;
import io.mqproducer.internal.callback.Callbacks;
import io.mqproducer.internal.compression.Compressor;
import io.mqproducer.internal.config.ProducerConfig;
import io.mqproducer.internal.encoding.MessageIdGenerator;
import io.mqproducer.internal.encoding.MessagePreparer;
import io.mqproducer.internal.encoding.Namespace;
import io.mqproducer.internal.protocol.FrameLimits;
import io.mqproducer.internal.protocol.SendFrameTemplate;
import io.mqproducer.internal.protocol.SendHeader;
import io.mqproducer.internal.remoting.EventLoops;
import io.mqproducer.internal.remoting.HostResolver;
import io.mqproducer.internal.remoting.RemotingClient;
import io.mqproducer.internal.remoting.SocksProxies;
import io.mqproducer.internal.route.BrokerAddresses;
import io.mqproducer.internal.route.BrokerLatency;
import io.mqproducer.internal.route.NameServers;
import io.mqproducer.internal.route.PublishQueue;
import io.mqproducer.internal.route.TopicRouteTable;
import io.mqproducer.internal.selection.BrokerHealth;
import io.mqproducer.internal.selection.QueueSelector;
import io.mqproducer.internal.util.Endpoint;
import io.mqproducer.internal.util.WallClock;
import io.mqproducer.message.Message;
import io.mqproducer.message.MessageQueue;
import io.mqproducer.message.SendOptions;
import io.mqproducer.spi.ProducerMetrics;
import io.mqproducer.spi.SendMessageHook;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A message sender that reaches nobody: it has no name server, so every look-up of a route fails at once with {@code
 * NAME_SERVER_UNAVAILABLE}. Callbacks have run when the call that brought them about returns. No socket is ever opened.
 */
final class SendFixture implements AutoCloseable {

    static final SendOptions NO_RETRY = SendOptions.defaults().withMaxRetries(0);

    final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
    final ManualScheduler scheduler = new ManualScheduler();
    final MessageSender sender;
    private final LogCapture nameServerLog = new LogCapture(NameServers.class);
    private final EventLoops eventLoops = new EventLoops("test", 1, false);
    private final HostResolver resolver = new HostResolver("test", InetAddress::getAllByName);

    SendFixture() {
        this(List.of(), ProducerMetrics.NONE);
    }

    SendFixture(List<SendMessageHook> hooks, ProducerMetrics metrics) {
        this(hooks, metrics, null);
    }

    /** @param compressor stays its giver's to close */
    SendFixture(List<SendMessageHook> hooks, ProducerMetrics metrics, @Nullable Compressor compressor) {
        ProducerConfig config = config();
        RemotingClient closed = new RemotingClient(
                eventLoops,
                resolver,
                new RemotingClient.Settings(
                        allocator,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        FrameLimits.MAX_INBOUND_FRAME,
                        SocksProxies.NONE,
                        null,
                        null,
                        null),
                null,
                Map.of());
        closed.close();
        NameServers nameServers = new NameServers("test", List.of(), closed);
        BrokerHealth health = new BrokerHealth(config.faultTolerance());
        sender = new MessageSender(
                new SendServices(
                        config,
                        new MessagePreparer(
                                config,
                                compressor,
                                new MessageIdGenerator(ZoneOffset.UTC, new Random(1)),
                                new WallClock()::millisAt,
                                allocator),
                        nameServers,
                        new TopicRouteTable(
                                nameServers,
                                Namespace.of(config.identity()),
                                new TopicRouteTable.Settings(4, null, BrokerAddresses.AS_TOLD),
                                SendFixture::queueOf,
                                brokers -> {}),
                        new QueueSelector(health),
                        health,
                        closed,
                        hooks,
                        metrics),
                scheduler,
                new Callbacks(
                        "test", config.callback(), scheduler, task -> Threads.join(Threads.start("callback", task))));
    }

    private static ProducerConfig config() {
        Duration second = Duration.ofSeconds(1);
        return new ProducerConfig(
                new ProducerConfig.Identity("test", "PG", null, null, null, null, null, false),
                List.of("127.0.0.1:9"),
                new ProducerConfig.Topics(List.of(), true, 4),
                new ProducerConfig.Send(Duration.ofSeconds(60), 1 << 22, true),
                new ProducerConfig.Retry(2, null, false, true, Set.of(), second, second),
                new ProducerConfig.Compression(false, 4096, CompressionType.ZLIB, 5),
                new ProducerConfig.FaultTolerance(false, List.of(), List.of(), ProducerConfig.Detector.OFF),
                new ProducerConfig.Connection(second, second, second, second, 1, false),
                ProducerConfig.Network.DIRECT,
                ProducerConfig.Trace.OFF,
                new ProducerConfig.BackPressure(true, 1_000_000, 100L << 20, BackPressureMode.FAIL),
                new ProducerConfig.Batch(false, Duration.ofMillis(10), 32 * 1024, 32 * 1024 * 1024),
                new ProducerConfig.Callback(1, 4),
                new ProducerConfig.Transaction(1, 2000),
                new ProducerConfig.LifeCycle(false, second));
    }

    private static PublishQueue queueOf(MessageQueue queue, Endpoint broker) {
        return new PublishQueue(queue, broker, templateOf(queue), BrokerLatency.unknown());
    }

    static SendFrameTemplate templateOf(MessageQueue queue) {
        return SendFrameTemplate.of(
                new SendHeader("PG", queue.topic(), "TBW102", 4, queue.queueId(), queue.brokerName(), false, Map.of()));
    }

    static PublishQueue queue() {
        MessageQueue queue = new MessageQueue("T", "broker-a", 0);
        return queueOf(queue, new Endpoint("127.0.0.1", 9));
    }

    static Message message() {
        return Message.of("T", "body".getBytes(StandardCharsets.UTF_8));
    }

    static Message ordered(String key) {
        return Message.builder("T").body(new byte[] {1}).orderingKey(key).build();
    }

    TestSend send() {
        return new TestSend(sender, message(), SendOptions.defaults());
    }

    @Override
    public void close() {
        sender.close();
        nameServerLog.close();
        eventLoops.close();
        resolver.close();
        scheduler.shutdownNow();
        assertThat(sender.inFlightMessages()).as("messages in flight (I6)").isZero();
        assertThat(sender.inFlightBytes()).as("bytes in flight (I6)").isZero();
        assertThat(allocator.metric().usedDirectMemory())
                .as("direct memory in use (I7)")
                .isZero();
    }
}
