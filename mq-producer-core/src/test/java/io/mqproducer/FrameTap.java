package io.mqproducer;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Lets all that goes to a server through, and counts its requests by their code, knowing nothing of this project's code. */
final class FrameTap implements AutoCloseable {

    private static final int BUFFER = 1 << 16;

    private final ServerSocket listener;
    private final int target;
    private final Map<Integer, LongAdder> requests = new ConcurrentHashMap<>();
    private final Map<Socket, Boolean> sockets = new ConcurrentHashMap<>();

    private FrameTap(ServerSocket listener, int target) {
        this.listener = listener;
        this.target = target;
    }

    /** A tap before a port of this machine. */
    static FrameTap before(int port) throws IOException {
        FrameTap tap = new FrameTap(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), port);
        daemon(tap::accept);
        return tap;
    }

    String address() {
        return "127.0.0.1:" + listener.getLocalPort();
    }

    /** How many requests of this code have passed. */
    long requests(int code) {
        LongAdder count = requests.get(code);
        return count == null ? 0 : count.sum();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                sockets.put(client, true);
                sockets.put(server, true);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                daemon(() -> closing(client, server, () -> passRequests(client, server)));
                daemon(() ->
                        closing(server, client, () -> server.getInputStream().transferTo(client.getOutputStream())));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void passRequests(Socket client, Socket server) throws IOException {
        InputStream raw = client.getInputStream();
        DataInputStream in = new DataInputStream(new BufferedInputStream(raw, BUFFER));
        OutputStream buffered = new BufferedOutputStream(server.getOutputStream(), BUFFER);
        DataOutputStream out = new DataOutputStream(buffered);
        while (true) {
            byte[] frame = new byte[in.readInt()];
            in.readFully(frame);
            requests.computeIfAbsent(codeOf(frame), code -> new LongAdder()).increment();
            out.writeInt(frame.length);
            out.write(frame);
            if (in.available() == 0) {
                out.flush();
            }
        }
    }

    /** Of a binary header, the first two bytes; those of a JSON header are not told apart. */
    private static int codeOf(byte[] frame) {
        boolean binary = frame[0] == 1;
        return binary ? (frame[4] & 0xFF) << 8 | (frame[5] & 0xFF) : -1;
    }

    private interface Passing {
        void run() throws IOException;
    }

    private static void closing(Socket one, Socket other, Passing passing) {
        try (one;
                other) {
            passing.run();
        } catch (EOFException e) {
            // the client has closed
        } catch (IOException e) {
            // one of them has
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "frame-tap");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets.keySet()) {
            socket.close();
        }
    }
}
