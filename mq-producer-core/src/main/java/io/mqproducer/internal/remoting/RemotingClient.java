package io.mqproducer.internal.remoting;

import io.mqproducer.internal.protocol.RemotingCommand;
import io.mqproducer.internal.protocol.ResponseCode;
import io.mqproducer.internal.util.Endpoint;
import io.mqproducer.internal.util.Throttle;
import io.mqproducer.message.FailureKind;
import io.mqproducer.spi.CredentialsProvider;
import io.netty.buffer.ByteBufAllocator;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exchanges requests and answers with servers of one kind, over one connection each, which is opened by the first
 * request however many ask at once, and opened anew when it is lost. Thread-safe; no method waits for anything.
 *
 * <p>Name servers and brokers have a client each, so that nothing meant for one kind can be written to the other.
 */
public final class RemotingClient implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RemotingClient.class);

    /**
     * How connections are made.
     *
     * @param maxInboundFrame the most bytes that a server may send at once; what says it is longer ends the connection
     * @param credentials what requests are signed with, or null if they are not signed
     * @param tls encrypts connections, or null if they are not encrypted
     * @param batches how messages are gathered, or null if each is written by itself
     */
    public record Settings(
            ByteBufAllocator allocator,
            Duration connectTimeout,
            Duration idleTimeout,
            int maxInboundFrame,
            SocksProxies proxies,
            @Nullable CredentialsProvider credentials,
            @Nullable TlsHandlers tls,
            @Nullable BatchLimits batches) {

        /** The same, but for the size of frames. */
        public Settings withMaxInboundFrame(int bytes) {
            return new Settings(allocator, connectTimeout, idleTimeout, bytes, proxies, credentials, tls, batches);
        }
    }

    private final EventLoops eventLoops;
    private final Connector connector;
    private final Duration greetingTimeout;
    private final @Nullable Supplier<RemotingCommand> greeting;
    private final @Nullable BatchLimits batches;
    private final Map<Integer, ServerRequestHandler> handlers;
    private final Map<Endpoint, Connection> connections = new ConcurrentHashMap<>();
    private final Map<Endpoint, ConnectBackoff> backoffs = new ConcurrentHashMap<>();
    private final Map<Endpoint, Connection> open = new ConcurrentHashMap<>();
    private final Map<Endpoint, CompletableFuture<Integer>> versions = new ConcurrentHashMap<>();
    private final Map<Connection, Watch> alive = new ConcurrentHashMap<>(); // those too that only wait for answers
    private final Throttle unmatchedLog = new Throttle(Duration.ofSeconds(1));
    private volatile Set<Endpoint> alsoRetained = Set.of();
    private volatile boolean closed;

    /**
     * Opens nothing yet.
     *
     * @param resolver stays its giver's to close, as the event loops
     * @param greeting the request that is first on every new connection, or null for none
     * @param handlers who does what servers ask for, by request code; all else is refused
     */
    public RemotingClient(
            EventLoops eventLoops,
            HostResolver resolver,
            Settings settings,
            @Nullable Supplier<RemotingCommand> greeting,
            Map<Integer, ServerRequestHandler> handlers) {
        this.eventLoops = eventLoops;
        this.connector = new Connector(eventLoops, resolver, settings);
        this.greetingTimeout = settings.connectTimeout();
        this.greeting = greeting;
        this.batches = settings.batches();
        this.handlers = Map.copyOf(handlers);
    }

    /**
     * Hands an exchange to the server's connection.
     *
     * @return false if this client is closed; the exchange is then still the caller's
     */
    public boolean submit(Endpoint endpoint, Exchange exchange) {
        while (!closed) {
            Connection connection = connections.get(endpoint);
            if (connection == null) {
                connection = connect(endpoint);
            }
            if (connection.submit(exchange)) {
                return true;
            }
            connections.remove(endpoint, connection); // it is over; whoever ended it may not have come to this yet
        }
        return false;
    }

    /**
     * Sends a request; the future completes on an event loop with the answer, whatever its code, or with a {@link
     * RemotingException}.
     */
    public CompletableFuture<RemotingCommand> invoke(Endpoint endpoint, RemotingCommand request, Duration timeout) {
        CommandExchange exchange = new CommandExchange(request, System.nanoTime() + timeout.toNanos());
        if (!submit(endpoint, exchange)) {
            exchange.failed(new RemotingException(FailureKind.CLOSED, false, "producer is closed", null));
        }
        return exchange.answer();
    }

    /** Opens the connection to a server if there is none, so that the first request need not wait for it. */
    public void warmUp(Endpoint endpoint) {
        if (!closed && !connections.containsKey(endpoint)) {
            connect(endpoint);
        }
    }

    /**
     * The version of RocketMQ that a server has said it is; completes, on an event loop, when it has first answered anything
     * but a send.
     */
    public CompletableFuture<Integer> versionOf(Endpoint endpoint) {
        return versions.computeIfAbsent(endpoint, server -> new CompletableFuture<>());
    }

    /** Whether the server has answered the greeting of the connection that is open now, so that it knows who we are. */
    public boolean isGreeted(Endpoint endpoint) {
        Connection connection = open.get(endpoint);
        Watch watch = connection == null ? null : alive.get(connection);
        return watch != null && watch.isGreeted();
    }

    /**
     * Sees to it that the server knows who we are: connects if need be, and greets once more if the greeting has failed.
     *
     * @return completes when the server has answered, or exceptionally when that has failed; on an event loop, or at once
     */
    public CompletableFuture<?> greet(Endpoint endpoint) {
        warmUp(endpoint);
        Connection connection = connections.get(endpoint);
        Watch watch = connection == null ? null : alive.get(connection);
        return connection == null || watch == null
                ? CompletableFuture.failedFuture(
                        new RemotingException(FailureKind.CONNECTION_LOST, false, "connection closed", null))
                : watch.greeted(connection);
    }

    /** The servers to which a connection is open, as they are at this moment. */
    public Set<Endpoint> connected() {
        return Set.copyOf(open.keySet());
    }

    /** Keeps the connections to these servers, too, when others are no longer wanted; in place of those named before. */
    public void alsoRetain(Set<Endpoint> servers) {
        alsoRetained = Set.copyOf(servers);
    }

    /** Closes the connections to all servers but these, once what is in flight there is answered. */
    public void retainAll(Set<Endpoint> wanted) {
        Set<Endpoint> retained = new HashSet<>(wanted);
        retained.addAll(alsoRetained);
        connections.forEach((endpoint, connection) -> {
            if (!retained.contains(endpoint)) {
                connection.loop().execute(connection::drain);
            }
        });
        backoffs.keySet().retainAll(retained);
        versions.keySet().retainAll(retained);
        connector.retainAll(retained);
    }

    /** Closes all connections; what is in flight fails with kind {@code CLOSED}. */
    @Override
    public void close() {
        closed = true;
        alive.keySet().forEach(RemotingClient::shutDown);
    }

    private static void shutDown(Connection connection) {
        try {
            connection.loop().execute(connection::shutDown);
        } catch (RejectedExecutionException e) { // its event loop has ended, so nobody else touches it
            connection.shutDown();
        }
    }

    private Connection connect(Endpoint endpoint) {
        Watch watch = new Watch();
        Connection candidate = new Connection(endpoint, eventLoops.next(), watch, batches);
        alive.put(candidate, watch); // before anybody finds it
        Connection existing = connections.putIfAbsent(endpoint, candidate);
        if (existing != null) {
            alive.remove(candidate);
            return existing;
        }
        if (closed) { // meanwhile, and close() may not have seen this one
            shutDown(candidate);
        } else {
            open(candidate);
        }
        return candidate;
    }

    /** Begins to open it, now or when the server has had its rest. */
    private void open(Connection candidate) {
        ConnectBackoff backoff = backoffs.get(candidate.endpoint());
        long delay = backoff == null ? 0 : backoff.remaining(System.nanoTime());
        try {
            candidate.loop().schedule(() -> connector.connect(candidate), delay, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) { // the event loops have ended meanwhile
            candidate.shutDown();
        }
    }

    /** Keeps the books of one connection; on its event loop. */
    private final class Watch implements ConnectionListener {

        private final UnmatchedAnswers unmatched = new UnmatchedAnswers();
        private @Nullable ServerRequests requests; // made for the first one

        /** Of the first greeting, and of the latest if that has failed. */
        private volatile CompletableFuture<RemotingCommand> greeted = new CompletableFuture<>();

        boolean isGreeted() {
            return isGood(greeted);
        }

        private static boolean isGood(CompletableFuture<RemotingCommand> answer) {
            return answer.isDone()
                    && !answer.isCompletedExceptionally()
                    && answer.join().code() == ResponseCode.SUCCESS.code();
        }

        /** Any thread. */
        synchronized CompletableFuture<RemotingCommand> greeted(Connection connection) {
            CompletableFuture<RemotingCommand> latest = greeted;
            if (latest.isDone() && !isGood(latest) && greeting != null) {
                CommandExchange again = greetingOf(greeting);
                greeted = again.answer();
                if (!connection.submit(again)) {
                    again.failed(new RemotingException(FailureKind.CONNECTION_LOST, false, "connection closed", null));
                }
            }
            return greeted;
        }

        private CommandExchange greetingOf(Supplier<RemotingCommand> words) {
            return new CommandExchange(words.get(), System.nanoTime() + greetingTimeout.toNanos());
        }

        @Override
        public @Nullable Exchange opened(Connection connection) {
            log.debug("connected to {}", connection.endpoint());
            open.put(connection.endpoint(), connection);
            if (greeting == null) {
                return null;
            }
            CommandExchange first = greetingOf(greeting);
            CompletableFuture<RemotingCommand> told = greeted;
            first.answer().whenComplete((answer, failure) -> {
                if (failure == null) {
                    told.complete(answer);
                } else {
                    told.completeExceptionally(failure);
                }
            });
            return first;
        }

        @Override
        public void proven(Connection connection) {
            backoffs.remove(connection.endpoint());
        }

        @Override
        public void introduced(Connection connection, int version) {
            versionOf(connection.endpoint()).complete(version);
        }

        @Override
        public void retired(Connection connection, boolean failed) {
            Endpoint endpoint = connection.endpoint();
            connections.remove(endpoint, connection);
            open.remove(endpoint, connection);
            if (failed) {
                backoffs.computeIfAbsent(endpoint, server -> new ConnectBackoff())
                        .failed(System.nanoTime());
            }
        }

        @Override
        public void ended(Connection connection) {
            alive.remove(connection);
            greeted.completeExceptionally(
                    new RemotingException(FailureKind.CONNECTION_LOST, false, "connection closed", null));
        }

        @Override
        public void requested(Connection connection, RemotingCommand request) {
            ServerRequests known = requests;
            if (known == null) {
                known = new ServerRequests(connection, handlers);
                requests = known;
            }
            known.take(request, System.nanoTime());
        }

        @Override
        public void unmatched(Connection connection) {
            long now = System.nanoTime();
            if (unmatchedLog.permits(now)) {
                log.debug(
                        "dropped an answer of {} that nobody waits for (any more), and {} before it",
                        connection.endpoint(),
                        unmatchedLog.takeHeldBack());
            }
            if (unmatched.addAndCheck(now)) {
                connection.close(new IllegalStateException("flood of answers to nothing"));
            }
        }
    }
}
