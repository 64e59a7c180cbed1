package io.mqproducer.test.socket;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.Consumer;

/** A listening port of 127.0.0.1 and the thread that accepts on it. */
public final class Listener implements AutoCloseable {

    /** Small, so that a peer that stops reading soon stops its client's writing. */
    private static final int RECEIVE_BUFFER = 64 * 1024;

    private final ServerSocket server;
    private final Consumer<Socket> accepted;
    private final Thread thread;

    /** Port 0 takes a free one. */
    public Listener(int port, Consumer<Socket> accepted) {
        try {
            this.server = new ServerSocket();
            server.setReuseAddress(true);
            server.setReceiveBufferSize(RECEIVE_BUFFER);
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1024);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on 127.0.0.1:" + port, e);
        }
        this.accepted = accepted;
        this.thread = DaemonThreads.create("scripted-peer-" + port() + "-accept", this::acceptToTheEnd);
    }

    public void start() {
        thread.start();
    }

    public int port() {
        return server.getLocalPort();
    }

    private void acceptToTheEnd() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                accepted.accept(socket);
            } catch (IOException e) {
                // Closed here, or a client that went away before it was accepted.
            }
        }
    }

    /** Frees the port; the connections accepted so far stay. */
    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        DaemonThreads.join(thread);
    }
}
