package io.mqproducer.test.proxy;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/** A client's connection to a {@link TcpProxy} and the proxy's to the server, with a pipe each way. Thread-safe. */
final class ProxiedConnection {

    private final Socket client;
    private final Socket server;
    private final Pipe upstream;
    private final Pipe downstream;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final CountDownLatch openDirections = new CountDownLatch(2);

    ProxiedConnection(TcpProxy proxy, String name, Socket client, Socket server) {
        this.client = client;
        this.server = server;
        this.upstream = new Pipe(name + "-up", client, server, proxy.upstream(), this);
        this.downstream = new Pipe(name + "-down", server, client, proxy.downstream(), this);
    }

    void start() {
        upstream.start();
        downstream.start();
        if (ended.get()) {
            stopPipes();
        }
    }

    boolean isOpen() {
        return !ended.get();
    }

    void directionEnded() {
        openDirections.countDown();
        if (openDirections.getCount() == 0) {
            end(false);
        }
    }

    /** Closes both sides, with RST or FIN; only the first call counts. */
    void end(boolean reset) {
        if (ended.compareAndSet(false, true)) {
            close(client, reset);
            close(server, reset);
            stopPipes();
        }
    }

    private void stopPipes() {
        upstream.stop();
        downstream.stop();
    }

    static void close(Socket socket, boolean reset) {
        try {
            if (reset) {
                socket.setSoLinger(true, 0);
            }
            socket.close();
        } catch (IOException e) {
            // Closing what is closed already.
        }
    }

    void awaitThreads() {
        upstream.awaitThreads();
        downstream.awaitThreads();
    }
}
