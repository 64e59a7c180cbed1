package io.mqproducer.spring.boot.autoconfigure;

import io.mqproducer.config.SslOptions;
import io.mqproducer.spring.boot.autoconfigure.properties.SslSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;

/** Makes options of the settings {@code ssl.*}; {@code MQProducerBuilder.build} checks them. */
final class SslSettingsMapper {

    private SslSettingsMapper() {}

    /**
     * The options, or null for no TLS.
     *
     * @throws IllegalArgumentException if something is set, and not whether TLS is spoken: nobody who names a certificate
     *     expects plain text; or if there is a bundle besides files, or none of its name
     */
    static @Nullable SslOptions toOptions(SslSettings settings, SslBundleLookup bundles) {
        String bundle = settings.getBundle();
        List<String> files = files(settings);
        if (bundle != null && !files.isEmpty()) {
            throw new IllegalArgumentException("ssl.bundle must not be set together with " + String.join(", ", files));
        }
        if (settings.getEnabled() == null && bundle == null && (!files.isEmpty() || isMannerSet(settings))) {
            throw new IllegalArgumentException("ssl.enabled must be true or false when another ssl property is set");
        }
        boolean enabled = settings.getEnabled() == null ? bundle != null : settings.getEnabled();
        if (!enabled) {
            return null;
        }
        return bundle == null ? ofFiles(settings) : ofBundle(settings, bundles.find(bundle));
    }

    /** Options with the bundle's keys and authorities, and the settings' manners; its own where they say nothing. */
    static SslOptions ofBundle(SslSettings settings, Supplier<SslBundle> bundle) {
        SslOptions.Builder options = manners(settings);
        org.springframework.boot.ssl.SslOptions bundled = bundle.get().getOptions();
        if (settings.getProtocols().equals(new SslSettings().getProtocols())) {
            ifSet(bundled.getEnabledProtocols(), protocols -> options.protocols(List.of(protocols)));
        }
        if (settings.getCiphers().isEmpty()) {
            ifSet(bundled.getCiphers(), ciphers -> options.ciphers(List.of(ciphers)));
        }
        return options.keyManagerFactory(() -> bundle.get().getManagers().getKeyManagerFactory())
                .trustManagerFactory(() -> bundle.get().getManagers().getTrustManagerFactory())
                .build();
    }

    /** The properties that are set and name files or what belongs to them. */
    private static List<String> files(SslSettings settings) {
        List<String> set = new ArrayList<>();
        ifSet(settings.getTrustCertificate(), value -> set.add("ssl.trust-certificate"));
        ifSet(settings.getTrustStore(), value -> set.add("ssl.trust-store"));
        ifSet(settings.getTrustStorePassword(), value -> set.add("ssl.trust-store-password"));
        ifSet(settings.getTrustStoreType(), value -> set.add("ssl.trust-store-type"));
        ifSet(settings.getCertificate(), value -> set.add("ssl.certificate"));
        ifSet(settings.getPrivateKey(), value -> set.add("ssl.private-key"));
        ifSet(settings.getKeyPassword(), value -> set.add("ssl.key-password"));
        ifSet(settings.getKeyStore(), value -> set.add("ssl.key-store"));
        ifSet(settings.getKeyStorePassword(), value -> set.add("ssl.key-store-password"));
        ifSet(settings.getKeyStoreType(), value -> set.add("ssl.key-store-type"));
        return set;
    }

    private static boolean isMannerSet(SslSettings settings) {
        SslSettings defaults = new SslSettings();
        return settings.isVerifyHostname() != defaults.isVerifyHostname()
                || !settings.getProtocols().equals(defaults.getProtocols())
                || !settings.getCiphers().isEmpty()
                || settings.getExpectedName() != null;
    }

    private static SslOptions.Builder manners(SslSettings settings) {
        SslOptions.Builder options = SslOptions.builder()
                .verifyHostname(settings.isVerifyHostname())
                .protocols(settings.getProtocols())
                .ciphers(settings.getCiphers());
        ifSet(settings.getExpectedName(), options::expectedName);
        return options;
    }

    private static SslOptions ofFiles(SslSettings settings) {
        SslOptions.Builder options = manners(settings);
        ifSet(settings.getTrustCertificate(), options::trustCertificate);
        ifSet(settings.getTrustStore(), options::trustStore);
        ifSet(settings.getTrustStorePassword(), options::trustStorePassword);
        ifSet(settings.getTrustStoreType(), options::trustStoreType);
        ifSet(settings.getCertificate(), options::certificate);
        ifSet(settings.getPrivateKey(), options::privateKey);
        ifSet(settings.getKeyPassword(), options::keyPassword);
        ifSet(settings.getKeyStore(), options::keyStore);
        ifSet(settings.getKeyStorePassword(), options::keyStorePassword);
        ifSet(settings.getKeyStoreType(), options::keyStoreType);
        return options.build();
    }

    private static <T> void ifSet(@Nullable T value, Consumer<T> setter) {
        if (value != null) {
            setter.accept(value);
        }
    }
}
