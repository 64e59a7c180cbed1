package io.mqproducer.internal.ssl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ch.qos.logback.classic.Level;
import io.mqproducer.config.SslOptions;
import io.mqproducer.internal.LogCapture;
import io.mqproducer.test.tls.IssuedCertificate;
import io.mqproducer.test.tls.TestCertificates;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.Provider;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.TrustManagerFactorySpi;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong with TLS settings is found before anything is connected, and never makes a connection without TLS. */
class SslEnginesTest {

    private static final String PASSWORD = TestCertificates.PASSWORD;
    private static final String WRONG = "CANARY-password";

    @TempDir
    static Path folder;

    private static TestCertificates certificates;
    private static IssuedCertificate client;
    private static IssuedCertificate other;

    @BeforeAll
    static void issue() throws Exception {
        certificates = TestCertificates.in(folder.resolve("certificates"));
        client = certificates.issue("client", "client", "-keyalg", "RSA", "-keysize", "2048");
        other = certificates.issue("other", "other", "-keyalg", "RSA", "-keysize", "2048");
        Files.createFile(folder.resolve("empty"));
        Files.writeString(folder.resolve("garbage"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        Files.writeString(
                folder.resolve("pkcs1.key"), "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n");
        Files.writeString(
                folder.resolve("broken.key"), "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        store(folder.resolve("trust.p12"), "PKCS12", entries -> {});
        store(folder.resolve("trust.jks"), "JKS", entries -> {});
        try (OutputStream out = Files.newOutputStream(folder.resolve("nothing.p12"))) {
            KeyStore empty = KeyStore.getInstance("PKCS12");
            empty.load(null, null);
            empty.store(out, PASSWORD.toCharArray());
        }
    }

    private static void store(Path file, String type, Consumer<KeyStore> more) throws Exception {
        KeyStore store = KeyStore.getInstance(type);
        store.load(null, null);
        store.setCertificateEntry(
                "authority",
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(Files.newInputStream(certificates.authority())));
        more.accept(store);
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD.toCharArray());
        }
    }

    // ---- what is right

    @Test
    void s05_verifiesTheHostUnlessToldOtherwise() {
        SSLParameters parameters = engine(SslOptions.builder()).getSSLParameters();

        assertThat(parameters.getEndpointIdentificationAlgorithm()).isEqualTo("HTTPS");
        assertThat(parameters.getProtocols()).containsExactly("TLSv1.3", "TLSv1.2");
        assertThat(engine(SslOptions.builder()).getPeerHost()).isEqualTo("10.0.0.1");
        assertThat(engine(SslOptions.builder().expectedName("broker")).getPeerHost())
                .isEqualTo("broker");
        assertThat(engine(SslOptions.builder().verifyHostname(false))
                        .getSSLParameters()
                        .getEndpointIdentificationAlgorithm())
                .isEmpty();
    }

    @Test
    void s08_speaksTheVersionsAndCiphersThatItIsToldTo() {
        SSLEngine engine =
                engine(SslOptions.builder().protocols(List.of("TLSv1.3")).ciphers(List.of("TLS_AES_256_GCM_SHA384")));

        assertThat(engine.getEnabledProtocols()).containsExactly("TLSv1.3");
        assertThat(engine.getEnabledCipherSuites()).containsExactly("TLS_AES_256_GCM_SHA384");
        assertThat(engine.getUseClientMode()).isTrue();
    }

    @Test
    void takesTrustFromAnyKindOfFile() {
        engine(SslOptions.builder().trustCertificate(certificates.authority()));
        engine(SslOptions.builder().trustStore(folder.resolve("trust.p12")).trustStorePassword(PASSWORD));
        engine(SslOptions.builder().trustStore(folder.resolve("trust.jks")).trustStorePassword(PASSWORD));
        engine(SslOptions.builder()
                .trustStore(folder.resolve("trust.jks"))
                .trustStorePassword(PASSWORD)
                .trustStoreType("JKS"));
    }

    @Test
    void takesKeysFromAnyKindOfFile() throws Exception {
        engine(SslOptions.builder().certificate(client.certificate()).privateKey(client.key()));
        engine(SslOptions.builder().keyStore(client.keyStore()).keyStorePassword(PASSWORD));
        for (String key : List.of("openssl-pbes2.key", "openssl-pbes1.key")) {
            engine(SslOptions.builder()
                    .certificate(resource("openssl.pem"))
                    .privateKey(resource(key))
                    .keyPassword("key-password"));
        }
        IssuedCertificate curve = certificates.issue("curve", "curve");
        engine(SslOptions.builder().certificate(curve.certificate()).privateKey(curve.key()));
        IssuedCertificate edwards = certificates.issue("edwards", "edwards", "-keyalg", "Ed25519");
        engine(SslOptions.builder().certificate(edwards.certificate()).privateKey(edwards.key()));
    }

    @Test
    void takesFactoriesFromTheApplication() throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        try (InputStream in = Files.newInputStream(client.keyStore())) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD.toCharArray());
            keys.init(store, PASSWORD.toCharArray());
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init((KeyStore) null);

