package io.mqproducer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mqproducer.config.SslOptions;
import io.mqproducer.message.Message;
import io.mqproducer.test.peer.FakeCluster;
import io.mqproducer.test.peer.codec.RouteJson;
import io.mqproducer.test.tls.CapturingProxy;
import io.mqproducer.test.tls.IssuedCertificate;
import io.mqproducer.test.tls.TestCertificates;
import io.mqproducer.test.tls.TlsTerminator;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * A cluster behind TLS: the producer speaks with a line that is tapped, that with a peer that decrypts, and that with a
 * cluster that knows nothing of TLS.
 */
final class TlsFixture implements AutoCloseable {

    static final String TOPIC = "canary-topic";
    static final String CANARY = "CANARY-in-the-body";

    /** Made once: an authority and what it issues, and another authority. */
    static final TestCertificates CERTIFICATES = TestCertificates.in(folder());

    static final TestCertificates STRANGERS = TestCertificates.in(folder());

    final FakeCluster cluster = FakeCluster.start(1);
    final TlsTerminator nameServer = TlsTerminator.start(cluster.nameServer().port(), good());
    final TlsTerminator broker = TlsTerminator.start(cluster.broker(0).port(), good());
    final CapturingProxy nameServerLine = CapturingProxy.start(nameServer.port());
    final CapturingProxy brokerLine = CapturingProxy.start(broker.port());

    TlsFixture() {
        cluster.route(TOPIC, RouteJson.of("broker-a", brokerLine.address(), 4));
    }

    /** A folder that is gone when the JVM is. */
    static Path folder() {
        try {
            Path folder = Files.createTempDirectory("certificates");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder.toFile())));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(File file) {
        File[] inside = file.listFiles();
        if (inside != null) {
            Arrays.stream(inside).forEach(TlsFixture::delete);
        }
        file.delete();
    }

    /** For 127.0.0.1 and localhost. */
    static IssuedCertificate good() {
        return CERTIFICATES.issue("good", "good", "-ext", "san=ip:127.0.0.1,dns:localhost");
    }

    /** The first certificate in a PEM file. */
    static X509Certificate certificateIn(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificates(in)
                    .iterator()
                    .next();
        } catch (IOException | CertificateException e) {
            throw new IllegalStateException(file.toString(), e);
        }
    }

    /** Trusts the authority. */
    static SslOptions.Builder trusting() {
        return SslOptions.builder().trustCertificate(CERTIFICATES.authority());
    }

    static Message message() {
        return Message.of(TOPIC, CANARY.getBytes(UTF_8));
    }

    ProducerUnderTest start(SslOptions options) {
        return start(options, builder -> {});
    }

    ProducerUnderTest start(SslOptions options, Consumer<MQProducerBuilder> settings) {
        return ProducerUnderTest.start(nameServerLine.address(), builder -> {
            builder.ssl(options);
            settings.accept(builder);
        });
    }

    /** Ends all connections to the broker, so that the next request has to connect anew. */
    void dropBrokerConnections() {
        brokerLine.closeConnections();
        broker.closeConnections();
    }

    @Override
    public void close() {
        nameServerLine.close();
        brokerLine.close();
        nameServer.close();
        broker.close();
        cluster.close();
    }
}
