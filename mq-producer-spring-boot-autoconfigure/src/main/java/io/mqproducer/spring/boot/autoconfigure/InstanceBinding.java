package io.mqproducer.spring.boot.autoconfigure;

import io.mqproducer.spring.boot.autoconfigure.properties.ProducerSettings;
import io.mqproducer.spring.boot.autoconfigure.properties.SslSettings;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.core.env.Environment;

/**
 * Reads {@code mq.producer.instances.*}, each on top of the primary producer's settings. What belongs together is inherited
 * as a whole or not at all: keys, TLS material, the kind of namespace.
 */
final class InstanceBinding implements BindHandler {

    static final String PRIMARY = "mq.producer";
    static final String INSTANCES = "mq.producer.instances";

    private static final List<String> SSL_MATERIAL = List.of(
            "ssl.bundle",
            "ssl.trust-certificate",
            "ssl.trust-store",
            "ssl.trust-store-password",
            "ssl.trust-store-type",
            "ssl.certificate",
            "ssl.private-key",
            "ssl.key-password",
            "ssl.key-store",
            "ssl.key-store-password",
            "ssl.key-store-type");

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9-]+");

    private final Iterable<ConfigurationPropertySource> sources;
    private final Binder binder;
    private final Set<String> withNameServers = new LinkedHashSet<>();
    private final Set<String> withKeys = new LinkedHashSet<>();
    private final Map<String, ProducerSettings> settings;

    InstanceBinding(Environment environment) {
        this.sources = ConfigurationPropertySources.get(environment);
        this.binder = Binder.get(environment);
        this.settings = binder.bind(INSTANCES, Bindable.mapOf(String.class, ProducerSettings.class), this)
                .map(bound -> oncePerName(bound, Set.copyOf(bound.keySet())))
                .orElseGet(Map::of);
    }

    /** The names of all instances, before anything is bound to them. */
    static Set<String> names(Environment environment) {
        return Binder.get(environment)
                .bind(INSTANCES, Bindable.mapOf(String.class, Object.class))
                .map(bound -> oncePerName(bound, Set.copyOf(bound.keySet())).keySet())
                .orElseGet(Set::of);
    }

    /**
     * An environment variable spells {@code order-events} as ORDEREVENTS, which makes a second key of the same instance: the
     * one that says more stays.
     */
    private static <T> Map<String, T> oncePerName(Map<String, T> bound, Set<String> names) {
        Map<String, T> once = new LinkedHashMap<>();
        bound.forEach((name, value) -> {
            boolean spelledBetter = names.stream()
                    .anyMatch(other ->
                            !other.equals(name) && uniform(other).equals(uniform(name)) && saysMoreThan(name, other));
            if (!spelledBetter) {
                once.put(name, value);
            }
        });
        return once;
    }

    private static boolean saysMoreThan(String less, String more) {
        return more.length() != less.length() ? more.length() > less.length() : more.compareTo(less) < 0;
    }

    private static String uniform(String name) {
        return name.replace("-", "").toLowerCase(Locale.ROOT);
    }

    /** All instances by name, with what they have inherited. */
    Map<String, ProducerSettings> settings() {
        return settings;
    }

    /** What an instance's properties start with, in the spelling of property files. */
    static String prefix(String name) {
        return INSTANCES + (PLAIN.matcher(name).matches() ? "." + name : "[" + name + "]");
    }

    /** Whether this property of the primary producer is set at all, to the default perhaps. */
    boolean isSetForPrimary(String property) {
        return isSet(sources, ConfigurationPropertyName.of(PRIMARY), List.of(property));
    }

    boolean hasOwnNameServers(String name) {
        return withNameServers.contains(name);
    }

    boolean hasOwnKeys(String name) {
        return withKeys.contains(name);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> Bindable<T> onStart(ConfigurationPropertyName name, Bindable<T> target, BindContext context) {
        if (target.getType().resolve() != ProducerSettings.class || target.getValue() != null) {
            return target;
        }
        ProducerSettings inherited = inheritedBy(name);
        return target.withSuppliedValue(() -> (T) inherited);
    }

    private ProducerSettings inheritedBy(ConfigurationPropertyName instance) {
        ProducerSettings base = primary();
        String key = instance.getLastElement(Form.ORIGINAL);
        if (isSet(sources, instance, List.of("name-servers"))) {
            withNameServers.add(key);
        }
        if (isSet(sources, instance, List.of("acl"))) {
            withKeys.add(key);
            base.getAcl().setAccessKey(null);
            base.getAcl().setSecretKey(null);
            base.getAcl().setSecurityToken(null);
        }
        if (isSet(sources, instance, SSL_MATERIAL)) {
            forgetMaterial(base.getSsl());
        }
        if (isSet(sources, instance, List.of("namespace", "namespace-v2"))) {
            base.setNamespace(null);
            base.setNamespaceV2(null);
        }
        return base;
    }

    private static void forgetMaterial(SslSettings ssl) {
        ssl.setBundle(null);
        ssl.setTrustCertificate(null);
        ssl.setTrustStore(null);
        ssl.setTrustStorePassword(null);
        ssl.setTrustStoreType(null);
        ssl.setCertificate(null);
        ssl.setPrivateKey(null);
        ssl.setKeyPassword(null);
        ssl.setKeyStore(null);
        ssl.setKeyStorePassword(null);
        ssl.setKeyStoreType(null);
    }

    /** The primary producer's settings in an object of their own. */
    ProducerSettings primary() {
        ProducerSettings base = new ProducerSettings();
        binder.bind(PRIMARY, Bindable.ofInstance(base));
        return base;
    }

    private static boolean isSet(
            Iterable<ConfigurationPropertySource> sources,
            ConfigurationPropertyName producer,
            List<String> properties) {
        for (ConfigurationPropertySource source : sources) {
            for (String property : properties) {
                ConfigurationPropertyName name = producer.append(property);
                if (source.getConfigurationProperty(name) != null
                        || source.containsDescendantOf(name) == ConfigurationPropertyState.PRESENT) {
                    return true;
                }
            }
        }
        return false;
    }
}