        engine(SslOptions.builder().keyManagerFactory(() -> keys).trustManagerFactory(() -> trust));
    }

    private static SSLEngine engine(SslOptions.Builder options) {
        return SslEngines.of(options.build()).engine("10.0.0.1", 10911);
    }

    // ---- what is wrong

    static Stream<Arguments> mistakes() {
        Path missing = folder.resolve("missing");
        Path empty = folder.resolve("empty");
        return Stream.of(
                wrong(
                        "ssl.trust-certificate must be a file that exists, got " + missing,
                        b -> b.trustCertificate(missing)),
                wrong(
                        "ssl.trust-certificate must be a file and not a directory, got " + folder,
                        b -> b.trustCertificate(folder)),
                wrong(
                        "ssl.trust-certificate must have at least one certificate, got " + empty,
                        b -> b.trustCertificate(empty)),
                wrong(
                        "ssl.trust-certificate must have certificates in PEM form",
                        b -> b.trustCertificate(folder.resolve("garbage"))),
                wrong("ssl.trust-store must be a file that exists, got " + missing, b -> b.trustStore(missing)),
                wrong("ssl.trust-store must be a file and not a directory", b -> b.trustStore(folder)),
                wrong("ssl.trust-store must be a store of type PKCS12", b -> b.trustStore(empty)),
                wrong(
                        "ssl.trust-store-password does not open",
                        b -> b.trustStore(folder.resolve("trust.p12")).trustStorePassword(WRONG)),
                wrong(
                        "ssl.trust-store-password does not open",
                        b -> b.trustStore(folder.resolve("trust.jks")).trustStorePassword(WRONG)),
                wrong(
                        "ssl.trust-store must have at least one certificate that is trusted",
                        b -> b.trustStore(folder.resolve("trust.p12"))),
                wrong(
                        "ssl.trust-store must have at least one certificate that is trusted",
                        b -> b.trustStore(folder.resolve("nothing.p12")).trustStorePassword(PASSWORD)),
                wrong(
                        "ssl.trust-store must have at least one certificate that is trusted",
                        b -> b.trustStore(client.keyStore()).trustStorePassword(PASSWORD)),
                wrong(
                        "ssl.trust-store-type must be a type that the JDK knows, got NONE",
                        b -> b.trustStore(folder.resolve("trust.p12")).trustStoreType("NONE")),
                wrong(
                        "ssl.trust-store-password must be set together with ssl.trust-store",
                        b -> b.trustStorePassword(WRONG)),
                wrong("ssl.trust-store-type must be set together with ssl.trust-store", b -> b.trustStoreType("JKS")),
                wrong(
                        "ssl.trust-certificate must not be set together with ssl.trust-store",
                        b -> b.trustCertificate(empty).trustStore(empty)),
                wrong(
                        "ssl.certificate must be set together with ssl.private-key",
                        b -> b.certificate(client.certificate())),
                wrong("ssl.private-key must be set together with ssl.certificate", b -> b.privateKey(client.key())),
                wrong(
                        "ssl.certificate must be a file that exists",
                        b -> b.certificate(missing).privateKey(client.key())),
                wrong(
                        "ssl.private-key must be a file that exists",
                        b -> b.certificate(client.certificate()).privateKey(missing)),
                wrong(
                        "ssl.private-key must have a private key in PEM form",
                        b -> b.certificate(client.certificate()).privateKey(client.certificate())),
                wrong(
                        "ssl.private-key must have a private key of one of",
                        b -> b.certificate(client.certificate()).privateKey(folder.resolve("broken.key"))),
                wrong(
                        "ssl.private-key must have a key in PKCS#8 form",
                        b -> b.certificate(client.certificate()).privateKey(folder.resolve("pkcs1.key"))),
                wrong(
                        "ssl.private-key must be the key of the first certificate in",
                        b -> b.certificate(client.certificate()).privateKey(other.key())),
                wrong(
                        "ssl.key-password must be set, for the key in",
                        b -> b.certificate(resource("openssl.pem")).privateKey(resource("openssl-pbes2.key"))),
                wrong(
                        "ssl.key-password does not open the key in",
                        b -> b.certificate(resource("openssl.pem"))
                                .privateKey(resource("openssl-pbes2.key"))
                                .keyPassword(WRONG)),
                wrong(
                        "ssl.key-password must be set together with ssl.private-key or ssl.key-store",
                        b -> b.keyPassword(WRONG)),
                wrong("ssl.key-store must be a file that exists", b -> b.keyStore(missing)),
                wrong(
                        "ssl.key-store-password does not open",
                        b -> b.keyStore(client.keyStore()).keyStorePassword(WRONG)),
                wrong(
                        "ssl.key-password does not open the key in",
                        b -> b.keyStore(client.keyStore())
                                .keyStorePassword(PASSWORD)
                                .keyPassword(WRONG)),
                wrong(
                        "ssl.key-store must have at least one private key",
                        b -> b.keyStore(folder.resolve("trust.p12")).keyStorePassword(PASSWORD)),
                wrong(
                        "ssl.certificate must not be set together with ssl.key-store",
                        b -> b.certificate(client.certificate())
                                .privateKey(client.key())
                                .keyStore(client.keyStore())),
                wrong("ssl.key-store-password must be set together with ssl.key-store", b -> b.keyStorePassword(WRONG)),
                wrong("ssl.key-store-type must be set together with ssl.key-store", b -> b.keyStoreType("JKS")),
                wrong(
                        "ssl.protocols must be TLSv1.2, TLSv1.3 or both, got [TLSv1.1]",
                        b -> b.protocols(List.of("TLSv1.1"))),
                wrong("ssl.protocols must be TLSv1.2, TLSv1.3 or both, got []", b -> b.protocols(List.of())),
                wrong(
                        "ssl.ciphers must be names of cipher suites that the JDK knows, got NULL",
                        b -> b.ciphers(List.of("NULL"))),
                wrong("ssl.expected-name must be a host name or an IP address, got 'a b'", b -> b.expectedName("a b")),
                wrong(
                        "ssl.expected-name has no effect with ssl.verify-hostname=false",
                        b -> b.expectedName("a").verifyHostname(false)),
                wrong(
                        "ssl.trust-certificate must not be set together with a trust manager factory",
                        b -> b.trustCertificate(empty).trustManagerFactory(() -> null)),
                wrong("the trust manager factory must be there", b -> b.trustManagerFactory(() -> null)),
                wrong("the key manager factory must be there", b -> b.keyManagerFactory(() -> null)),
                wrong("must make X509ExtendedTrustManagers", b -> b.trustManagerFactory(SslEnginesTest::trustsAll)));
    }

    private static Arguments wrong(String text, Consumer<SslOptions.Builder> mistake) {
        return Arguments.of(text, mistake);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void s06_s10_aMistakeIsNamedWithSettingValueAndRuleAndWithoutASecret(
            String text, Consumer<SslOptions.Builder> mistake) {
        SslOptions.Builder options = SslOptions.builder();
        mistake.accept(options);
        SslOptions built = options.build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> SslEngines.of(built))
                .withMessageContaining(text)
                .withMessageNotContaining("CANARY");
        assertThat(built.toString()).doesNotContain("CANARY").doesNotContain(PASSWORD);
    }

    /** What openssl has made; the password is key-password. */
    private static Path resource(String name) {
        try {
            return Path.of(SslEnginesTest.class.getResource("/ssl/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One that knows no host, as applications write them. */
    private static TrustManagerFactory trustsAll() {
        TrustManager plain = new X509TrustManager() {
            @Override
            public void checkClientTrusted(X509Certificate[] chain, String type) {}

            @Override
            public void checkServerTrusted(X509Certificate[] chain, String type) {}

            @Override
            public X509Certificate[] getAcceptedIssuers() {
                return new X509Certificate[0];
            }
        };
        TrustManagerFactorySpi spi = new TrustManagerFactorySpi() {
            @Override
            protected void engineInit(KeyStore store) {}

            @Override
            protected void engineInit(ManagerFactoryParameters parameters) {}

            @Override
            protected TrustManager[] engineGetTrustManagers() {
                return new TrustManager[] {plain};
            }
        };
        Provider provider = new Provider("test", "1", "") {};
        return new TrustManagerFactory(spi, provider, "all") {};
    }

    // ---- renewal

    @Test
    void aFileThatHasChangedServesTheNextConnection() throws Exception {
        Path trust = folder.resolve("changing.pem");
        Files.copy(certificates.authority(), trust, StandardCopyOption.REPLACE_EXISTING);
        SslEngines engines =
                SslEngines.of(SslOptions.builder().trustCertificate(trust).build());
        try (LogCapture log = new LogCapture(SslEngines.class)) {
            engines.engine("h", 1);

            Files.writeString(trust, "not a certificate");
            engines.engine("h", 1);
            engines.engine("h", 1);

            assertThat(log.messages(Level.WARN))
                    .as("told once, and not the end")
                    .singleElement()
                    .asString()
                    .contains("the former stays in use")
                    .contains("ssl.trust-certificate must have");
            Files.delete(trust);
            engines.engine("h", 1);
            assertThat(log.messages(Level.WARN)).hasSize(2).last().asString().contains("must be a file that exists");
            Files.copy(other.certificate(), trust);
            engines.engine("h", 1);
            assertThat(log.messages(Level.WARN)).hasSize(2);
        }
    }

    @Test
    void aFactoryIsAskedForEachConnectionAndWhenItFailsTheFormerOneServes() throws Exception {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        int[] asked = {0};
        SslEngines engines = SslEngines.of(SslOptions.builder()
                .trustManagerFactory(() -> {
                    if (asked[0]++ == 3) {
                        throw new IllegalStateException("bundle is gone");
                    }
                    return factory;
                })
                .build());
        try (LogCapture log = new LogCapture(SslEngines.class)) {
            int before = asked[0];
            engines.engine("h", 1);
            engines.engine("h", 1);
            engines.engine("h", 1);

            assertThat(asked[0]).isEqualTo(before + 3);
            assertThat(log.messages(Level.WARN)).singleElement().asString().contains("bundle is gone");
        }
    }
}
