package io.mqproducer.internal.ssl;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A file in PEM form.
 *
 * @param setting what named it
 */
record PemFile(String setting, Path path) {

    private static final Pattern KEY =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]*)PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END", Pattern.DOTALL);

    private static final List<String> KEY_ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS");

    /** All certificates in it, at least one. */
    List<X509Certificate> certificates() {
        SslRules.file(setting, path);
        List<X509Certificate> certificates;
        try (InputStream in = Files.newInputStream(path)) {
            certificates = CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (IOException | CertificateException e) {
            throw SslRules.broken(setting, "must have certificates in PEM form, which " + path + " has not", e);
        }
        if (certificates.isEmpty()) {
            throw SslRules.broken(setting, path + " with none", "must have at least one certificate");
        }
        return certificates;
    }

    /** The key in it. */
    PrivateKey privateKey(@Nullable String password) {
        SslRules.file(setting, path);
        Matcher key = KEY.matcher(text());
        if (!key.find()) {
            throw SslRules.broken(setting, path, "must have a private key in PEM form");
        }
        byte[] bytes;
        try {
            bytes = Base64.getMimeDecoder().decode(key.group(2));
        } catch (IllegalArgumentException e) {
            throw SslRules.broken(setting, "must have a private key in PEM form, which " + path + " has not", e);
        }
        return switch (key.group(1).strip()) {
            case "" -> decoded(new PKCS8EncodedKeySpec(bytes));
            case "ENCRYPTED" -> decoded(decrypted(bytes, password));
            default ->
                throw SslRules.broken(
                        setting,
                        path + " with BEGIN " + key.group(1) + "PRIVATE KEY",
                        "must have a key in PKCS#8 form, which openssl pkcs8 -topk8 makes of another");
        };
    }

    private String text() {
        try {
            return Files.readString(path, ISO_8859_1);
        } catch (IOException e) {
            throw SslRules.broken(setting, "must be a file that can be read, which " + path + " is not", e);
        }
    }

    private PKCS8EncodedKeySpec decrypted(byte[] bytes, @Nullable String password) {
        if (password == null) {
            throw new IllegalArgumentException(
                    "ssl.key-password must be set, for the key in " + path + " is encrypted");
        }
        try {
            EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(bytes);
            // What PBES2 consists of is said by its parameters only.
            String named = String.valueOf(info.getAlgParameters());
            String algorithm = named.startsWith("PBE") ? named : info.getAlgName();
            Cipher cipher = Cipher.getInstance(algorithm);
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(password.toCharArray())),
                    info.getAlgParameters());
            return info.getKeySpec(cipher);
        } catch (IOException | GeneralSecurityException e) {
            throw SslRules.broken("ssl.key-password", "does not open the key in " + path, e);
        }
    }

    private PrivateKey decoded(PKCS8EncodedKeySpec spec) {
        return KEY_ALGORITHMS.stream()
                .map(algorithm -> keyOf(algorithm, spec))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow(() -> SslRules.broken(
                        setting, path + " with none", "must have a private key of one of " + KEY_ALGORITHMS));
    }

    private static @Nullable PrivateKey keyOf(String algorithm, PKCS8EncodedKeySpec spec) {
        try {
            return KeyFactory.getInstance(algorithm).generatePrivate(spec);
        } catch (InvalidKeySpecException e) {
            return null; // a key of another algorithm
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has keys of " + algorithm, e);
        }
    }
}
