package io.mqproducer.test.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An authority of its own, and the certificates that it issues, made by the JDK's keytool in a folder. Thread-safe; each
 * certificate is made once.
 */
public final class TestCertificates {

    /** Of every store, and of the keys in it. */
    public static final String PASSWORD = "changeit";

    private static final String AUTHORITY = "authority";
    private static final String LEAF = "leaf";

    private final Path folder;
    private final Path authorityStore;
    private final Path authority;
    private final Map<String, IssuedCertificate> issued = new ConcurrentHashMap<>();

    private TestCertificates(Path folder) {
        this.folder = folder;
        this.authorityStore = folder.resolve("authority.p12");
        keytool(
                authorityStore,
                AUTHORITY,
                "-dname",
                "CN=Authority of " + folder.getFileName(),
                "-keyalg",
                "EC",
                "-validity",
                "3650",
                "-startdate",
                "-1000d",
                "-ext",
                "bc:c=ca:true",
                "-ext",
                "ku:c=keyCertSign");
        this.authority = folder.resolve("authority.pem");
        write(authority, List.of(pem("CERTIFICATE", encoded(load(authorityStore), AUTHORITY))));
    }

    /** A new authority whose files are in this folder. */
    public static TestCertificates in(Path folder) {
        try {
            return new TestCertificates(Files.createDirectories(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The authority's own certificate, in PEM form. */
    public Path authority() {
        return authority;
    }

    /**
     * A certificate of the authority.
     *
     * @param name names its files; the same name gives the same certificate
     * @param commonName its subject
     * @param options further options of {@code keytool -genkeypair}, such as {@code -ext san=ip:127.0.0.1}; EC keys and 365
     *     days unless they say otherwise
     */
    public IssuedCertificate issue(String name, String commonName, String... options) {
        return issued.computeIfAbsent(name, key -> make(name, commonName, true, options));
    }

    /** A certificate that nobody stands for but itself. */
    public IssuedCertificate selfSigned(String name, String commonName, String... options) {
        return issued.computeIfAbsent(name, key -> make(name, commonName, false, options));
    }

    private IssuedCertificate make(String name, String commonName, boolean byAuthority, String... options) {
        Path store = folder.resolve(name + ".p12");
        List<String> arguments = new ArrayList<>(List.of("-dname", "CN=" + commonName));
        if (byAuthority) {
            copy(authorityStore, store);
            arguments.addAll(List.of("-signer", AUTHORITY));
        }
        if (!Arrays.asList(options).contains("-keyalg")) {
            arguments.addAll(List.of("-keyalg", "EC"));
        }
        if (!Arrays.asList(options).contains("-validity")) {
            arguments.addAll(List.of("-validity", "365"));
        }
        arguments.addAll(List.of(options));
        keytool(store, LEAF, arguments.toArray(String[]::new));
        return export(name, store);
    }

    private IssuedCertificate export(String name, Path store) {
        try {
            KeyStore entries = load(store);
            Certificate[] chain = entries.getCertificateChain(LEAF);
            Key key = entries.getKey(LEAF, PASSWORD.toCharArray());
            Path certificateFile = folder.resolve(name + ".pem");
            Path keyFile = folder.resolve(name + ".key");
            List<String> blocks = new ArrayList<>();
            for (Certificate certificate : chain) {
                blocks.add(pem("CERTIFICATE", certificate.getEncoded()));
            }
            write(certificateFile, blocks);
            write(keyFile, List.of(pem("PRIVATE KEY", key.getEncoded())));
            if (entries.containsAlias(AUTHORITY)) {
                entries.deleteEntry(AUTHORITY);
                try (OutputStream out = Files.newOutputStream(store)) {
                    entries.store(out, PASSWORD.toCharArray());
                }
            }
            return new IssuedCertificate(certificateFile, keyFile, store);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(name, e);
        }
    }

    private static void keytool(Path store, String alias, String... options) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1", // it hardly runs for long enough to be compiled twice
                "-J-XX:+UseSerialGC",
                "-genkeypair",
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-alias",
                alias));
        command.addAll(List.of(options));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command + ": " + said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static KeyStore load(Path store) {
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore entries = KeyStore.getInstance("PKCS12");
            entries.load(in, PASSWORD.toCharArray());
            return entries;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(store.toString(), e);
        }
    }

    private static byte[] encoded(KeyStore store, String alias) {
        try {
            return store.getCertificate(alias).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(alias, e);
        }
    }

    private static String pem(String label, byte[] bytes) {
        Base64.Encoder lines = Base64.getMimeEncoder(64, new byte[] {'\n'});
        return "-----BEGIN " + label + "-----\n" + lines.encodeToString(bytes) + "\n-----END " + label + "-----";
    }

    private static void write(Path file, List<String> blocks) {
        try {
            Files.write(file, blocks);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Path to) {
        try {
            Files.copy(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
