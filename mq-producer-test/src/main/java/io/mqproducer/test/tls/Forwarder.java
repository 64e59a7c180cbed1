package io.mqproducer.test.tls;

import io.mqproducer.test.socket.DaemonThreads;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Connects sockets with a port of this machine, and keeps what goes there. */
final class Forwarder implements AutoCloseable {

    private static final int BUFFER = 64 * 1024;

    private final ByteLog log;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile int target;

    Forwarder(int target, ByteLog log) {
        this.target = target;
        this.log = log;
    }

    void forwardTo(int port) {
        target = port;
    }

    /** Forwards until one side ends; on the calling thread. */
    void forward(Socket client) {
        OutputStream kept = log.next();
        open.add(client);
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
            open.add(server);
            Thread back =
                    DaemonThreads.create("forward-back", () -> pump(server, client, OutputStream.nullOutputStream()));
            back.start();
            pump(client, server, kept);
        } catch (IOException e) {
            // the end of a connection
        } finally {
            open.remove(client);
        }
    }

    private static void pump(Socket from, Socket to, OutputStream kept) {
        byte[] buffer = new byte[BUFFER];
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                kept.write(buffer, 0, read);
                out.write(buffer, 0, read);
                out.flush();
            }
        } catch (IOException e) {
            // the end of a connection
        }
    }

    @Override
    public void close() {
        for (Socket socket : open) {
            try {
                socket.close();
            } catch (IOException e) {
                // closed is closed
            }
        }
    }
}
