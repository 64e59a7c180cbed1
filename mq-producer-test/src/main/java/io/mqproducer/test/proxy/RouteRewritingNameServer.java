package io.mqproducer.test.proxy;

import io.mqproducer.test.peer.Reply;
import io.mqproducer.test.peer.Request;
import io.mqproducer.test.peer.ScriptedPeer;
import io.mqproducer.test.peer.codec.Frame;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A name server that asks a real one and replaces brokers' addresses in its answers by those of proxies: brokers
 * advertise their own addresses, so nothing else leads clients through a {@link TcpProxy}. Thread-safe; asks one question
 * at a time. Its {@link #peer()} can be scripted further.
 */
public final class RouteRewritingNameServer implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 5_000;

    private final InetSocketAddress real;
    private final Map<String, String> replacements = new ConcurrentHashMap<>();
    private final ScriptedPeer peer;
    private @Nullable Socket connection;

    private RouteRewritingNameServer(InetSocketAddress real) {
        this.real = real;
        this.peer = ScriptedPeer.start().onOther(this::forward);
    }

    public static RouteRewritingNameServer start(InetSocketAddress real) {
        return new RouteRewritingNameServer(real);
    }

    /** Replaces one broker's {@code host:port} by another in answers from now on. */
    public RouteRewritingNameServer replace(String realAddress, String proxyAddress) {
        replacements.put(realAddress, proxyAddress);
        return this;
    }

    /** What a producer takes as its name servers. */
    public String address() {
        return peer.address();
    }

    public ScriptedPeer peer() {
        return peer;
    }

    private synchronized Reply forward(Request request) {
        try {
            return Reply.raw(rewrite(askTwice(request.frame())).bytes());
        } catch (IOException e) {
            return Reply.reset();
        }
    }

    /** Again on a new connection, as the old one may be one to a server that has been restarted since. */
    private Frame askTwice(Frame request) throws IOException {
        try {
            return ask(request);
        } catch (IOException e) {
            disconnect();
            return ask(request);
        }
    }

    private Frame ask(Frame request) throws IOException {
        Socket socket = connection();
        socket.getOutputStream().write(request.bytes());
        DataInputStream in = new DataInputStream(socket.getInputStream());
        int length = in.readInt();
        byte[] bytes =
                ByteBuffer.allocate(Integer.BYTES + length).putInt(length).array();
        in.readFully(bytes, Integer.BYTES, length);
        return Frame.decode(bytes);
    }

    private Socket connection() throws IOException {
        Socket socket = connection;
        if (socket == null) {
            socket = new Socket();
            connection = socket;
            socket.connect(real, TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.setTcpNoDelay(true);
        }
        return socket;
    }

    private synchronized void disconnect() {
        if (connection != null) {
            ProxiedConnection.close(connection, false);
            connection = null;
        }
    }

    private Frame rewrite(Frame answer) {
        String body = new String(answer.body(), StandardCharsets.UTF_8);
        String rewritten = body;
        for (Map.Entry<String, String> each : replacements.entrySet()) {
            rewritten = rewritten.replace("\"" + each.getKey() + "\"", "\"" + each.getValue() + "\"");
        }
        return rewritten.equals(body) ? answer : answer.withBody(rewritten);
    }

    @Override
    public void close() {
        peer.close();
        disconnect();
    }
}
