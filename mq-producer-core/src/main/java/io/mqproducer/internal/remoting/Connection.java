package io.mqproducer.internal.remoting;

import io.mqproducer.internal.protocol.ProtocolException;
import io.mqproducer.internal.protocol.RemotingCommand;
import io.mqproducer.internal.protocol.ResponseCode;
import io.mqproducer.internal.protocol.SendMessageResponse;
import io.mqproducer.internal.util.Endpoint;
import io.mqproducer.message.FailureKind;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
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

        /** Over, with nothing left in it; called once. */
        void ended(Connection connection);

        /** An answer that nobody waits for. */
        void unmatched(Connection connection);

        /** Something that the server asks of us. */
        void requested(Connection connection, RemotingCommand request);
    }

    private final Endpoint endpoint;
    private final EventLoop loop;
    private final Listener listener;
    private final Inbox inbox = new Inbox();
    private final Runnable takeInbox = this::takeInbox;
    private final OnewayWindow onewayWindow;
    private final WaitingExchanges waiting;
    private final ExchangeQueue undelivered = new ExchangeQueue(); // answered by what is being read
    private final InFlightTable inFlight =
            new InFlightTable(ThreadLocalRandom.current().nextInt());
    private final SilenceWatch silence = new SilenceWatch();
    private @Nullable Channel channel;
    private @Nullable RequestWriter writer;
    private State state = State.CONNECTING;
    private boolean proven;
    private boolean retired;
    private boolean scanning;
    private boolean reading;
    private long readAt;
    private volatile long openedAt; // written once
    private @Nullable Throwable closeCause;

    Connection(Endpoint endpoint, EventLoop loop, Listener listener) {
        this(endpoint, loop, listener, new OnewayWindow(endpoint, OnewayWindow.PATIENCE));
    }

    Connection(Endpoint endpoint, EventLoop loop, Listener listener, OnewayWindow onewayWindow) {
        this.endpoint = endpoint;
        this.loop = loop;
        this.listener = listener;
        this.onewayWindow = onewayWindow;
        this.waiting = new WaitingExchanges(onewayWindow);
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

    void connected(Channel opened) {
        if (state != State.CONNECTING) { // closed in the meantime
            opened.close();
            return;
        }
        channel = opened;
        openedAt = System.nanoTime();
        writer = new RequestWriter(opened, inFlight, onewayWindow, this::closeWhenDrained);
        state = State.OPEN;
        Exchange greeting = listener.opened(this);
        if (greeting != null) {
            writer.writeAtOnce(greeting);
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
        silence.heard();
        if (!command.isResponse()) {
            listener.requested(this, command);
            return;
        }
        Exchange exchange = pair(command.opaque());
        if (exchange != null) {
            if (command.code() == ResponseCode.GO_AWAY.code() && state == State.OPEN) {
                log.info("{} goes away: what is in flight may still be answered, new requests connect anew", endpoint);
                drain();
            }
            exchange.answered(command);
            closeWhenDrained();
        }
    }

    /** The answer to nearly all requests. */
    void stored(SendMessageResponse response) {
        silence.heard();
        Exchange exchange = pair(response.opaque());
        if (exchange != null) {
            if (exchange.stored(response, timeOfRead())) {
                undelivered.add(exchange);
            }
            closeWhenDrained();
        }
    }

    /** One look at the clock for all that a read brings. */
    private long timeOfRead() {
        if (!reading) {
            reading = true;
            readAt = System.nanoTime();
        }
        return readAt;
    }

    /** Takes out the exchange that has been answered; null if there is none. */
    private @Nullable Exchange pair(int opaque) {
        Exchange exchange = inFlight.remove(opaque);
        if (exchange == null || exchange.oneway()) {
            unmatched(exchange);
            return null;
        }
        if (!proven) {
            proven = true;
            listener.proven(this);
        }
        return exchange;
    }

    /** An answer to nothing; one to a one-way request must not end it either. */
    private void unmatched(@Nullable Exchange oneway) {
        if (oneway != null) {
            inFlight.putBack(oneway);
        }
        listener.unmatched(this);
    }

    private void closeWhenDrained() {
        if (state == State.DRAINING && inFlight.size() == 0) {
            close(null);
        }
    }

    /** All that one read brought has been handed out. */
    void readComplete() {
        reading = false;
        deliver();
        takeInbox();
    }

    private void deliver() {
        Exchange first = undelivered.peek();
        if (first != null) {
            first.deliver(undelivered);
        }
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
            waiting.take(inbox);
            writeWaiting();
            scanWhileBusy();
        }
    }

    private void writeWaiting() {
        if (state == State.OPEN && writer != null) {
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
        return state != State.CLOSED && (inFlight.size() > 0 || !waiting.isEmpty());
    }

    private void scan() {
        scanning = false;
        long now = System.nanoTime();
        boolean tooLong = silence.isTooLong(inFlight.size() > 0, now);
        if (giveUpExpired(now) || tooLong) {
            log.info("{} has fallen silent: its connection is closed", endpoint);
            close(null);
        }
        if (!waiting.isEmpty()) {
            boolean connecting = state == State.CONNECTING;
            waiting.removeIf(
                    exchange -> exchange.expiry() - now <= 0,
                    late -> fail(
                            late,
                            new RemotingException(
                                    FailureKind.TIMEOUT,
                                    false,
                                    connecting ? "connection not open yet" : "not written yet",
                                    null)));
            writeWaiting(); // a question to the broker that was given up may have made room for one-way messages
        }
        closeWhenDrained();
        scanWhileBusy();
    }

    /** Tells whether the silence of the server means that it is dead. */
    private boolean giveUpExpired(long now) {
        boolean[] dead = new boolean[1];
        inFlight.removeExpired(now, late -> {
            dead[0] |= silence.unanswered(late.opaque, inFlight.nextOpaque(), now);
            fail(late, new RemotingException(FailureKind.TIMEOUT, true, "no answer", null));
        });
        if (inFlight.size() == 0) {
            silence.nothingWaits();
        }
        return dead[0];
    }

    // ---- the end

    private void end(FailureKind kind, String reason, @Nullable Throwable cause, boolean failed) {
        if (state == State.CLOSED) {
            return;
        }
        state = State.CLOSED;
        retire(failed);
        if (writer != null) {
            writer.discard();
        }
        if (inFlight.size() > 0) {
            RemotingException lost = new RemotingException(kind, true, reason, cause);
            inFlight.drain(exchange -> fail(exchange, lost));
        }
        failUnwritten(kind, reason, cause);
        listener.ended(this);
    }

    /** One exchange that cannot cope with its failure must not keep the others from theirs. */
    private static void fail(Exchange exchange, RemotingException failure) {
        try {
            exchange.failed(failure);
        } catch (RuntimeException | Error e) {
            log.error("an exchange failed to take note of its failure", e);
        }
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
            waiting.drain(exchange -> fail(exchange, failure));
        }
    }
}
