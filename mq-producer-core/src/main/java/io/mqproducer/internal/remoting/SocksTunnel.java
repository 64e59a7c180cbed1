package io.mqproducer.internal.remoting;

import io.netty.channel.ChannelHandler;
import io.netty.handler.proxy.Socks5ProxyHandler;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One way through a SOCKS5 proxy, from before its channel is connected. The only class that knows Netty's. */
final class SocksTunnel {

    private final Socks5ProxyHandler handler;

    SocksTunnel(InetSocketAddress proxyAddress, SocksProxies.Proxy proxy, Duration timeout) {
        this.handler = new Socks5ProxyHandler(proxyAddress, proxy.username(), proxy.password());
        handler.setConnectTimeoutMillis(timeout.toMillis());
    }

    /** Fails with a {@link LinkageError} if Netty's class is not there. */
    static void requireLibrary() {
        new Socks5ProxyHandler(InetSocketAddress.createUnresolved("localhost", 1));
    }

    /** What has to be the channel's first handler. */
    ChannelHandler handler() {
        return handler;
    }

    /** Tells, on the event loop, when the proxy is through to the server (null) or why it is not. */
    void whenOpen(Consumer<@Nullable Throwable> listener) {
        handler.connectFuture().addListener(open -> listener.accept(open.cause()));
    }
}
