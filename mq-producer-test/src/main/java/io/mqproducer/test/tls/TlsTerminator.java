package io.mqproducer.test.tls;

import io.mqproducer.test.socket.DaemonThreads;
import io.mqproducer.test.socket.Listener;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A port of 127.0.0.1 that speaks TLS with whatever certificate it is given, passes what it decrypts on to another port in
 * plain text, and keeps it. Thread-safe.
 */
public final class TlsTerminator implements AutoCloseable {

    private final ByteLog decrypted = new ByteLog();
    private final AtomicInteger accepted = new AtomicInteger();
    private final Queue<Socket> handshaking = new ConcurrentLinkedQueue<>();
    private final Forwarder forwarder;
    private final Listener listener;
    private volatile SSLContext context;
    private volatile String @Nullable [] protocols;

    private TlsTerminator(int target, IssuedCertificate certificate) {
        this.forwarder = new Forwarder(target, decrypted);
        this.context = contextOf(certificate);
        this.listener = new Listener(
                0,
                client -> DaemonThreads.create("terminate", () -> terminate(client))
                        .start());
        listener.start();
    }

    public static TlsTerminator start(int target, IssuedCertificate certificate) {
        return new TlsTerminator(target, certificate);
    }

    /** Shows this certificate to new connections. */
    public TlsTerminator show(IssuedCertificate certificate) {
        context = contextOf(certificate);
        return this;
    }

    /** Speaks these versions only with new connections. */
    public TlsTerminator protocols(String... names) {
        protocols = names;
        return this;
    }

    private static SSLContext contextOf(IssuedCertificate certificate) {
        try (InputStream in = Files.newInputStream(certificate.keyStore())) {
            char[] password = TestCertificates.PASSWORD.toCharArray();
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password);
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, password);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void terminate(Socket client) {
        accepted.incrementAndGet();
        handshaking.add(client);
        try {
            SSLSocket secured = (SSLSocket) context.getSocketFactory().createSocket(client, (InputStream) null, true);
            String[] only = protocols;
            if (only != null) {
                secured.setEnabledProtocols(only);
            }
            secured.startHandshake();
            forwarder.forward(secured);
        } catch (IOException e) {
            close(client);
        } finally {
            handshaking.remove(client);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // closed is closed
        }
    }

    public int port() {
        return listener.port();
    }

    /** Such as {@code 127.0.0.1:12345}. */
    public String address() {
        return "127.0.0.1:" + port();
    }

    /** What was sent to it, in plain text. */
    public ByteLog decrypted() {
        return decrypted;
    }

    /** How many connections were opened to it. */
    public int accepted() {
        return accepted.get();
    }

    /** Ends all connections that are open now. */
    public void closeConnections() {
        forwarder.close();
    }

    @Override
    public void close() {
        listener.close();
        handshaking.forEach(TlsTerminator::close);
        forwarder.close();
    }
}
