package io.mqproducer.test.proxy;

import io.mqproducer.test.socket.Listener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A bad line on command: a port of 127.0.0.1 whose connections go on to a server, through {@link Toxics} each way that
 * are switched while they run. Thread-safe; threads are daemons, and {@link #close()} leaves none.
 */
public final class TcpProxy implements AutoCloseable {

    private static final int CONNECT_TIMEOUT_MILLIS = 5_000;

    /** Small, so that a frozen line soon stops its senders. */
    private static final int BUFFER = 64 * 1024;

    private final Toxics upstream = new Toxics();
    private final Toxics downstream = new Toxics();
    private final AtomicReference<@Nullable Listener> listener = new AtomicReference<>();
    private final AtomicInteger accepted = new AtomicInteger();
    private final Queue<ProxiedConnection> all = new ConcurrentLinkedQueue<>();
    private final int port;
    private volatile InetSocketAddress target;

    private TcpProxy(InetSocketAddress target) {
        this.target = target;
        Listener first = new Listener(0, this::accepted);
        this.port = first.port();
        listener.set(first);
        first.start();
    }

    /** A proxy on a free port; a target that does not listen is met when a client connects. */
    public static TcpProxy start(InetSocketAddress target) {
        return new TcpProxy(target);
    }

    /** A proxy for a port of this machine. */
    public static TcpProxy start(int targetPort) {
        return start(new InetSocketAddress(InetAddress.getLoopbackAddress(), targetPort));
    }

    public int port() {
        return port;
    }

    /** Such as {@code 127.0.0.1:12345}. */
    public String address() {
        return "127.0.0.1:" + port;
    }

    /** From clients to the server. */
    public Toxics upstream() {
        return upstream;
    }

    /** From the server to clients. */
    public Toxics downstream() {
        return downstream;
    }

    /** Ends all toxics of both directions. */
    public void clear() {
        upstream.clear();
        downstream.clear();
    }

    public void freeze() {
        upstream.freeze();
        downstream.freeze();
    }

    public void unfreeze() {
        upstream.unfreeze();
        downstream.unfreeze();
    }

    public void swallow() {
        upstream.swallow();
        downstream.swallow();
    }

    /** Sends new connections elsewhere; those that are open stay. */
    public void retarget(InetSocketAddress other) {
        target = other;
    }

    /** Ends all connections with RST on both sides. */
    public void reset() {
        end(true);
    }

    /** Ends all connections with FIN on both sides. */
    public void closeConnections() {
        end(false);
    }

    private void end(boolean reset) {
        List<ProxiedConnection> ending = List.copyOf(all);
        ending.forEach(connection -> connection.end(reset));
        ending.forEach(ProxiedConnection::awaitThreads);
    }

    /** Closes the port, so that connects are refused; open connections stay. */
    public void refuse() {
        Listener stopped = listener.getAndSet(null);
        if (stopped != null) {
            stopped.close();
        }
    }

    /** Opens the same port again. */
    public void acceptAgain() {
        if (listener.get() == null) {
            Listener again = new Listener(port, this::accepted);
            listener.set(again);
            again.start();
        }
    }

    /** How many are open now. */
    public int connections() {
        return (int) all.stream().filter(ProxiedConnection::isOpen).count();
    }

    /** How many were accepted since the start. */
    public int acceptedConnections() {
        return accepted.get();
    }

    /** Runs on the accepting thread, so a target that does not answer keeps further clients waiting. */
    private void accepted(Socket client) {
        int number = accepted.getAndIncrement();
        Socket server = new Socket();
        try {
            server.setReceiveBufferSize(BUFFER);
            server.connect(target, CONNECT_TIMEOUT_MILLIS);
            server.setTcpNoDelay(true);
        } catch (IOException e) {
            ProxiedConnection.close(server, false);
            ProxiedConnection.close(client, true);
            return;
        }
        String name = "scripted-peer-proxy-" + port + "-" + number;
        ProxiedConnection connection = new ProxiedConnection(this, name, client, server);
        all.add(connection);
        connection.start();
    }

    /** Frees the port, ends all connections and waits for the threads. */
    @Override
    public void close() {
        refuse();
        end(false);
    }
}
