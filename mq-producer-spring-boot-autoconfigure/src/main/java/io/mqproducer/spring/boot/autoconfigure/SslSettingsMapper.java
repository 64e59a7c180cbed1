package io.mqproducer.spring.boot.autoconfigure;

import io.mqproducer.config.SslOptions;
import io.mqproducer.spring.boot.autoconfigure.properties.SslSettings;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes options of the settings {@code ssl.*}; {@code MQProducerBuilder.build} checks them. */
final class SslSettingsMapper {

    private SslSettingsMapper() {}

    /**
     * The options, or null for no TLS.
     *
     * @throws IllegalArgumentException if something is set, and not whether TLS is spoken: nobody who names a certificate
     *     expects plain text
     */
    static @Nullable SslOptions toOptions(SslSettings settings) {
        Boolean enabled = settings.getEnabled();
        if (enabled == null && isAnythingSet(settings)) {
            throw new IllegalArgumentException("ssl.enabled must be true or false when another ssl property is set");
        }
        return Boolean.TRUE.equals(enabled) ? options(settings) : null;
    }

    private static boolean isAnythingSet(SslSettings settings) {
        SslSettings defaults = new SslSettings();
        return settings.isVerifyHostname() != defaults.isVerifyHostname()
                || !settings.getProtocols().equals(defaults.getProtocols())
                || !settings.getCiphers().isEmpty()
                || Stream.of(
                                settings.getExpectedName(),
                                settings.getTrustCertificate(),
                                settings.getTrustStore(),
                                settings.getTrustStorePassword(),
                                settings.getTrustStoreType(),
                                settings.getCertificate(),
                                settings.getPrivateKey(),
                                settings.getKeyPassword(),
                                settings.getKeyStore(),
                                settings.getKeyStorePassword(),
                                settings.getKeyStoreType())
                        .anyMatch(value -> value != null);
    }

    private static SslOptions options(SslSettings settings) {
        SslOptions.Builder options = SslOptions.builder()
                .verifyHostname(settings.isVerifyHostname())
                .protocols(settings.getProtocols())
                .ciphers(settings.getCiphers());
        ifSet(settings.getExpectedName(), options::expectedName);
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
