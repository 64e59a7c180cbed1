package io.mqproducer.test.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/**
 * A port of 127.0.0.1 that answers no SYN, as an address behind a dropping firewall: it listens, but its queue of
 * connections to accept is full. Relies on Linux, which drops the SYN then.
 */
public final class BlackholedPort implements AutoCloseable {

    private static final int FILL_TIMEOUT_MILLIS = 300;
    private static final int MOST_FILLERS = 64;

    private final ServerSocket server;
    private final List<Socket> fillers = new ArrayList<>();

    private BlackholedPort(ServerSocket server) {
        this.server = server;
    }

    /** Takes a free port and fills its queue. */
    public static BlackholedPort open() {
        try {
            BlackholedPort port = new BlackholedPort(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            port.fill();
            return port;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void fill() throws IOException {
        while (fillers.size() < MOST_FILLERS) {
            Socket filler = new Socket();
            fillers.add(filler);
            try {
                filler.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()), FILL_TIMEOUT_MILLIS);
            } catch (SocketTimeoutException e) {
                return;
            }
        }
        close();
        throw new IllegalStateException("this system answers connects although the queue is full");
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Such as {@code 127.0.0.1:12345}. */
    public String address() {
        return "127.0.0.1:" + port();
    }

    /** Frees the port; connects that wait for an answer are refused at their next try. */
    @Override
    public void close() {
        try {
            server.close();
            for (Socket filler : fillers) {
                filler.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
