package io.mqproducer.internal.remoting;

import io.mqproducer.internal.ssl.SslEngines;
import io.mqproducer.internal.util.Endpoint;
import io.netty.handler.ssl.SslHandler;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes the handler that encrypts a channel. Reading certificates and checking those of servers may wait for something, so
 * both are done on threads made for it, two at most and gone when idle.
 */
final class TlsHandlers implements AutoCloseable {

    private static final int MAX_THREADS = 2;

    /** A channel that its peer does not read any more must not linger for the sake of a polite goodbye. */
    private static final Duration GOODBYE = Duration.ofMillis(100);

    private final SslEngines engines;
    private final Duration handshakeTimeout;
    private final ThreadPoolExecutor threads;

    TlsHandlers(SslEngines engines, String producerName, Duration handshakeTimeout) {
        this.engines = engines;
        this.handshakeTimeout = handshakeTimeout;
        AtomicInteger number = new AtomicInteger();
        threads = new ThreadPoolExecutor(
                MAX_THREADS, MAX_THREADS, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread =
                            new Thread(task, "mq-producer-" + producerName + "-tls-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /** A handler for one channel to this server; completes on a thread made for it. */
    CompletableFuture<SslHandler> handler(Endpoint server) {
        try {
            return CompletableFuture.supplyAsync(() -> make(server), threads);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private SslHandler make(Endpoint server) {
        SslHandler handler = new SslHandler(engines.engine(server.host(), server.port()), threads);
        handler.setHandshakeTimeoutMillis(handshakeTimeout.toMillis());
        handler.setCloseNotifyFlushTimeoutMillis(GOODBYE.toMillis());
        return handler;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
