package io.mqproducer.internal.remoting;

import io.mqproducer.internal.protocol.FrameCodec;
import io.mqproducer.internal.remoting.Ways.Way;
import io.mqproducer.internal.ssl.SslEngines;
import io.mqproducer.internal.ssl.SslFailure;
import io.mqproducer.internal.util.Endpoint;
import io.mqproducer.message.FailureKind;
import io.mqproducer.spi.CredentialsProvider;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.resolver.NoopAddressResolverGroup;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Opens the channel of a connection: asks for the ways to the server, tries one after the other, builds the pipeline. What
 * goes wrong before a channel is fit for requests is seen to here; the connection's own handlers come after that. With TLS a
 * channel is fit when the handshake is complete, and until then nothing but the handshake is written to it.
 */
final class Connector {

    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(64 * 1024, 256 * 1024);

    /** Last of the handlers until the channel is open: what goes wrong before is told by the one that it happens to. */
    private static final ChannelHandler QUIET = new QuietHandler();

    private final EventLoops eventLoops;
    private final Ways ways;
    private final @Nullable TlsHandlers tls;
    private final ByteBufAllocator allocator;
    private final Duration connectTimeout;
    private final Duration idleTimeout;
    private final int maxInboundFrame;
    private final @Nullable CredentialsProvider credentials;
    private final FrameCodec codec = new FrameCodec();

    Connector(EventLoops eventLoops, HostResolver resolver, RemotingClient.Settings settings) {
        this.eventLoops = eventLoops;
        this.ways = new Ways(resolver, settings.proxies());
        this.tls = settings.tls();
        this.allocator = settings.allocator();
        this.connectTimeout = settings.connectTimeout();
        this.idleTimeout = settings.idleTimeout();
        this.maxInboundFrame = settings.maxInboundFrame();
        this.credentials = settings.credentials();
    }

    /** Forgets what it knows of all servers but these. */
    void retainAll(Set<Endpoint> servers) {
        ways.retainAll(servers);
    }

