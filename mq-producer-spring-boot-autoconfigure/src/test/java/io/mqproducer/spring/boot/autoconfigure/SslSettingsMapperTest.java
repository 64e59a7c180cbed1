package io.mqproducer.spring.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mqproducer.config.SslOptions;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.SslManagerBundle;

class SslSettingsMapperTest {

    static Stream<Arguments> properties() {
        return Stream.of(
                Arguments.of("verify-hostname", "false", "verifyHostname", false),
                Arguments.of("expected-name", "broker", "expectedName", Optional.of("broker")),
                Arguments.of("protocols", "TLSv1.3", "protocols", List.of("TLSv1.3")),
                Arguments.of("ciphers", "a,b", "ciphers", List.of("a", "b")),
                Arguments.of("trust-certificate", "/etc/ca.pem", "trustCertificate", path("/etc/ca.pem")),
                Arguments.of("trust-certificate", "file:/etc/ca.pem", "trustCertificate", path("/etc/ca.pem")),
                Arguments.of("trust-store", "/etc/trust.p12", "trustStore", path("/etc/trust.p12")),
                Arguments.of("trust-store-password", "p", "trustStorePassword", Optional.of("p")),
                Arguments.of("trust-store-type", "JKS", "trustStoreType", Optional.of("JKS")),
                Arguments.of("certificate", "/etc/me.pem", "certificate", path("/etc/me.pem")),
                Arguments.of("private-key", "/etc/me.key", "privateKey", path("/etc/me.key")),
                Arguments.of("key-password", "p", "keyPassword", Optional.of("p")),
                Arguments.of("key-store", "/etc/me.p12", "keyStore", path("/etc/me.p12")),
                Arguments.of("key-store-password", "p", "keyStorePassword", Optional.of("p")),
                Arguments.of("key-store-type", "JKS", "keyStoreType", Optional.of("JKS")));
    }

    private static Optional<Path> path(String text) {
        return Optional.of(Path.of(text));
    }

    @ParameterizedTest(name = "{0}={1}")
    @MethodSource("properties")
    void handsEveryPropertyToTheOptions(String property, String value, String accessor, Object expected) {
        Map<String, Object> mapped = values(options(Map.of("enabled", "true", property, value)));

        Map<String, Object> wanted = values(SslOptions.builder().build());
        assertThat(wanted.put(accessor, expected)).isNotEqualTo(expected);
        assertThat(mapped).isEqualTo(wanted);
    }

    @Test
    void knowsEveryOption() {
        Set<String> mapped =
                properties().map(arguments -> (String) arguments.get()[2]).collect(Collectors.toSet());

        assertThat(mapped).isEqualTo(values(SslOptions.builder().build()).keySet());
    }

    @Test
    void speaksTlsOnlyIfEnabled() {
        assertThat(options(Map.of())).isNull();
        assertThat(options(Map.of("enabled", "false", "trust-certificate", "/x")))
                .isNull();
        assertThat(values(options(Map.of("enabled", "true"))))
                .isEqualTo(values(SslOptions.builder().build()));
    }

    // ---- bundles

    @Test
    void takesManagersProtocolsAndCiphersOfABundle() {
        SslBundle bundle = bundle(org.springframework.boot.ssl.SslOptions.of(Set.of("c1"), Set.of("TLSv1.3")));

        SslOptions options = options(Map.of("bundle", "mine", "expected-name", "broker"), Map.of("mine", bundle));

        assertThat(options.keyManagerFactory().orElseThrow().get())
                .isSameAs(bundle.getManagers().getKeyManagerFactory());
        assertThat(options.trustManagerFactory().orElseThrow().get())
                .isSameAs(bundle.getManagers().getTrustManagerFactory());
        assertThat(options.protocols()).containsExactly("TLSv1.3");
        assertThat(options.ciphers()).containsExactly("c1");
        assertThat(options.expectedName()).contains("broker");
    }

    @Test
    void prefersProtocolsAndCiphersOfProperties() {
        SslBundle bundle = bundle(org.springframework.boot.ssl.SslOptions.of(Set.of("c1"), Set.of("TLSv1.3")));

        SslOptions options =
                options(Map.of("bundle", "mine", "protocols", "TLSv1.2", "ciphers", "c2"), Map.of("mine", bundle));

        assertThat(options.protocols()).containsExactly("TLSv1.2");
        assertThat(options.ciphers()).containsExactly("c2");
    }

