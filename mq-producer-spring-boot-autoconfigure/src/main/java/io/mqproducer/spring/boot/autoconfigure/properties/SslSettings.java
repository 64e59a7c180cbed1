package io.mqproducer.spring.boot.autoconfigure.properties;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How TLS is spoken with the servers. Has no text form: some values are secrets. */
public class SslSettings {

    /** Whether to speak TLS with name servers and brokers. If not set, enabled if a bundle is set. */
    private @Nullable Boolean enabled;

    /** SSL bundle name. Instead of files and stores. */
    private @Nullable String bundle;

    /** Whether the certificate of a server must match the address that is connected to. */
    private boolean verifyHostname = true;

    /** Name that the certificates of all servers must have, for brokers that are addressed by IP. */
    private @Nullable String expectedName;

    /** Comma-separated list of protocol versions, none below TLSv1.2. */
    private List<String> protocols = new ArrayList<>(List.of("TLSv1.3", "TLSv1.2"));

    /** Comma-separated list of cipher suites. If not set, chosen by the JDK. */
    private List<String> ciphers = new ArrayList<>();

    /** File with the PEM certificates of trusted authorities. If not set, the JDK decides. */
    private @Nullable Path trustCertificate;

    /** Trust store, instead of a file with certificates. */
    private @Nullable Path trustStore;

    /** Password of the trust store. */
    private @Nullable String trustStorePassword;

    /** Type of the trust store. If not set, PKCS12 or JKS. */
    private @Nullable String trustStoreType;

    /** File with the PEM certificate chain of the producer, for mutual TLS. */
    private @Nullable Path certificate;

    /** File with the PEM private key of the certificate, PKCS#8. */
    private @Nullable Path privateKey;

    /** Password of the private key, in a file or in the key store. */
    private @Nullable String keyPassword;

    /** Key store with certificate and private key, instead of two files. */
    private @Nullable Path keyStore;

    /** Password of the key store. */
    private @Nullable String keyStorePassword;

    /** Type of the key store. If not set, PKCS12 or JKS. */
    private @Nullable String keyStoreType;

    public @Nullable Boolean getEnabled() {
        return enabled;
    }

    public void setEnabled(@Nullable Boolean enabled) {
        this.enabled = enabled;
    }

    public @Nullable String getBundle() {
        return bundle;
    }

    public void setBundle(@Nullable String bundle) {
        this.bundle = bundle;
    }

    public boolean isVerifyHostname() {
        return verifyHostname;
    }

    public void setVerifyHostname(boolean verifyHostname) {
        this.verifyHostname = verifyHostname;
    }

    public @Nullable String getExpectedName() {
        return expectedName;
    }

    public void setExpectedName(@Nullable String expectedName) {
        this.expectedName = expectedName;
    }

    public List<String> getProtocols() {
        return protocols;
    }

    public void setProtocols(List<String> protocols) {
        this.protocols = protocols;
    }

    public List<String> getCiphers() {
        return ciphers;
    }

    public void setCiphers(List<String> ciphers) {
        this.ciphers = ciphers;
    }

    public @Nullable Path getTrustCertificate() {
        return trustCertificate;
    }

    public void setTrustCertificate(@Nullable Path trustCertificate) {
        this.trustCertificate = trustCertificate;
    }

    public @Nullable Path getTrustStore() {
        return trustStore;
    }

    public void setTrustStore(@Nullable Path trustStore) {
        this.trustStore = trustStore;
    }

    public @Nullable String getTrustStorePassword() {
        return trustStorePassword;
    }

    public void setTrustStorePassword(@Nullable String trustStorePassword) {
        this.trustStorePassword = trustStorePassword;
    }

    public @Nullable String getTrustStoreType() {
        return trustStoreType;
    }

    public void setTrustStoreType(@Nullable String trustStoreType) {
        this.trustStoreType = trustStoreType;
    }

    public @Nullable Path getCertificate() {
        return certificate;
    }

    public void setCertificate(@Nullable Path certificate) {
        this.certificate = certificate;
    }

    public @Nullable Path getPrivateKey() {
        return privateKey;
    }

    public void setPrivateKey(@Nullable Path privateKey) {
        this.privateKey = privateKey;
    }

    public @Nullable String getKeyPassword() {
        return keyPassword;
    }

    public void setKeyPassword(@Nullable String keyPassword) {
        this.keyPassword = keyPassword;
    }

    public @Nullable Path getKeyStore() {
        return keyStore;
    }

    public void setKeyStore(@Nullable Path keyStore) {
        this.keyStore = keyStore;
    }

    public @Nullable String getKeyStorePassword() {
        return keyStorePassword;
    }

    public void setKeyStorePassword(@Nullable String keyStorePassword) {
        this.keyStorePassword = keyStorePassword;
    }

    public @Nullable String getKeyStoreType() {
        return keyStoreType;
    }

    public void setKeyStoreType(@Nullable String keyStoreType) {
        this.keyStoreType = keyStoreType;
    }
}
