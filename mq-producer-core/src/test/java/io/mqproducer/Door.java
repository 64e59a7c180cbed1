package io.mqproducer;

import io.mqproducer.test.socket.DaemonThreads;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** A port of any local address that leads to one of 127.0.0.1, where scripted peers listen. */
final class Door implements AutoCloseable {

    private final ServerSocket server = new ServerSocket();
    private final int target;
    private final AtomicInteger accepted = new AtomicInteger();

    /** @param at where it is; port 0 takes a free one */
    Door(InetSocketAddress at, int target) throws IOException {
        this.target = target;
        server.bind(at);
        daemon(this::acceptToTheEnd);
    }

    int port() {
        return server.getLocalPort();
    }

    /** How many went through it. */
    int accepted() {
        return accepted.get();
    }

    private void acceptToTheEnd() {
        while (!server.isClosed()) {
            try {
                Socket outside = server.accept();
                accepted.incrementAndGet();
                Socket inside = new Socket(InetAddress.getLoopbackAddress(), target);
                daemon(() -> pump(outside, inside));
                daemon(() -> pump(inside, outside));
            } catch (IOException e) {
                // Closed.
            }
        }
    }

    private static void pump(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // The other direction ended first.
        }
    }

    private static void daemon(Runnable task) {
        DaemonThreads.create("door", task).start();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
