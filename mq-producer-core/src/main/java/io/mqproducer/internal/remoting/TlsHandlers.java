package io.mqproducer.internal.remoting;

import io.mqproducer.internal.ssl.SslEngines;
import io.mqproducer.internal.util.Endpoint;
import io.netty.handler.ssl.SslHandler;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

/** Makes the handlers that encrypt channels. Thread-safe; waits for nothing. */
public final class TlsHandlers {

    /** A channel that its peer does not read any more must not linger for the sake of a polite goodbye. */
    private static final Duration GOODBYE = Duration.ofMillis(100);

    private final SslEngines engines;
    private final HandshakeThreads threads;

    public TlsHandlers(SslEngines engines, HandshakeThreads threads) {
        this.engines = engines;
        this.threads = threads;
    }

    /** A handler for one channel to this server; completes on a thread made for that. */
    CompletableFuture<SslHandler> handler(Endpoint server, Duration limit) {
        try {
            return CompletableFuture.supplyAsync(() -> make(server, limit), threads);
        } catch (RejectedExecutionException | OutOfMemoryError e) { // closed, or no thread can be made
            return CompletableFuture.failedFuture(e);
        }
    }

    private SslHandler make(Endpoint server, Duration limit) {
        SslHandler handler = new SslHandler(engines.engine(server.host(), server.port()), threads);
        handler.setHandshakeTimeoutMillis(Math.max(1, limit.toMillis()));
        handler.setCloseNotifyFlushTimeoutMillis(GOODBYE.toMillis());
        return handler;
    }
}
