package io.mqproducer.internal.ssl;

import io.mqproducer.config.SslOptions;
import java.security.CryptoPrimitive;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the TLS engine of each new connection, out of what the files hold by then. Thread-safe. Reads files and runs the
 * application's suppliers, so it is nothing for event loops.
 */
public final class SslEngines {

    private static final Logger log = LoggerFactory.getLogger(SslEngines.class);

    private static final String AS_IN_HTTPS = "HTTPS";
    private static final String NOT_AT_ALL = "";

    private final SslOptions options;
    private final boolean asks;
    private List<FileStamp> tried;
    private Material material;

    private SslEngines(SslOptions options) {
        this.options = options;
        this.asks = options.keyManagerFactory().isPresent()
                || options.trustManagerFactory().isPresent();
        this.tried = FileStamp.of(options);
        this.material = Material.load(options);
    }

    /**
     * Engines for these options.
     *
     * @throws IllegalArgumentException naming the setting that breaks a rule or cannot be used, and why
     */
    public static SslEngines of(SslOptions options) {
        SslRules.check(options);
        SslEngines engines = new SslEngines(options);
        checkCiphers(options, engines.material.context());
        engines.engine("localhost", 1);
        return engines;
    }

    private static void checkCiphers(SslOptions options, SSLContext context) {
        Set<String> known = Set.of(context.getSupportedSSLParameters().getCipherSuites());
        for (String cipher : options.ciphers()) {
            if (!known.contains(cipher)) {
                throw SslRules.broken("ssl.ciphers", cipher, "must be names of cipher suites that the JDK knows");
            }
        }
    }

    /** Whether every certificate is checked for the name of its server. */
    public boolean verifiesHostname() {
        return options.verifyHostname();
    }

    /**
     * The engine for a connection to this address. It trusts nobody whose certificate is for another.
     *
     * @param host the name or IP address that is connected to
     */
    public SSLEngine engine(String host, int port) {
        SSLEngine engine =
                current().context().createSSLEngine(options.expectedName().orElse(host), port);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(options.protocols().toArray(String[]::new));
        if (!options.ciphers().isEmpty()) {
            parameters.setCipherSuites(options.ciphers().toArray(String[]::new));
        }
        parameters.setEndpointIdentificationAlgorithm(options.verifyHostname() ? AS_IN_HTTPS : NOT_AT_ALL);
        parameters.setAlgorithmConstraints(new StrongKeys());
        engine.setSSLParameters(parameters);
        return engine;
    }

    /**
     * What speaks against a server although the handshake is complete, or null: the JDK asks nothing of a certificate that
     * is itself in the trust store, not even whether it is still valid.
     */
    public static @Nullable Exception objection(SSLSession session) {
        try {
            if (!(session.getPeerCertificates()[0] instanceof X509Certificate certificate)) {
                return new CertificateException("no X.509 certificate");
            }
            certificate.checkValidity();
            return new StrongKeys().permits(Set.of(CryptoPrimitive.SIGNATURE), certificate.getPublicKey())
                    ? null
                    : new CertificateException("its certificate has too weak a key");
        } catch (CertificateException | SSLPeerUnverifiedException e) {
            return e;
        }
    }

    private synchronized Material current() {
        List<FileStamp> now = FileStamp.of(options);
        if (asks || !now.equals(tried)) {
            tried = now;
            try {
                material = Material.load(options);
                log.debug("TLS material read anew");
            } catch (RuntimeException e) {
                log.warn("TLS: what has changed cannot be used, so the former stays in use: {}", e.getMessage());
            }
        }
        return material;
    }
}
