package io.mqproducer;

import io.mqproducer.test.socket.DaemonThreads;
import io.mqproducer.test.socket.Listener;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * A SOCKS5 proxy (RFC 1928, 1929) for CONNECT, on blocking sockets. It notes what it was asked to connect to, in the form in
 * which it was asked; host names all lead to 127.0.0.1.
 */
final class Socks5Server implements AutoCloseable {

    private static final int VERSION = 5;
    private static final int NO_AUTHENTICATION = 0;
    private static final int PASSWORD = 2;
    private static final int NONE_ACCEPTABLE = 0xFF;
    private static final int IPV4 = 1;
    private static final int NAME = 3;
    private static final int IPV6 = 4;

    private final @Nullable String user;
    private final @Nullable String password;
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Listener listener;
    private volatile int reply;
    private volatile boolean mute;

    private Socks5Server(@Nullable String user, @Nullable String password) {
        this.user = user;
        this.password = password;
        this.listener = new Listener(0, socket -> daemon(() -> serve(socket)));
        listener.start();
    }

    static Socks5Server start() {
        return new Socks5Server(null, null);
    }

    static Socks5Server start(String user, String password) {
        return new Socks5Server(user, password);
    }

    /** Answers every CONNECT with this code from now on, and connects to nothing. */
    Socks5Server refuseWith(int code) {
        reply = code;
        return this;
    }

    /** Says nothing from now on. */
    Socks5Server mute() {
        mute = true;
        return this;
    }

    String address() {
        return "127.0.0.1:" + listener.port();
    }

    /** What it was asked to connect to, {@code name host:port} or {@code ip host:port}. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    private void serve(Socket client) {
        sockets.add(client);
        try (client) {
            DataInputStream in = new DataInputStream(client.getInputStream());
            DataOutputStream out = new DataOutputStream(client.getOutputStream());
            if (mute) {
                in.transferTo(DataOutputStream.nullOutputStream());
            } else if (greet(in, out)) {
                connect(in, out, client);
            }
        } catch (IOException e) {
            // The client has gone.
        }
    }

    private boolean greet(DataInputStream in, DataOutputStream out) throws IOException {
        expect(VERSION, in.readUnsignedByte());
        byte[] methods = in.readNBytes(in.readUnsignedByte());
        int wanted = user == null ? NO_AUTHENTICATION : PASSWORD;
        boolean offered = new String(methods, StandardCharsets.ISO_8859_1).indexOf(wanted) >= 0;
        out.writeByte(VERSION);
        out.writeByte(offered ? wanted : NONE_ACCEPTABLE);
        out.flush();
        return offered && (user == null || authenticate(in, out));
    }

    private boolean authenticate(DataInputStream in, DataOutputStream out) throws IOException {
        expect(1, in.readUnsignedByte());
        String name = text(in);
        String secret = text(in);
        boolean known = name.equals(user) && secret.equals(password);
        out.writeByte(1);
        out.writeByte(known ? 0 : 1);
        out.flush();
        return known;
    }

    private void connect(DataInputStream in, DataOutputStream out, Socket client) throws IOException {
        expect(VERSION, in.readUnsignedByte());
        expect(1, in.readUnsignedByte());
        in.readByte();
        int type = in.readUnsignedByte();
        String host = switch (type) {
            case IPV4 -> InetAddress.getByAddress(in.readNBytes(4)).getHostAddress();
            case IPV6 -> InetAddress.getByAddress(in.readNBytes(16)).getHostAddress();
            case NAME -> text(in);
            default -> throw new IOException("address type " + type);
        };
        int port = in.readUnsignedShort();
        asked.add((type == NAME ? "name " : "ip ") + host + ":" + port);
        Socket server = reply == 0
                ? new Socket(type == NAME ? InetAddress.getLoopbackAddress() : InetAddress.getByName(host), port)
                : null;
        out.write(new byte[] {VERSION, (byte) reply, 0, IPV4, 0, 0, 0, 0, 0, 0});
        out.flush();
        if (server != null) {
            sockets.add(server);
            daemon(() -> pump(server, client));
            pump(client, server);
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

    private static String text(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.UTF_8);
    }

    private static void expect(int wanted, int got) throws IOException {
        if (wanted != got) {
            throw new EOFException("expected " + wanted + ", got " + got);
        }
    }

    private static void daemon(Runnable task) {
        DaemonThreads.create("socks5-server", task).start();
    }

    @Override
    public void close() {
        listener.close();
        for (Socket socket : sockets) {
            try {
                socket.close();
            } catch (IOException e) {
                // Closed already.
            }
        }
    }
}