    @Test
    void keepsItsOwnProtocolsWhereABundleHasNone() {
        SslOptions options =
                options(Map.of("bundle", "mine"), Map.of("mine", bundle(org.springframework.boot.ssl.SslOptions.NONE)));

        assertThat(options.protocols()).isEqualTo(SslOptions.builder().build().protocols());
        assertThat(options.ciphers()).isEmpty();
    }

    @Test
    void letsTheSwitchWinOverABundle() {
        assertThat(options(Map.of("bundle", "mine", "enabled", "false"))).isNull();
    }

    @Test
    void asksForTheBundleAnewEachTime() {
        SslBundle before = bundle(org.springframework.boot.ssl.SslOptions.NONE);
        SslBundle after = bundle(org.springframework.boot.ssl.SslOptions.NONE);
        DefaultSslBundleRegistry registry = new DefaultSslBundleRegistry("mine", before);
        SslOptions options = options(Map.of("bundle", "mine"), registry);
        assertThat(options.trustManagerFactory().orElseThrow().get())
                .isSameAs(before.getManagers().getTrustManagerFactory());

        registry.updateBundle("mine", after);

        assertThat(options.trustManagerFactory().orElseThrow().get())
                .isSameAs(after.getManagers().getTrustManagerFactory());
        assertThat(options.keyManagerFactory().orElseThrow().get())
                .isSameAs(after.getManagers().getKeyManagerFactory());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "trust-certificate",
                "trust-store",
                "trust-store-password",
                "trust-store-type",
                "certificate",
                "private-key",
                "key-password",
                "key-store",
                "key-store-password",
                "key-store-type"
            })
    void refusesABundleBesidesFiles(String property) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options(Map.of("bundle", "mine", property, "x")))
                .withMessage("ssl.bundle must not be set together with ssl." + property);
    }

    @Test
    void refusesABundleThatIsNotThere() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options(
                        Map.of("bundle", "yours"),
                        Map.of("mine", bundle(org.springframework.boot.ssl.SslOptions.NONE))))
                .withMessage("ssl.bundle must be the name of an SSL bundle below spring.ssl.bundle, got 'yours',"
                        + " and there are [mine]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options(Map.of("bundle", "yours")))
                .withMessageContaining("the context has no SslBundles bean");
    }

    private static SslBundle bundle(org.springframework.boot.ssl.SslOptions options) {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            return SslBundle.of(null, null, options, null, SslManagerBundle.of(keys, trust));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest(name = "{0}={1}")
    @MethodSource("properties")
    void s06_aPropertyOfSslWithoutTheSwitchIsNoPlainText(
            String property, String value, String accessor, Object expected) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options(Map.of(property, value)))
                .withMessage("ssl.enabled must be true or false when another ssl property is set");
    }

    private static @Nullable SslOptions options(Map<String, String> properties) {
        return options(properties, (SslBundles) null);
    }

    private static @Nullable SslOptions options(Map<String, String> properties, Map<String, SslBundle> bundles) {
        DefaultSslBundleRegistry registry = new DefaultSslBundleRegistry();
        bundles.forEach(registry::registerBundle);
        return options(properties, registry);
    }

    private static @Nullable SslOptions options(Map<String, String> properties, @Nullable SslBundles bundles) {
        Map<String, String> named = properties.entrySet().stream()
                .collect(Collectors.toMap(entry -> "mq.producer.ssl." + entry.getKey(), Map.Entry::getValue));
        MQProducerProperties bound = new Binder(
                        List.of(new MapConfigurationPropertySource(named)),
                        null,
                        ApplicationConversionService.getSharedInstance())
                .bind("mq.producer", MQProducerProperties.class)
                .orElseGet(MQProducerProperties::new);
        StaticListableBeanFactory beans = new StaticListableBeanFactory();
        if (bundles != null) {
            beans.addBean("sslBundleRegistry", bundles);
        }
        return SslSettingsMapper.toOptions(
                bound.getSsl(), new SslBundleLookup(beans.getBeanProvider(SslBundles.class)));
    }

    private static Map<String, Object> values(SslOptions options) {
        Map<String, Object> values = new TreeMap<>();
        Arrays.stream(SslOptions.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers())
                        && !Modifier.isStatic(method.getModifiers())
                        && !Set.of("toString", "keyManagerFactory", "trustManagerFactory")
                                .contains(method.getName()))
                .forEach(method -> values.put(method.getName(), value(method, options)));
        return values;
    }

    private static Object value(Method method, SslOptions options) {
        try {
            return method.invoke(options);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
