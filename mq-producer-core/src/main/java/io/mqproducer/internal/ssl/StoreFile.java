package io.mqproducer.internal.ssl;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.util.Collections;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A key store or a trust store.
 *
 * @param setting what named it
 */
record StoreFile(String setting, Path path, @Nullable String password, Optional<String> type) {

    private static final String DEFAULT_TYPE = "PKCS12";

    /** A store that has certificates to trust. */
    KeyStore trusted() {
        KeyStore store = load();
        return checked(store, store::isCertificateEntry, "certificate that is trusted");
    }

    /** A store that has a private key. */
    KeyStore keys() {
        KeyStore store = load();
        return checked(store, store::isKeyEntry, "private key");
    }

    private KeyStore load() {
        SslRules.file(setting, path);
        KeyStore store;
        try {
            store = KeyStore.getInstance(type.orElse(DEFAULT_TYPE));
        } catch (KeyStoreException e) {
            throw SslRules.broken(setting + "-type", type.orElse(DEFAULT_TYPE), "must be a type that the JDK knows");
        }
        try (InputStream in = Files.newInputStream(path)) {
            store.load(in, password == null ? null : password.toCharArray());
            return store;
        } catch (IOException e) {
            if (e.getCause() instanceof GeneralSecurityException) {
                throw SslRules.broken(setting + "-password", "does not open " + path, e);
            }
            throw SslRules.broken(
                    setting, "must be a store of type " + store.getType() + ", which " + path + " is not", e);
        } catch (GeneralSecurityException e) {
            throw SslRules.broken(setting, "cannot be used: " + path, e);
        }
    }

    private interface Entry {
        boolean test(String alias) throws KeyStoreException;
    }

    private KeyStore checked(KeyStore store, Entry wanted, String what) {
        try {
            for (String alias : Collections.list(store.aliases())) {
                if (wanted.test(alias)) {
                    return store;
                }
            }
        } catch (KeyStoreException e) {
            throw new IllegalStateException("a store that was loaded has entries", e);
        }
        String hint = password == null ? " (without " + setting + "-password it may only seem to be empty)" : "";
        throw SslRules.broken(setting, path + " with none" + hint, "must have at least one " + what);
    }
}
