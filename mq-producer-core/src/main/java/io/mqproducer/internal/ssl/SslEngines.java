package io.mqproducer.internal.ssl;

import io.mqproducer.config.SslOptions;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
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
