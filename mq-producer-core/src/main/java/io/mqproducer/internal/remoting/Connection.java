package io.mqproducer.internal.remoting;

import io.mqproducer.internal.protocol.ProtocolException;
import io.mqproducer.internal.protocol.RemotingCommand;
import io.mqproducer.internal.protocol.ResponseCode;
import io.mqproducer.internal.protocol.SendMessageResponse;
import io.mqproducer.internal.ssl.SslFailure;
import io.mqproducer.internal.util.Endpoint;
import io.mqproducer.message.FailureKind;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslHandler;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
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
        /**
         * Over TLS, until the greeting is answered: only then is it certain that the server has taken the producer's
         * certificate, or the lack of one, and that what is written is read by it.
         */
        GREETING,
        OPEN,
        /** What is in flight may still be answered, nothing new is written. */
        DRAINING,
        CLOSED
    }

    private final Endpoint endpoint;
    private final EventLoop loop;
    private final ConnectionListener listener;
    private final Inbox inbox = new Inbox();
    private final Runnable takeInbox = this::takeInbox;
    private final OnewayWindow onewayWindow;
    private final WaitingExchanges waiting;
    private final UnansweredRequests unanswered =
            new UnansweredRequests(ThreadLocalRandom.current().nextInt());
    private @Nullable Channel opening; // while it is not open yet
    private @Nullable Channel channel;
    private @Nullable RequestWriter writer;
    private State state = State.CONNECTING;
    private boolean securing;
    private boolean encrypted;
    private boolean proven;
    private boolean introduced;
    private boolean retired;
    private boolean scanning;
    private volatile long openedAt; // written once
    private @Nullable Throwable closeCause;

    /** @param batches null if no exchanges are written together */
    Connection(Endpoint endpoint, EventLoop loop, ConnectionListener listener, @Nullable BatchLimits batches) {
        this(endpoint, loop, listener, new OnewayWindow(endpoint, OnewayWindow.PATIENCE), batches);
    }

    Connection(
            Endpoint endpoint,
            EventLoop loop,
            ConnectionListener listener,
            OnewayWindow onewayWindow,
            @Nullable BatchLimits batches) {
        this.endpoint = endpoint;
        this.loop = loop;
        this.listener = listener;
        this.onewayWindow = onewayWindow;
        this.waiting = new WaitingExchanges(
                onewayWindow, batches == null ? null : new BatchGathering(batches, unanswered.answered()));
    }

    Endpoint endpoint() {
        return endpoint;
    }

    /** When it was opened, by {@link System#nanoTime}; for anyone who has heard of it since. */
    long openedAt() {
        return openedAt;
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
            try {
                loop.execute(takeInbox);
            } catch (RejectedExecutionException e) { // the event loop has ended, so nobody else touches the state
                shutDown();
            }
        }
        return push != Inbox.Push.CLOSED;
    }

    // ---- what the channel reports, on the event loop

    /** A channel is on its way to the server; it is given up when the connection is. */
    void opening(Channel channelToBe) {
        opening = channelToBe;
        if (state != State.CONNECTING) {
            channelToBe.close();
        }
    }

    /** @param signer signs its requests, or null if they are not signed */
    void connected(Channel opened, @Nullable RequestSigner signer) {
        opening = null;
        if (state != State.CONNECTING) { // closed in the meantime
            opened.close();
            return;
        }
        channel = opened;
        openedAt = System.nanoTime();
        writer = new RequestWriter(opened, signer, unanswered.inFlight(), onewayWindow, this::closeWhenDrained);
        Exchange greeting = listener.opened(this);
        encrypted = opened.pipeline().get(SslHandler.class) != null;
        state = encrypted && greeting != null ? State.GREETING : State.OPEN;
        if (greeting != null) {
            writer.writeAtOnce(greeting);
            if (unanswered.isEmpty()) {
                state = State.OPEN; // it could not be written, and neither can what follows, which says why
            }
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

    /** The server is connected, and TLS with it about to begin. */
    void securing() {
        securing = true;
    }

    /** The time for opening is over, look-up of the host and handshake included. */
    void connectOverdue(Duration limit) {
        if (state == State.CONNECTING && securing) {
            end(FailureKind.TLS_FAILED, "no handshake in " + limit.toMillis() + " ms", null, true);
        } else if (state == State.CONNECTING) {
            end(FailureKind.CONNECT_FAILED, "no connection in " + limit.toMillis() + " ms", null, true);
        }
    }

    /** The server has answered what came first, and so has accepted all of the handshake. */
    private void greeted() {
        if (state == State.GREETING) {
            state = State.OPEN;
            writeWaiting();
        }
    }

    void received(RemotingCommand command) {
        unanswered.heard();
        if (!command.isResponse()) {
            listener.requested(this, command);
            return;
        }
        Exchange exchange = pair(command.opaque());
        if (exchange != null) {
            if (!introduced) {
                introduced = true;
                listener.introduced(this, command.version());
            }
            if (command.code() == ResponseCode.GO_AWAY.code() && (state == State.OPEN || state == State.GREETING)) {
                log.info("{} goes away: what is in flight may still be answered, new requests connect anew", endpoint);
                drain();
            }
            exchange.answered(command);
            greeted();
            closeWhenDrained();
        }
    }

    /** The answer to nearly all requests. */
    void stored(SendMessageResponse response) {
        unanswered.heard();
        Exchange exchange = pair(response.opaque());
        if (exchange != null) {
            unanswered.stored(exchange, response);
            closeWhenDrained();
        }
    }

    /** Takes out the exchange that has been answered; null if there is none. */
    private @Nullable Exchange pair(int opaque) {
        Exchange exchange = unanswered.pair(opaque);
        if (exchange == null) {
            listener.unmatched(this);
        } else if (!proven) {
            proven = true;
            listener.proven(this);
        }
        return exchange;
    }

    private void closeWhenDrained() {
        if (state == State.DRAINING && unanswered.isEmpty()) {
            close(null);
        }
    }

    /** All that one read brought has been handed out. */
    void readComplete() {
        unanswered.readComplete();
        takeInbox();
    }

    void writabilityChanged() {
        writeWaiting();
    }

    /** Nothing was read or written for the idle time. */
    void idle() {
        if (unanswered.isEmpty() && waiting.isEmpty()) {
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
        } else if (state == State.GREETING) {
            end(FailureKind.TLS_FAILED, SslFailure.ungreeted(cause), cause, true);
            channel.close();
        } else {
            state = State.DRAINING; // what is submitted from here on must not be taken for written
            channel.close();
        }
    }

    /** Takes nothing new, and closes once what is in flight is answered. */
    void drain() {
        if (state == State.CONNECTING) {
            end(FailureKind.CONNECTION_LOST, "no longer needed", null, false);
        } else if (state == State.GREETING) {
            end(FailureKind.CONNECTION_LOST, "no longer needed", null, false);
            closeChannel();
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
        closeChannel();
    }

    private void closeChannel() {
        if (channel != null) {
            channel.close();
        }
    }

    void disconnected() {
        if (encrypted && !proven) {
            end(FailureKind.TLS_FAILED, SslFailure.ungreeted(closeCause), closeCause, true);
        }
        String reason =
                closeCause instanceof ProtocolException ? "PROTOCOL " + closeCause.getMessage() : "connection closed";
        end(FailureKind.CONNECTION_LOST, reason, closeCause, !unanswered.isEmpty() || !proven);
    }

    // ---- writing

    private void takeInbox() {
        if (state == State.CONNECTING || state == State.GREETING || state == State.OPEN) {
            waiting.take(inbox);
            writeWaiting();
            scanWhileBusy();
        }
    }

    private void writeWaiting() {
        if (state == State.OPEN && writer != null) {
            waiting.releaseBatches();
            writer.writeAll(waiting);
        }
    }

    /** Answers a request of the server's, from any thread. */
    void answer(RemotingCommand answer) {
        if (loop.inEventLoop()) {
            writeAnswer(answer);
            return;
        }
        try {
            loop.execute(() -> writeAnswer(answer));
        } catch (RejectedExecutionException e) { // the event loop has ended, and the connection with it
            log.debug("no answer to {} any more: {}", endpoint, answer);
        }
    }

    private void writeAnswer(RemotingCommand answer) {
        if (writer != null && state != State.CLOSED) {
            writer.answer(answer);
        }
    }

    // ---- time

    private void scanWhileBusy() {
        if (!scanning && isBusy()) {
            scanning = true;
            loop.schedule(this::scan, SCAN_INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private boolean isBusy() {
        return state != State.CLOSED && (!unanswered.isEmpty() || !waiting.isEmpty());
    }

    private void scan() {
        scanning = false;
        long now = System.nanoTime();
        if (unanswered.giveUpExpired(now)) {
            log.info("{} has fallen silent: its connection is closed", endpoint);
            close(null);
        }
        if (!waiting.isEmpty()) {
            boolean connecting = state == State.CONNECTING || state == State.GREETING;
            waiting.removeIf(
                    exchange -> exchange.expiry() - now <= 0,
                    late -> late.failSafely(new RemotingException(
                            FailureKind.TIMEOUT,
                            false,
                            connecting ? "connection not open yet" : "not written yet",
                            null)));
            writeWaiting(); // a question to the broker that was given up may have made room for one-way messages
        }
        if (state == State.GREETING && unanswered.isEmpty()) {
            end(FailureKind.TIMEOUT, "the first heartbeat is not answered", null, true);
            closeChannel();
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
        if (opening != null) {
            opening.close();
            opening = null;
        }
        if (writer != null) {
            writer.discard();
        }
        if (!unanswered.isEmpty()) {
            unanswered.failAll(new RemotingException(kind, true, reason, cause));
        }
        failUnwritten(kind, reason, cause);
        listener.ended(this);
    }

    private void retire(boolean failed) {
        if (!retired) {
            retired = true;
            listener.retired(this, failed);
            waiting.takeLast(inbox);
        }
    }

    private void failUnwritten(FailureKind kind, String reason, @Nullable Throwable cause) {
        if (!waiting.isEmpty()) {
            RemotingException failure = new RemotingException(kind, false, reason, cause);
            waiting.drain(exchange -> exchange.failSafely(failure));
        }
    }
}
