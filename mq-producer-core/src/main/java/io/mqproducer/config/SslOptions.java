package io.mqproducer.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * How TLS is spoken with name servers and brokers. Immutable. Each part is named for the property {@code ssl.*} of the
 * Spring starter that it stands for; whether they go together, and whether the files are what they should be, is checked
 * when the producer is built.
 *
 * <p>Without options the servers' certificates must be trusted by the JDK and name the host that is connected to. Files and
 * factories are looked at again for each new connection, so certificates can be renewed while the producer runs; if what is
 * there is of no use, a warning is logged and the former stays in use.
 */
public final class SslOptions {

    private final Builder values;

    private SslOptions(Builder values) {
        this.values = values;
    }

    /** Options that trust what the JDK trusts, and verify host names. */
    public static Builder builder() {
        return new Builder();
    }

    public boolean verifyHostname() {
        return values.verifyHostname;
    }

    public Optional<String> expectedName() {
        return Optional.ofNullable(values.expectedName);
    }

    public List<String> protocols() {
        return values.protocols;
    }

    /** Empty for the JDK's own choice. */
    public List<String> ciphers() {
        return values.ciphers;
    }

    public Optional<Path> trustCertificate() {
        return Optional.ofNullable(values.trustCertificate);
    }

    public Optional<Path> trustStore() {
        return Optional.ofNullable(values.trustStore);
    }

    public Optional<String> trustStorePassword() {
        return Optional.ofNullable(values.trustStorePassword);
    }

    public Optional<String> trustStoreType() {
        return Optional.ofNullable(values.trustStoreType);
    }

    public Optional<Path> certificate() {
        return Optional.ofNullable(values.certificate);
    }

    public Optional<Path> privateKey() {
        return Optional.ofNullable(values.privateKey);
    }

    public Optional<String> keyPassword() {
        return Optional.ofNullable(values.keyPassword);
    }

    public Optional<Path> keyStore() {
        return Optional.ofNullable(values.keyStore);
    }

    public Optional<String> keyStorePassword() {
        return Optional.ofNullable(values.keyStorePassword);
    }

    public Optional<String> keyStoreType() {
        return Optional.ofNullable(values.keyStoreType);
    }

    public Optional<Supplier<KeyManagerFactory>> keyManagerFactory() {
        return Optional.ofNullable(values.keyManagerFactory);
    }

    public Optional<Supplier<TrustManagerFactory>> trustManagerFactory() {
        return Optional.ofNullable(values.trustManagerFactory);
    }

    /** The names of what is set, without the values: some are passwords. */
    @Override
    public String toString() {
        List<String> set = new ArrayList<>();
        addIfSet("trust-certificate", values.trustCertificate, set);
        addIfSet("trust-store", values.trustStore, set);
        addIfSet("trust-manager-factory", values.trustManagerFactory, set);
        addIfSet("certificate", values.certificate, set);
        addIfSet("key-store", values.keyStore, set);
        addIfSet("key-manager-factory", values.keyManagerFactory, set);
        return "SslOptions[verify-hostname=" + values.verifyHostname
                + (values.expectedName == null ? "" : ", expected-name=" + values.expectedName) + ", protocols="
                + values.protocols + ", set: " + set + "]";
    }

    private static void addIfSet(String name, @Nullable Object value, List<String> set) {
        if (value != null) {
            set.add(name);
        }
    }

    /** Collects options; not thread-safe. */
    public static final class Builder {

        private boolean verifyHostname = true;
        private @Nullable String expectedName;
        private List<String> protocols = List.of("TLSv1.3", "TLSv1.2");
        private List<String> ciphers = List.of();
        private @Nullable Path trustCertificate;
        private @Nullable Path trustStore;
        private @Nullable String trustStorePassword;
        private @Nullable String trustStoreType;
        private @Nullable Path certificate;
        private @Nullable Path privateKey;
        private @Nullable String keyPassword;
        private @Nullable Path keyStore;
        private @Nullable String keyStorePassword;
        private @Nullable String keyStoreType;
        private @Nullable Supplier<KeyManagerFactory> keyManagerFactory;
        private @Nullable Supplier<TrustManagerFactory> trustManagerFactory;

        private Builder() {}

        private Builder(Builder other) {
            this.verifyHostname = other.verifyHostname;
            this.expectedName = other.expectedName;
            this.protocols = other.protocols;
            this.ciphers = other.ciphers;
            this.trustCertificate = other.trustCertificate;
            this.trustStore = other.trustStore;
            this.trustStorePassword = other.trustStorePassword;
            this.trustStoreType = other.trustStoreType;
            this.certificate = other.certificate;
            this.privateKey = other.privateKey;
            this.keyPassword = other.keyPassword;
            this.keyStore = other.keyStore;
            this.keyStorePassword = other.keyStorePassword;
            this.keyStoreType = other.keyStoreType;
            this.keyManagerFactory = other.keyManagerFactory;
            this.trustManagerFactory = other.trustManagerFactory;
        }

