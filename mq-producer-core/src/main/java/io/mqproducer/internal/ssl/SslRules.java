package io.mqproducer.internal.ssl;

import io.mqproducer.config.SslOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What holds for the settings {@code ssl.*}. No message contains a password. */
final class SslRules {

    private static final Set<String> PROTOCOLS = Set.of("TLSv1.2", "TLSv1.3");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_:][A-Za-z0-9._:-]*");

    private SslRules() {}

    static IllegalArgumentException broken(String setting, @Nullable Object value, String rule) {
        return new IllegalArgumentException(setting + " " + rule + ", got " + value);
    }

    static IllegalArgumentException broken(String setting, String rule, Throwable cause) {
        return new IllegalArgumentException(setting + " " + rule + ": " + cause.getMessage(), cause);
    }

    /**
     * Checks what can be checked without a look at a file.
     *
     * @throws IllegalArgumentException naming setting, value and rule
     */
    static void check(SslOptions options) {
        checkNames(options);
        checkTrust(options);
        checkKeys(options);
    }

    private static void checkNames(SslOptions options) {
        String expected = options.expectedName().orElse(null);
        if (expected != null && !NAME.matcher(expected).matches()) {
            throw broken("ssl.expected-name", "'" + expected + "'", "must be a host name or an IP address");
        }
        if (expected != null && !options.verifyHostname()) {
            throw broken("ssl.expected-name", expected, "has no effect with ssl.verify-hostname=false");
        }
        List<String> protocols = options.protocols();
        if (protocols.isEmpty() || !PROTOCOLS.containsAll(protocols)) {
            throw broken("ssl.protocols", protocols, "must be TLSv1.2, TLSv1.3 or both");
        }
    }

    private static void checkTrust(SslOptions options) {
        alone("ssl.trust-certificate", options.trustCertificate(), "ssl.trust-store", options.trustStore());
        alone(
                "ssl.trust-certificate",
                options.trustCertificate(),
                "a trust manager factory",
                options.trustManagerFactory());
        alone("ssl.trust-store", options.trustStore(), "a trust manager factory", options.trustManagerFactory());
        needs("ssl.trust-store-password", options.trustStorePassword(), "ssl.trust-store", options.trustStore());
        needs("ssl.trust-store-type", options.trustStoreType(), "ssl.trust-store", options.trustStore());
    }

    private static void checkKeys(SslOptions options) {
        needs("ssl.certificate", options.certificate(), "ssl.private-key", options.privateKey());
        needs("ssl.private-key", options.privateKey(), "ssl.certificate", options.certificate());
        alone("ssl.certificate", options.certificate(), "ssl.key-store", options.keyStore());
        alone("ssl.certificate", options.certificate(), "a key manager factory", options.keyManagerFactory());
        alone("ssl.key-store", options.keyStore(), "a key manager factory", options.keyManagerFactory());
        needs("ssl.key-store-password", options.keyStorePassword(), "ssl.key-store", options.keyStore());
        needs("ssl.key-store-type", options.keyStoreType(), "ssl.key-store", options.keyStore());
        needs(
                "ssl.key-password",
                options.keyPassword(),
                "ssl.private-key or ssl.key-store",
                options.privateKey().or(options::keyStore));
    }

    private static void alone(String setting, Optional<?> one, String otherSetting, Optional<?> other) {
        if (one.isPresent() && other.isPresent()) {
            throw new IllegalArgumentException(setting + " must not be set together with " + otherSetting);
        }
    }

    private static void needs(String setting, Optional<?> one, String otherSetting, Optional<?> other) {
        if (one.isPresent() && other.isEmpty()) {
            throw new IllegalArgumentException(setting + " must be set together with " + otherSetting);
        }
    }

    /** A file that can be read. */
    static Path file(String setting, Path file) {
        if (!Files.exists(file)) {
            throw broken(setting, file, "must be a file that exists");
        }
        if (!Files.isRegularFile(file)) {
            throw broken(setting, file, "must be a file and not a directory");
        }
        if (!Files.isReadable(file)) {
            throw broken(setting, file, "must be a file that this process may read");
        }
        return file;
    }
}
