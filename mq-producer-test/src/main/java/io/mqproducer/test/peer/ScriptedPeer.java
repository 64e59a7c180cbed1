package io.mqproducer.test.peer;

import io.mqproducer.test.peer.Delivery.Ending;
import io.mqproducer.test.peer.codec.Frame;
import io.mqproducer.test.peer.codec.Header;
import io.mqproducer.test.peer.codec.Serialization;
import io.mqproducer.test.socket.Listener;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A name server or broker on 127.0.0.1 that answers each request as a script says and records all it gets. Heartbeats and
 * unregistering succeed, other codes are not supported, until scripted. Thread-safe; threads are daemons, and
 * {@link #close()} leaves none. All that is received stays in memory until they are {@link #forget() forgotten}.
 */
public final class ScriptedPeer implements AutoCloseable {

    private static final int HEART_BEAT = 34;
    private static final int UNREGISTER_CLIENT = 35;
    private static final int REQUEST_CODE_NOT_SUPPORTED = 3;

    private final Map<Integer, Script> scripts = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable Listener> listener = new AtomicReference<>();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final AtomicInteger pushOpaque = new AtomicInteger();
    private final Traffic traffic = new Traffic(this);
    private final int port;
    private volatile Script otherwise =
            request -> Reply.code(REQUEST_CODE_NOT_SUPPORTED, " request type " + request.code() + " not supported");
    private volatile Reply greeting = Reply.never();

    private ScriptedPeer(int port) {
        Listener first = new Listener(port, this::accepted);
        this.port = first.port();
        listener.set(first);
        scripts.put(HEART_BEAT, Reply.success("IS_SUB_CHANGE", "false", "IS_SUPPORT_HEART_BEAT_V2", "true"));
        scripts.put(UNREGISTER_CLIENT, Reply.success());
        first.start();
    }

    /** A peer on a free port. */
    public static ScriptedPeer start() {
        return start(0);
    }

    public static ScriptedPeer start(int port) {
        return new ScriptedPeer(port);
    }

    public int port() {
        return port;
    }

    /** Such as {@code 127.0.0.1:12345}. */
    public String address() {
        return "127.0.0.1:" + port;
    }

    /** Answers requests of this code from now on. */
    public ScriptedPeer on(int code, Script script) {
        scripts.put(code, script);
        return this;
    }

    /** Answers requests of the codes that have no script of their own. */
    public ScriptedPeer onOther(Script script) {
        otherwise = script;
        return this;
    }

    /** What each new connection gets before it has asked anything: bytes, a close, a reset. */
    public ScriptedPeer onConnect(Reply reply) {
        greeting = reply;
        return this;
    }

    /** Keeps requests of this code waiting from now on. */
    public Hold hold(int code) {
        Hold hold = new Hold(this, code, script(code));
        on(code, hold::keep);
        return hold;
    }

    /** What answers requests of this code now, to build upon. */
    public Script script(int code) {
        Script script = scripts.get(code);
        return script != null ? script : otherwise;
    }

    private void accepted(Socket socket) {
        PeerConnection connection = traffic.connect(socket);
        Request nothing = new Request(Frame.request(0, 0), connection.number(), port, System.nanoTime());
        answer(nothing, greeting);
        connection.start();
    }

    /** Runs a script for a request, whenever that was received. */
    void answer(Request request, Script script) {
        try {
            for (Reply part : script.reply(request).parts()) {
                Delivery delivery = part.delivery();
                if (request.isOneway() && !delivery.toOneway()) {
                    continue;
                }
                ScriptedPeer onto = delivery.onto();
                PeerConnection target = onto == null ? traffic.connection(request.connection()) : onto.newest();
                target.deliver(part.bytes(request.frame()), delivery);
            }
        } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
        }
    }

    /** All requests since the start, in the order in which they were complete. */
    public List<Request> requests() {
        return traffic.requests();
    }

    public List<Request> requests(int code) {
        return traffic.requests(code);
    }

    /** Waits until there are as many requests of this code, and returns all of them. */
    public List<Request> awaitRequests(int code, int count, Duration timeout) {
        traffic.awaitRequests(code, count, timeout);
        return requests(code);
    }

    /** All responses that clients sent, to pushed requests or out of the blue. */
    public List<Request> answers() {
        return traffic.answers();
    }

    /** Every byte that ever arrived, frame or not, connection after connection. */
    public byte[] receivedBytes() {
        return traffic.bytes();
    }

    /** Drops the record of requests, answers and bytes, for tests that send more than fits into memory. */
    public void forget() {
        traffic.forget();
    }

    public Connections connections() {
        return traffic.connections();
    }

    /** Waits until exactly as many connections are open. */
    public void awaitOpenConnections(int count, Duration timeout) {
        traffic.awaitOpen(count, timeout);
    }

    /** Waits until at least as many connections have been accepted since the start. */
    public void awaitAcceptedConnections(int count, Duration timeout) {
        traffic.awaitAccepted(count, timeout);
    }

    /** Closes the port, so that connects are refused; open connections stay. */
    public void stopListening() {
        Listener stopped = listener.getAndSet(null);
        if (stopped != null) {
            stopped.close();
        }
    }

    /** Opens the same port again. */
    public void listenAgain() {
        if (listener.get() == null) {
            Listener again = new Listener(port, this::accepted);
            listener.set(again);
            again.start();
        }
    }

    /** Accepts, but reads no more, so that clients' windows fill; one last chunk of up to 64 KiB may still be read. */
    public void stopReading() {
        traffic.read(false);
    }

    public void resumeReading() {
        traffic.read(true);
    }

    /** Ends all connections with FIN. */
    public void closeConnections() {
        end(Ending.CLOSE);
    }

    /** Ends all connections with RST. */
    public void resetConnections() {
        end(Ending.RESET);
    }

    private void end(Ending ending) {
        List<PeerConnection> open = traffic.openConnections();
        open.forEach(connection -> connection.end(ending));
        open.forEach(PeerConnection::awaitReader);
    }

    /** Closes the port and resets all connections, as if the process had died; {@link #listenAgain()} restarts it. */
    public void crash() {
        stopListening();
        resetConnections();
    }

    /** Sends a request on the newest open connection; the future is the client's answer. */
    public CompletableFuture<Request> push(int code, Map<String, String> fields, byte[] body) {
        Header header = new Header(code, "JAVA", Frame.VERSION_5_5_0, pushOpaque.incrementAndGet(), 0, null, fields);
        return push(Frame.encode(Serialization.JSON, header, body));
    }

    /** Sends any frame on the newest open connection; the future is the client's response with its opaque, if any comes. */
    public CompletableFuture<Request> push(Frame frame) {
        return newest().push(frame);
    }

    /** Sends bytes on the newest open connection. */
    public void send(byte[] bytes) {
        newest().send(bytes);
    }

    /** Sends bytes on the connection of this number. */
    public void send(int connection, byte[] bytes) {
        traffic.connection(connection).send(bytes);
    }

    private PeerConnection newest() {
        List<PeerConnection> open = traffic.openConnections();
        if (open.isEmpty()) {
            throw new IllegalStateException("no open connection at " + address());
        }
        return open.get(open.size() - 1);
    }

    /**
     * Frees the port, ends all connections and waits for the threads.
     *
     * @throws IllegalStateException if a script had thrown
     */
    @Override
    public void close() {
        stopListening();
        closeConnections();
        traffic.allConnections().forEach(PeerConnection::awaitThreads);
        Throwable thrown = failure.getAndSet(null);
        if (thrown != null) {
            throw new IllegalStateException("a script of " + address() + " failed", thrown);
        }
    }
}