        /**
         * Whether a certificate must name the host, or have the IP address, that is connected to; true if not set. False
         * lets everybody pose as a server who has any certificate of a trusted authority, and is warned about at each
         * start; {@link #expectedName} is nearly always what is wanted.
         */
        public Builder verifyHostname(boolean verifyHostname) {
            this.verifyHostname = verifyHostname;
            return this;
        }

        /**
         * The name that all servers' certificates must have, whatever address is connected to. For brokers that the route
         * names by IP address and whose certificates have a name only.
         */
        public Builder expectedName(String expectedName) {
            this.expectedName = Objects.requireNonNull(expectedName, "expectedName");
            return this;
        }

        /** Protocol versions by the JDK's names, none below TLS 1.2; {@code TLSv1.3} and {@code TLSv1.2} if not set. */
        public Builder protocols(List<String> protocols) {
            this.protocols = List.copyOf(protocols);
            return this;
        }

        /** Cipher suites by the JDK's names; its own choice if not set. */
        public Builder ciphers(List<String> ciphers) {
            this.ciphers = List.copyOf(ciphers);
            return this;
        }

        /** File with the certificates, in PEM form, of the authorities that are trusted. */
        public Builder trustCertificate(Path trustCertificate) {
            this.trustCertificate = Objects.requireNonNull(trustCertificate, "trustCertificate");
            return this;
        }

        /** Trust store, in place of a file with certificates. */
        public Builder trustStore(Path trustStore) {
            this.trustStore = Objects.requireNonNull(trustStore, "trustStore");
            return this;
        }

        /** Password of the trust store. */
        public Builder trustStorePassword(String trustStorePassword) {
            this.trustStorePassword = Objects.requireNonNull(trustStorePassword, "trustStorePassword");
            return this;
        }

        /** Type of the trust store; PKCS12, which reads JKS as well, if not set. */
        public Builder trustStoreType(String trustStoreType) {
            this.trustStoreType = Objects.requireNonNull(trustStoreType, "trustStoreType");
            return this;
        }

        /** File with the certificate of the producer, and those up to its authority, in PEM form: for mutual TLS. */
        public Builder certificate(Path certificate) {
            this.certificate = Objects.requireNonNull(certificate, "certificate");
            return this;
        }

        /** File with the private key that belongs to the certificate, PKCS#8 in PEM form. */
        public Builder privateKey(Path privateKey) {
            this.privateKey = Objects.requireNonNull(privateKey, "privateKey");
            return this;
        }

        /** Password of the private key, be it in a file or in the key store; for the latter its own if not set. */
        public Builder keyPassword(String keyPassword) {
            this.keyPassword = Objects.requireNonNull(keyPassword, "keyPassword");
            return this;
        }

        /** Key store with the producer's certificate and key, in place of two files. */
        public Builder keyStore(Path keyStore) {
            this.keyStore = Objects.requireNonNull(keyStore, "keyStore");
            return this;
        }

        /** Password of the key store. */
        public Builder keyStorePassword(String keyStorePassword) {
            this.keyStorePassword = Objects.requireNonNull(keyStorePassword, "keyStorePassword");
            return this;
        }

        /** Type of the key store; PKCS12, which reads JKS as well, if not set. */
        public Builder keyStoreType(String keyStoreType) {
            this.keyStoreType = Objects.requireNonNull(keyStoreType, "keyStoreType");
            return this;
        }

        /**
         * Gives the producer's key in place of files; asked for each new connection, on a thread that may wait. What it
         * returns must be initialized.
         */
        public Builder keyManagerFactory(Supplier<KeyManagerFactory> keyManagerFactory) {
            this.keyManagerFactory = Objects.requireNonNull(keyManagerFactory, "keyManagerFactory");
            return this;
        }

        /**
         * Says whom to trust in place of files; asked for each new connection, on a thread that may wait. What it returns
         * must be initialized, and make {@link javax.net.ssl.X509ExtendedTrustManager}s, as the JDK's do: others know no
         * host.
         */
        public Builder trustManagerFactory(Supplier<TrustManagerFactory> trustManagerFactory) {
            this.trustManagerFactory = Objects.requireNonNull(trustManagerFactory, "trustManagerFactory");
            return this;
        }

        /** The options as they are now, unchecked. */
        public SslOptions build() {
            return new SslOptions(new Builder(this));
        }
    }
}