    /** Begins to open the channel; the connection is told what came of it, on its event loop. */
    void connect(Connection connection) {
        if (!connection.isConnecting()) {
            return; // closed while it waited for its turn
        }
        long expiry = System.nanoTime() + connectTimeout.toNanos();
        ways.to(connection.endpoint())
                .whenCompleteAsync(
                        (found, failure) -> {
                            if (failure != null) {
                                Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
                                String text = cause == null ? null : cause.getMessage();
                                connection.connectFailed(
                                        FailureKind.CONNECT_FAILED, text == null ? "unknown host" : text, cause);
                            } else {
                                new Opening(connection, found, expiry).tryNext();
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

    /** The tries to open one connection, each over as long as its fair part of the time allows; on its event loop. */
    private final class Opening {

        private final Connection connection;
        private final List<Way> found;
        private final long expiry;
        private int tried;

        Opening(Connection connection, List<Way> found, long expiry) {
            this.connection = connection;
            this.found = found;
            this.expiry = expiry;
        }

        void tryNext() {
            Way way = found.get(tried);
            long remaining = TimeUnit.NANOSECONDS.toMillis(expiry - System.nanoTime()) / (found.size() - tried);
            Duration limit = Duration.ofMillis(Math.max(1, remaining));
            tried++;
            if (tls == null) {
                connect(way, limit, null);
                return;
            }
            // What secures the channel is ready before there is one, lest it should miss something that the server
            // does.
            tls.handler(connection.endpoint(), limit)
                    .whenCompleteAsync(
                            (handler, failure) -> {
                                if (handler == null) {
                                    insecure(way, failure);
                                } else {
                                    connect(way, limit, handler);
                                }
                            },
                            connection.loop());
        }

        private void connect(Way way, Duration limit, @Nullable SslHandler handler) {
            SocksTunnel tunnel = way.proxy() == null ? null : new SocksTunnel(way.socket(), way.proxy(), limit);
            ChannelFuture opening =
                    bootstrap(limit, tunnel, tunnel == null ? handler : null).connect(way.server());
            connection.opening(opening.channel());
            opening.addListener((ChannelFuture opened) -> {
                if (connection.loop().inEventLoop()) {
                    connected(way, tunnel, handler, opened);
                } else { // a channel that could not even be made, for want of file descriptors, has no event loop
                    connection.loop().execute(() -> connected(way, tunnel, handler, opened));
                }
            });
        }

        private void connected(
                Way way, @Nullable SocksTunnel tunnel, @Nullable SslHandler handler, ChannelFuture opened) {
            if (!opened.isSuccess()) {
                failed(way, opened.cause());
            } else if (tunnel == null) {
                secure(way, opened.channel(), handler);
            } else {
                tunnel.whenOpen(failure -> {
                    if (failure == null) {
                        through(opened.channel(), handler);
                        secure(way, opened.channel(), handler);
                    } else {
                        failed(way, failure);
                    }
                });
            }
        }

        private void through(Channel channel, @Nullable SslHandler handler) {
            if (handler == null) {
                channel.pipeline().remove(QUIET);
            } else {
                channel.pipeline().addBefore(channel.pipeline().context(QUIET).name(), null, handler);
            }
        }

        private void secure(Way way, Channel channel, @Nullable SslHandler handler) {
            if (handler == null) {
                open(way, channel);
                return;
            }
            connection.securing();
            handler.handshakeFuture().addListener(handshake -> {
                Throwable objection = handshake.isSuccess()
                        ? SslEngines.objection(handler.engine().getSession())
                        : handshake.cause();
                if (objection == null) {
                    channel.pipeline().remove(QUIET);
                    open(way, channel);
                } else {
                    channel.close();
                    insecure(way, objection);
                }
            });
        }

        /** There is no TLS, and nothing else will do. */
        private void insecure(Way way, @Nullable Throwable failure) {
            if (tryAnother()) {
                return;
            }
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            if (cause instanceof SslHandshakeTimeoutException) {
                // The handler's clock was a moment before the connection's.
                connection.connectOverdue(connectTimeout);
            } else {
                connection.connectFailed(
                        FailureKind.TLS_FAILED,
                        through(way, cause == null ? "unknown" : SslFailure.describe(cause)),
                        cause);
            }
        }

        private void open(Way way, Channel channel) {
            if (found.size() > 1) {
                ways.led(connection.endpoint(), way);
            }
            channel.pipeline()
                    .addLast(
                            new IdleStateHandler(0, 0, idleTimeout.toMillis(), TimeUnit.MILLISECONDS),
                            new FrameDecoder(codec, maxInboundFrame),
                            new ConnectionHandler(connection));
            connection.connected(channel, credentials == null ? null : new RequestSigner(credentials));
        }

        private void failed(Way way, @Nullable Throwable cause) {
            if (!tryAnother()) {
                connection.connectFailed(
                        FailureKind.CONNECT_FAILED, through(way, reason(cause, connectTimeout)), cause);
            }
        }

        private boolean tryAnother() {
            boolean another = tried < found.size() && connection.isConnecting();
            if (another) {
                tryNext();
            }
            return another;
        }

        private static String through(Way way, String reason) {
            return way.proxy() == null ? reason : "through " + way.proxy() + ": " + reason;
        }

        private Bootstrap bootstrap(Duration limit, @Nullable SocksTunnel tunnel, @Nullable SslHandler handler) {
            return new Bootstrap()
                    .group(connection.loop())
                    .channel(eventLoops.channelType())
                    .resolver(
                            NoopAddressResolverGroup
                                    .INSTANCE) // names have been looked up, or are for a proxy to look up
                    .option(ChannelOption.ALLOCATOR, allocator)
                    .option(ChannelOption.TCP_NODELAY, true)
                    .option(ChannelOption.SO_KEEPALIVE, true)
                    .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                    .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) limit.toMillis())
                    .handler(new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            if (tunnel != null) {
                                channel.pipeline().addLast(tunnel.handler(), QUIET);
                            } else if (handler != null) {
                                channel.pipeline().addLast(handler, QUIET);
                            }
                        }
                    });
        }
    }

    /** Ends a channel without a word. */
    @ChannelHandler.Sharable
    private static final class QuietHandler extends ChannelInboundHandlerAdapter {

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }

    private static String reason(@Nullable Throwable cause, Duration timeout) {
        if (cause instanceof ConnectTimeoutException) {
            return "no connection in " + timeout.toMillis() + " ms";
        }
        String text = cause == null ? null : cause.getMessage();
        return text != null && text.startsWith("Connection refused") ? "refused" : String.valueOf(text);
    }
}
