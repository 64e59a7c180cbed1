package io.mqproducer.internal.remoting;

import io.mqproducer.internal.protocol.ProtocolException;
import io.mqproducer.internal.protocol.RemotingCommand;
import io.mqproducer.internal.protocol.ResponseCode;
import io.mqproducer.internal.util.Endpoint;
import io.mqproducer.message.FailureKind;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to one server, from before it is opened until it is closed for good; a new one is made then.
 *
 * <p>Any thread may {@link #submit}; everything else, all state but the inbox included, belongs to one event loop.
 * Exchanges wait in order while the connection is being opened and while the socket takes no more. Those whose time is
 * over are found by a scan every 10 ms, which runs only while something waits or is in flight.
 */
final class Connection {

    private static final Logger log = LoggerFactory.getLogger(Connection.class);

    private static final long SCAN_INTERVAL_MILLIS = 10;

    private enum State {
        CONNECTING,
        OPEN,
        /** What is in flight may still be answered, nothing new is written. */
        DRAINING,
        CLOSED
    }

    /** What the pool learns of a connection, on its event loop. */
    interface Listener {

        /** Opened; called before anything is written. The answer, if not null, is written first. */
        @Nullable
        Exchange opened(Connection connection);

        /** The first answer has come: the server is well. */
        void proven(Connection connection);

        /** No longer to be used for anything new; called once. */
        void retired(Connection connection, boolean failed);

        /** An answer that nobody waits for. */
        void unmatched(Connection connection);
    }

    private final Endpoint endpoint;
    private final EventLoop loop;
    private final Listener listener;
    private final Inbox inbox = new Inbox();
    private final ExchangeQueue waiting = new ExchangeQueue();
    private final InFlightTable inFlight =
            new InFlightTable(ThreadLocalRandom.current().nextInt());
    private final ExchangeQueue onewaysBeingWritten = new ExchangeQueue();
    private @Nullable Channel channel;
    private @Nullable OutboundFrames frames;
    private State state = State.CONNECTING;
    private boolean proven;
    private boolean retired;
    private boolean scanning;
    private @Nullable Throwable closeCause;

    Connection(Endpoint endpoint, EventLoop loop, Listener listener) {
        this.endpoint = endpoint;
        this.loop = loop;
        this.listener = listener;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    EventLoop loop() {
        return loop;
    }

    /**
     * Takes an exchange over, from any thread.
     *
     * @return false if the connection is over; the exchange is then still the caller's
     */
    boolean submit(Exchange exchange) {
        Inbox.Push push = inbox.push(exchange);
        if (push == Inbox.Push.FIRST) {
            loop.execute(this::takeInbox);
        }
        return push != Inbox.Push.CLOSED;
    }

    // ---- what the channel reports, on the event loop

    void connected(Channel opened) {
        if (state != State.CONNECTING) { // closed in the meantime
            opened.close();
            return;
        }
        channel = opened;
        frames = new OutboundFrames(opened, opened.alloc());
        state = State.OPEN;
        Exchange greeting = listener.opened(this);
        if (greeting != null) {
            write(greeting, frames);
            flush(opened, frames);
        }
        writeWaiting();
        scanWhileBusy();
    }

    void connectFailed(FailureKind kind, String reason, @Nullable Throwable cause) {
        end(kind, reason, cause, true);
    }

    boolean isConnecting() {
        return state == State.CONNECTING;
    }

    /** The time for opening is over, look-up of the host included. */
    void connectOverdue(Duration limit) {
        if (state == State.CONNECTING) {
            end(FailureKind.CONNECT_FAILED, "no connection in " + limit.toMillis() + " ms", null, true);
        }
    }

    void received(RemotingCommand command) {
        if (!command.isResponse()) {
            answerRequest(command);
            return;
        }
        Exchange exchange = inFlight.remove(command.opaque());
        if (exchange == null) {
            listener.unmatched(this);
            return;
        }
        if (!proven) {
            proven = true;
            listener.proven(this);
        }
        if (command.code() == ResponseCode.GO_AWAY.code() && state == State.OPEN) {
            log.info("{} goes away: what is in flight may still be answered, new requests connect anew", endpoint);
            drain();
        }
        exchange.answered(command);
        closeWhenDrained();
    }

    private void closeWhenDrained() {
        if (state == State.DRAINING && inFlight.size() == 0) {
            close(null);
        }
    }

    /** All that one read brought has been handed out. */
    void readComplete() {
        takeInbox();
    }

    void writabilityChanged() {
        writeWaiting();
    }

    /** Nothing was read or written for the idle time. */
    void idle() {
        if (inFlight.size() == 0 && waiting.isEmpty()) {
            close(null);
        }
    }

    /** Ends the connection; {@code cause} is told to those in flight. */
    void close(@Nullable Throwable cause) {
        if (state == State.CLOSED) {
            return;
        }
        if (closeCause == null) {
            closeCause = cause;
        }
        if (channel == null) {
            end(FailureKind.CONNECTION_LOST, "connection closed", cause, false);
        } else {
            state = State.DRAINING; // what is submitted from here on must not be taken for written
            channel.close();
        }
    }

    /** Takes nothing new, and closes once what is in flight is answered. */
    void drain() {
        if (state == State.CONNECTING) {
            end(FailureKind.CONNECTION_LOST, "no longer needed", null, false);
        } else if (state == State.OPEN) {
            state = State.DRAINING;
            retire(false);
            failUnwritten(FailureKind.CONNECTION_LOST, "server goes away", null);
            closeWhenDrained();
        }
    }

    /** Ends the connection because the producer is closed. */
    void shutDown() {
        end(FailureKind.CLOSED, "producer is closed", null, false);
        if (channel != null) {
            channel.close();
        }
    }

    void disconnected() {
        String reason =
                closeCause instanceof ProtocolException ? "PROTOCOL " + closeCause.getMessage() : "connection closed";
        end(FailureKind.CONNECTION_LOST, reason, closeCause, inFlight.size() > 0 || !proven);
    }

    // ---- writing

    private void takeInbox() {
        if (state == State.CONNECTING || state == State.OPEN) {
            inbox.drainTo(waiting);
            writeWaiting();
            scanWhileBusy();
        }
    }

    private void writeWaiting() {
        Channel open = channel;
        OutboundFrames out = frames;
        if (state != State.OPEN || open == null || out == null || waiting.isEmpty()) {
            return;
        }
        while (open.isWritable()) {
            Exchange exchange = waiting.poll();
            if (exchange == null) {
                break;
            }
            write(exchange, out);
            if (out.isFull()) {
                out.writeGathered();
            }
        }
        flush(open, out);
    }

    private void write(Exchange exchange, OutboundFrames out) {
        if (!exchange.beginWrite()) {
            exchange.failed(
                    new RemotingException(FailureKind.CANCELLED, false, "cancelled before it was written", null));
            return;
        }
        boolean oneway = exchange.oneway();
        int opaque = oneway ? inFlight.opaqueForOneway() : inFlight.add(exchange);
        try {
            exchange.writeFrame(out, opaque);
        } catch (RuntimeException | OutOfMemoryError e) {
            out.rollback();
            if (!oneway) {
                inFlight.remove(opaque);
            }
            exchange.failed(new RemotingException(
                    e instanceof OutOfMemoryError ? FailureKind.RESOURCE : FailureKind.PROTOCOL,
                    false,
                    e instanceof OutOfMemoryError ? "out of direct memory" : "request could not be encoded",
                    e));
            return;
        }
        if (oneway) {
            onewaysBeingWritten.add(exchange);
        }
    }

    /** Sends what is gathered. One-way requests are told when the last byte that was gathered with them has left. */
    private void flush(Channel open, OutboundFrames out) {
        out.writeGathered();
        if (onewaysBeingWritten.isEmpty()) {
            open.flush();
            return;
        }
        ExchangeQueue oneways = new ExchangeQueue();
        onewaysBeingWritten.drain(oneways::add);
        open.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener((ChannelFutureListener) written -> {
            if (written.isSuccess()) {
                oneways.drain(Exchange::handedOver);
            } else {
                RemotingException lost = new RemotingException(
                        FailureKind.CONNECTION_LOST, true, "connection lost while it was written", written.cause());
                oneways.drain(exchange -> exchange.failed(lost));
            }
        });
    }

    // ---- time

    private void scanWhileBusy() {
        if (!scanning && isBusy()) {
            scanning = true;
            loop.schedule(this::scan, SCAN_INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private boolean isBusy() {
        return state != State.CLOSED && (inFlight.size() > 0 || !waiting.isEmpty());
    }

    private void scan() {
        scanning = false;
        long now = System.nanoTime();
        inFlight.removeExpired(
                now, late -> late.failed(new RemotingException(FailureKind.TIMEOUT, true, "no answer", null)));
        if (!waiting.isEmpty()) {
            boolean connecting = state == State.CONNECTING;
            waiting.removeIf(
                    exchange -> exchange.expiry() - now <= 0,
                    late -> late.failed(new RemotingException(
                            FailureKind.TIMEOUT,
                            false,
                            connecting ? "connection not open yet" : "not written yet",
                            null)));
        }
        closeWhenDrained();
        scanWhileBusy();
    }

    // ---- the end

    private void end(FailureKind kind, String reason, @Nullable Throwable cause, boolean failed) {
        if (state == State.CLOSED) {
            return;
        }
        state = State.CLOSED;
        retire(failed);
        if (frames != null) {
            frames.discard();
        }
        if (inFlight.size() > 0) {
            RemotingException lost = new RemotingException(kind, true, reason, cause);
            inFlight.drain(exchange -> exchange.failed(lost));
        }
        failUnwritten(kind, reason, cause);
    }

    private void retire(boolean failed) {
        if (!retired) {
            retired = true;
            listener.retired(this, failed);
            inbox.closeAndDrainTo(waiting);
        }
    }

    private void failUnwritten(FailureKind kind, String reason, @Nullable Throwable cause) {
        if (!waiting.isEmpty()) {
            RemotingException failure = new RemotingException(kind, false, reason, cause);
            waiting.drain(exchange -> exchange.failed(failure));
        }
    }

    /** Nothing that a server may ask for is served here yet, so it is told so, unless it wants no answer. */
    private void answerRequest(RemotingCommand request) {
        Channel open = channel;
        OutboundFrames out = frames;
        log.debug("{} asks: {}", endpoint, request);
        if (!request.isOneway() && open != null && out != null && state != State.CLOSED) {
            RemotingCommand refusal = RemotingCommand.response(
                    ResponseCode.REQUEST_CODE_NOT_SUPPORTED.code(),
                    request.opaque(),
                    "request code " + request.code() + " is not supported");
            CommandExchange.writeFrame(refusal, request.opaque(), out);
            flush(open, out);
        }
    }
}
