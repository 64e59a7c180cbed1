package io.mqproducer.benchmarks.client;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * What a client can reach at most: one connection, prebuilt frames, one write for all that wait, answers paired by an
 * array. It is no producer: it knows no route, no time-out, no retry and no message ids.
 */
public final class LimitClient implements BenchmarkClient {

    private static final int RECEIVE_BUFFER = 1 << 16;
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(1 << 20, 1 << 22);

    private final ClientSettings settings;
    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final LimitConnection connection;
    private final Map<String, LimitTemplate> templates = new ConcurrentHashMap<>();
    private final Map<String, LimitTemplate> batchTemplates = new ConcurrentHashMap<>();

    public LimitClient(ClientSettings settings) {
        this.settings = settings;
        this.connection = new LimitConnection((EventLoop) group.next());
    }

    @Override
    public void start() {
        String address = settings.broker();
        int colon = address.lastIndexOf(':');
        new Bootstrap()
                .group(group)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.ALLOCATOR, new PooledByteBufAllocator(true))
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(RECEIVE_BUFFER))
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .handler(connection)
                .connect(new InetSocketAddress(
                        address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))))
                .syncUninterruptibly();
    }

    @Override
    public void send(String topic, byte[] body) throws InterruptedException {
        sendAndWait(template(topic), body);
    }

    private void sendAndWait(LimitTemplate template, byte[] body) throws InterruptedException {
        LimitSend.Sync send = new LimitSend.Sync(template, body);
        connection.submit(send);
        send.await();
    }

    @Override
    public void sendBatch(String topic, byte[][] bodies) throws InterruptedException {
        LimitTemplate template = batchTemplates.computeIfAbsent(topic, LimitTemplate::ofBatches);
        sendAndWait(template, LimitBatch.of(bodies));
    }

    @Override
    public void sendAsync(String topic, byte[] body, Completion completion) {
        connection.submit(new LimitSend.Async(template(topic), body, completion));
    }

    @Override
    public void sendOneway(String topic, byte[] body) {
        connection.submit(new LimitSend.Oneway(template(topic), body));
    }

    private LimitTemplate template(String topic) {
        LimitTemplate known = templates.get(topic);
        return known != null
                ? known
                : templates.computeIfAbsent(topic, name -> new LimitTemplate(name, settings.keysAndTags()));
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
