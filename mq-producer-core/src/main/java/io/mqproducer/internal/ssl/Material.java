package io.mqproducer.internal.ssl;

import io.mqproducer.config.SslOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.UnrecoverableKeyException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Who we are and whom we trust, ready for use. Immutable. */
final class Material {

    private static final char[] INTERNAL = "internal".toCharArray(); // of a store that never leaves memory

    private static final byte[] SAMPLE = {1, 2, 3};

    private final KeyManager @Nullable [] keys; // null for those who are nobody
    private final TrustManager[] trust;

    private Material(KeyManager @Nullable [] keys, TrustManager[] trust) {
        this.keys = keys;
        this.trust = trust;
    }

    /**
     * Reads all files, or asks those who give it.
     *
     * @throws IllegalArgumentException naming the setting that cannot be used, and why
     */
    static Material load(SslOptions options) {
        try {
            return new Material(keyManagers(options), trustManagers(options));
        } catch (GeneralSecurityException e) {
            throw SslRules.broken("ssl", "cannot be used", e);
        } catch (IOException e) {
            throw new IllegalStateException("an empty store can always be made", e);
        }
    }

    /** A context of its own, so that no connection goes on with a session that another has begun. */
    SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, trust, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw SslRules.broken("ssl", "cannot be used", e);
        }
    }

    // ---- whom we trust

    private static TrustManager[] trustManagers(SslOptions options) throws GeneralSecurityException, IOException {
        Supplier<TrustManagerFactory> given = options.trustManagerFactory().orElse(null);
        TrustManager[] managers = given == null
                ? ofStore(trustStore(options)).getTrustManagers()
                : ask(given).getTrustManagers();
        for (TrustManager manager : managers) {
            if (!(manager instanceof X509ExtendedTrustManager)) {
                throw SslRules.broken(
                        "the trust manager factory",
                        manager.getClass().getName(),
                        "must make X509ExtendedTrustManagers, which know the host that is connected to");
            }
        }
        return managers;
    }

    private static TrustManagerFactory ask(Supplier<TrustManagerFactory> given) {
        TrustManagerFactory factory = given.get();
        if (factory == null) {
            throw SslRules.broken("the trust manager factory", null, "must be there");
        }
        return factory;
    }

    private static TrustManagerFactory ofStore(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store); // null is what the JDK trusts
        return factory;
    }

    private static @Nullable KeyStore trustStore(SslOptions options) throws GeneralSecurityException, IOException {
        Path store = options.trustStore().orElse(null);
        if (store != null) {
            return new StoreFile(
                            "ssl.trust-store",
                            store,
                            options.trustStorePassword().orElse(null),
                            options.trustStoreType())
                    .trusted();
        }
        Path file = options.trustCertificate().orElse(null);
        if (file == null) {
            return null;
        }
        KeyStore trusted = empty();
        int number = 0;
        for (X509Certificate certificate : new PemFile("ssl.trust-certificate", file).certificates()) {
            trusted.setCertificateEntry("authority-" + number++, certificate);
        }
        return trusted;
    }

    // ---- who we are

    private static KeyManager @Nullable [] keyManagers(SslOptions options)
            throws GeneralSecurityException, IOException {
        Supplier<KeyManagerFactory> given = options.keyManagerFactory().orElse(null);
        if (given != null) {
            KeyManagerFactory factory = given.get();
            if (factory == null) {
                throw SslRules.broken("the key manager factory", null, "must be there");
            }
            return factory.getKeyManagers();
        }
        Path certificate = options.certificate().orElse(null);
        Path key = options.privateKey().orElse(null);
        if (certificate != null && key != null) {
            return ofStore(pair(certificate, key, options.keyPassword().orElse(null)), INTERNAL);
        }
        Path store = options.keyStore().orElse(null);
        return store == null ? null : ofKeyStore(store, options);
    }

    private static KeyManager[] ofKeyStore(Path path, SslOptions options) throws GeneralSecurityException {
        String storePassword = options.keyStorePassword().orElse(null);
        KeyStore store = new StoreFile("ssl.key-store", path, storePassword, options.keyStoreType()).keys();
        String password = options.keyPassword().orElse(storePassword);
        try {
            return ofStore(store, password == null ? new char[0] : password.toCharArray());
        } catch (UnrecoverableKeyException e) {
            throw SslRules.broken("ssl.key-password", "does not open the key in " + path, e);
        }
    }

    private static KeyManager[] ofStore(KeyStore store, char[] password) throws GeneralSecurityException {
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, password);
        return factory.getKeyManagers();
    }

    private static KeyStore pair(Path certificateFile, Path keyFile, @Nullable String password)
            throws GeneralSecurityException, IOException {
        List<X509Certificate> chain = new PemFile("ssl.certificate", certificateFile).certificates();
        PrivateKey key = new PemFile("ssl.private-key", keyFile).privateKey(password);
        if (!belongTogether(key, chain.get(0))) {
            throw SslRules.broken(
                    "ssl.private-key", keyFile, "must be the key of the first certificate in " + certificateFile);
        }
        KeyStore store = empty();
        store.setKeyEntry("producer", key, INTERNAL, chain.toArray(X509Certificate[]::new));
        return store;
    }

    /** Whether the certificate confirms what the key has signed. */
    private static boolean belongTogether(PrivateKey key, X509Certificate certificate) throws GeneralSecurityException {
        String algorithm = key.getAlgorithm();
        if (!algorithm.equals(certificate.getPublicKey().getAlgorithm())) {
            return false;
        }
        String signing = switch (algorithm) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> null;
        };
        if (signing == null) {
            return true; // seldom; the server will find out
        }
        Signature signature = Signature.getInstance(signing);
        signature.initSign(key);
        signature.update(SAMPLE);
        byte[] signed = signature.sign();
        signature.initVerify(certificate.getPublicKey());
        signature.update(SAMPLE);
        return signature.verify(signed);
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
