package io.mqproducer.test.tls;

import io.mqproducer.test.socket.DaemonThreads;
import io.mqproducer.test.socket.Listener;

/** A port of 127.0.0.1 whose connections go on to another, and that keeps every byte that clients send. Thread-safe. */
public final class CapturingProxy implements AutoCloseable {

    private final ByteLog captured = new ByteLog();
    private final Forwarder forwarder;
    private final Listener listener;

    private CapturingProxy(int target) {
        this.forwarder = new Forwarder(target, captured);
        this.listener = new Listener(
                0,
                client -> DaemonThreads.create("capture", () -> forwarder.forward(client))
                        .start());
        listener.start();
    }

    public static CapturingProxy start(int target) {
        return new CapturingProxy(target);
    }

    public int port() {
        return listener.port();
    }

    /** Such as {@code 127.0.0.1:12345}. */
    public String address() {
        return "127.0.0.1:" + port();
    }

    /** Where new connections go from now on. */
    public void forwardTo(int port) {
        forwarder.forwardTo(port);
    }

    /** What clients have sent. */
    public ByteLog captured() {
        return captured;
    }

    /** Ends all connections that are open now. */
    public void closeConnections() {
        forwarder.close();
    }

    @Override
    public void close() {
        listener.close();
        forwarder.close();
    }
}
