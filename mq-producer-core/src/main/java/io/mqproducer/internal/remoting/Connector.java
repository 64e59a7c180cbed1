package io.mqproducer.internal.remoting;

import io.mqproducer.internal.protocol.FrameCodec;
import io.mqproducer.message.FailureKind;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.timeout.IdleStateHandler;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Opens the channel of a connection: resolves the host, tries its addresses one after the other, builds the pipeline. */
final class Connector {

    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(64 * 1024, 256 * 1024);

    private final EventLoops eventLoops;
    private final HostResolver resolver;
    private final ByteBufAllocator allocator;
    private final Duration connectTimeout;
    private final Duration idleTimeout;
    private final int maxInboundFrame;
    private final FrameCodec codec = new FrameCodec();

    Connector(EventLoops eventLoops, HostResolver resolver, RemotingClient.Settings settings) {
        this.eventLoops = eventLoops;
        this.resolver = resolver;
        this.allocator = settings.allocator();
        this.connectTimeout = settings.connectTimeout();
        this.idleTimeout = settings.idleTimeout();
        this.maxInboundFrame = settings.maxInboundFrame();
    }

    /** Begins to open the channel; the connection is told what came of it, on its event loop. */
    void connect(Connection connection) {
        if (!connection.isConnecting()) {
            return; // closed while it waited for its turn
        }
        long expiry = System.nanoTime() + connectTimeout.toNanos();
        resolver.resolve(connection.endpoint())
                .whenCompleteAsync(
                        (addresses, failure) -> {
                            if (failure != null) {
                                Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
                                connection.connectFailed(
                                        FailureKind.CONNECT_FAILED, "unknown host", cause == null ? failure : cause);
                            } else {
                                connect(connection, addresses, 0, expiry);
                            }
                        },
                        connection.loop());
        connection
                .loop()
                .schedule(
                        () -> connection.connectOverdue(connectTimeout),
                        connectTimeout.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    private void connect(Connection connection, List<InetSocketAddress> addresses, int index, long expiry) {
        long remaining = TimeUnit.NANOSECONDS.toMillis(expiry - System.nanoTime()) / (addresses.size() - index);
        bootstrap(connection, (int) Math.max(1, remaining))
                .connect(addresses.get(index))
                .addListener((ChannelFuture opened) -> {
                    if (connection.loop().inEventLoop()) {
                        opened(connection, opened, addresses, index, expiry);
                    } else { // a channel that could not even be made, for want of file descriptors, has no event loop
                        connection.loop().execute(() -> opened(connection, opened, addresses, index, expiry));
                    }
                });
    }

    private void opened(
            Connection connection, ChannelFuture opened, List<InetSocketAddress> addresses, int index, long expiry) {
        if (opened.isSuccess()) {
            connection.connected(opened.channel());
        } else if (index + 1 < addresses.size() && connection.isConnecting()) {
            connect(connection, addresses, index + 1, expiry);
        } else {
            connection.connectFailed(
                    FailureKind.CONNECT_FAILED, reason(opened.cause(), connectTimeout), opened.cause());
        }
    }

    private Bootstrap bootstrap(Connection connection, int timeoutMillis) {
        return new Bootstrap()
                .group(connection.loop())
                .channel(eventLoops.channelType())
                .option(ChannelOption.ALLOCATOR, allocator)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, timeoutMillis)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(
                                        new IdleStateHandler(0, 0, idleTimeout.toMillis(), TimeUnit.MILLISECONDS),
                                        new FrameDecoder(codec, maxInboundFrame),
                                        new ConnectionHandler(connection));
                    }
                });
    }

    private static String reason(@Nullable Throwable cause, Duration timeout) {
        if (cause instanceof ConnectTimeoutException) {
            return "no connection in " + timeout.toMillis() + " ms";
        }
        String text = cause == null ? null : cause.getMessage();
        return text != null && text.startsWith("Connection refused") ? "refused" : String.valueOf(text);
    }
}
