package io.mqproducer.internal.remoting;

import io.mqproducer.internal.protocol.FrameCodec;
import io.mqproducer.internal.ssl.SslFailure;
import io.mqproducer.message.FailureKind;
import io.mqproducer.spi.CredentialsProvider;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Opens the channel of a connection: resolves the host, tries its addresses one after the other, builds the pipeline. With
 * TLS a channel is open when the handshake is complete, and until then nothing but the handshake is written to it.
 */
final class Connector implements AutoCloseable {

    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(64 * 1024, 256 * 1024);

    private final EventLoops eventLoops;
    private final HostResolver resolver;
    private final @Nullable TlsHandlers tls;
    private final ByteBufAllocator allocator;
    private final Duration connectTimeout;
    private final Duration idleTimeout;
    private final @Nullable CredentialsProvider credentials;
    private final FrameCodec codec = new FrameCodec();

    Connector(EventLoops eventLoops, HostResolver resolver, RemotingClient.Settings settings) {
        this.eventLoops = eventLoops;
        this.resolver = resolver;
        this.tls = settings.ssl() == null
                ? null
                : new TlsHandlers(settings.ssl(), settings.producerName(), settings.connectTimeout());
        this.allocator = settings.allocator();
        this.connectTimeout = settings.connectTimeout();
        this.idleTimeout = settings.idleTimeout();
        this.credentials = settings.credentials();
    }

    /** Begins to open the channel; the connection is told what came of it, on its event loop. */
    void connect(Connection connection) {
        if (connection.isConnecting()) { // not closed while it waited for its turn
            new Opening(connection).begin();
        }
    }

    @Override
    public void close() {
        if (tls != null) {
            tls.close();
        }
    }

    /** One connection on its way to being open. Confined to its event loop. */
    private final class Opening {

        private final Connection connection;
        private final long expiry = System.nanoTime() + connectTimeout.toNanos();
        private List<InetSocketAddress> addresses = List.of();
        private int tried;
        private @Nullable Channel shakingHands;

        Opening(Connection connection) {
            this.connection = connection;
        }

        void begin() {
            resolver.resolve(connection.endpoint()).whenCompleteAsync(this::resolved, connection.loop());
            connection.loop().schedule(this::overdue, connectTimeout.toMillis(), TimeUnit.MILLISECONDS);
        }

        private void resolved(@Nullable List<InetSocketAddress> found, @Nullable Throwable failure) {
            if (found == null) {
                connection.connectFailed(FailureKind.CONNECT_FAILED, "unknown host", causeOf(failure));
            } else {
                addresses = found;
                tryNext();
            }
        }

        private void tryNext() {
            if (tls == null) {
                connect(null);
                return;
            }
            tls.handler(connection.endpoint())
                    .whenCompleteAsync(
                            (handler, failure) -> {
                                if (handler == null) {
                                    notOpened(FailureKind.TLS_FAILED, String.valueOf(causeOf(failure)), failure);
                                } else {
                                    connect(handler);
                                }
                            },
                            connection.loop());
        }

        private void connect(@Nullable SslHandler handler) {
            long remaining = TimeUnit.NANOSECONDS.toMillis(expiry - System.nanoTime()) / (addresses.size() - tried);
            bootstrap(connection, handler, (int) Math.max(1, remaining))
                    .connect(addresses.get(tried++))
                    .addListener((ChannelFuture opened) -> {
                        if (connection.loop().inEventLoop()) {
                            connected(opened, handler);
                        } else { // a channel that could not even be made, for want of descriptors, has no event loop
                            connection.loop().execute(() -> connected(opened, handler));
                        }
                    });
        }

        private void connected(ChannelFuture opened, @Nullable SslHandler handler) {
            if (!opened.isSuccess()) {
                notOpened(FailureKind.CONNECT_FAILED, reason(opened.cause(), connectTimeout), opened.cause());
            } else if (handler == null) {
                open(opened.channel());
            } else {
                shakingHands = opened.channel();
                handler.handshakeFuture().addListener(this::handshaken);
            }
        }

        private void handshaken(Future<? super Channel> handshake) {
            Channel channel = shakingHands;
            shakingHands = null;
            if (channel == null) {
                return; // overdue
            }
            Throwable failure = handshake.cause();
            if (failure == null) {
                open(channel);
            } else {
                channel.close();
                notOpened(FailureKind.TLS_FAILED, SslFailure.describe(failure), failure);
            }
        }

        private void open(Channel channel) {
            connection.connected(channel, credentials == null ? null : new RequestSigner(credentials));
        }

        private void notOpened(FailureKind kind, String reason, @Nullable Throwable cause) {
            if (tried < addresses.size() && connection.isConnecting()) {
                tryNext();
            } else {
                connection.connectFailed(kind, reason, cause);
            }
        }

        /** The time for opening is over, look-up of the host and handshake included. */
        private void overdue() {
            Channel channel = shakingHands;
            shakingHands = null;
            if (channel == null) {
                connection.connectOverdue(connectTimeout);
            } else {
                channel.close();
                connection.connectFailed(
                        FailureKind.TLS_FAILED,
                        "it has not completed the handshake in " + connectTimeout.toMillis() + " ms",
                        null);
            }
        }
    }

    private static @Nullable Throwable causeOf(@Nullable Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private Bootstrap bootstrap(Connection connection, @Nullable SslHandler handler, int timeoutMillis) {
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
                        if (handler != null) {
                            channel.pipeline().addLast(handler);
                        }
                        channel.pipeline()
                                .addLast(
                                        new IdleStateHandler(0, 0, idleTimeout.toMillis(), TimeUnit.MILLISECONDS),
                                        new FrameDecoder(codec),
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
