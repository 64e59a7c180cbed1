package io.mqproducer.internal.remoting;

import io.mqproducer.internal.protocol.RemotingCommand;
import io.mqproducer.internal.protocol.RequestCode;
import io.mqproducer.internal.protocol.ResponseCode;
import io.mqproducer.internal.util.Endpoint;
import io.mqproducer.internal.util.Throttle;
import io.mqproducer.message.FailureKind;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the server at the other end of a connection asks of us: handed to whoever is there for it, else refused, and dropped
 * when it is more than any sane server asks. Requests come in on the connection's event loop.
 */
final class ServerRequests implements Peer {

    private static final Logger log = LoggerFactory.getLogger(ServerRequests.class);

    private static final long SECOND = 1_000_000_000L;
    static final int MOST_PER_SECOND = 1000;

    private final Connection connection;
    private final Map<Integer, ServerRequestHandler> handlers;
    private final Throttle floodLog = new Throttle(Duration.ofSeconds(30));
    private long windowStart = System.nanoTime();
    private int inWindow;

    /** @param handlers who is there for requests of which code */
    ServerRequests(Connection connection, Map<Integer, ServerRequestHandler> handlers) {
        this.connection = connection;
        this.handlers = handlers;
    }

    /** Takes a request that was read at this time, by {@link System#nanoTime}. */
    void take(RemotingCommand request, long now) {
        log.debug("{} asks: {}", endpoint(), request);
        ServerRequestHandler handler = handlers.get(request.code());
        boolean awaited = handler != null && handler.isAwaited(request);
        if (!awaited && isFlood(now)) {
            if (floodLog.permits(now)) {
                log.warn(
                        "{} asks for more than {} things a second; this request of code {} is dropped, as were {} before it",
                        endpoint(),
                        MOST_PER_SECOND,
                        request.code(),
                        floodLog.takeHeldBack());
            }
            return;
        }
        if (handler != null) {
            handle(request, handler);
        } else if (request.code() != RequestCode.NOTIFY_CONSUMER_IDS_CHANGED.code()) {
            refuse(
                    request,
                    ResponseCode.REQUEST_CODE_NOT_SUPPORTED,
                    "request code " + request.code() + " is not supported");
        }
    }

    private boolean isFlood(long now) {
        if (now - windowStart >= SECOND) {
            windowStart = now;
            inWindow = 0;
        }
        return ++inWindow > MOST_PER_SECOND;
    }

    private void handle(RemotingCommand request, ServerRequestHandler handler) {
        try {
            handler.handle(request, this);
        } catch (RuntimeException | Error e) {
            log.debug("{} of {} cannot be done", request, endpoint(), e);
            refuse(request, ResponseCode.SYSTEM_ERROR, "request code " + request.code() + " could not be done");
        }
    }

    private void refuse(RemotingCommand request, ResponseCode code, String reason) {
        if (!request.isOneway()) {
            answer(RemotingCommand.response(code.code(), request.opaque(), reason));
        }
    }

    @Override
    public Endpoint endpoint() {
        return connection.endpoint();
    }

    @Override
    public long openedAt() {
        return connection.openedAt();
    }

    @Override
    public void answer(RemotingCommand answer) {
        connection.answer(answer);
    }

    @Override
    public CompletableFuture<RemotingCommand> invoke(RemotingCommand request, Duration timeout) {
        CommandExchange exchange = new CommandExchange(request, System.nanoTime() + timeout.toNanos());
        if (!connection.submit(exchange)) {
            exchange.failed(new RemotingException(FailureKind.CONNECTION_LOST, false, "connection closed", null));
        }
        return exchange.answer();
    }
}
