package io.mqproducer.spring.boot.autoconfigure;

import io.mqproducer.spring.boot.autoconfigure.properties.ProducerSettings;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Warns of properties below {@code mq.producer} that do not exist, and names those that may have been meant. */
final class UnknownSettings {

    private static final Logger log = LoggerFactory.getLogger(UnknownSettings.class);

    private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of(InstanceBinding.PRIMARY);
    private static final String INSTANCES = "instances.";

    /** What conditions ask for, and what other classes have. */
    static final List<String> ELSEWHERE = List.of(
            "enabled",
            "transaction.jdbc.enabled",
            "transaction.jdbc.initialize-schema",
            "transaction.jdbc.retention",
            "transaction.jdbc.topics");

    private final SettingsTree tree =
            SettingsTree.of(MQProducerProperties.class).with(ELSEWHERE);
    private final List<String> values = SettingsTree.of(ProducerSettings.class).values();

    private UnknownSettings() {}

    /** Logs each of them once. */
    static void warn(Environment environment) {
        new UnknownSettings().find(environment).forEach((name, property) -> {
            String meant = property.meant();
            log.warn(
                    "{} is no property of the MQ producer and has no effect{}{}",
                    name,
                    property.origin() == null ? "" : " (" + property.origin() + ")",
                    meant == null ? "" : "; did you mean " + InstanceBinding.PRIMARY + "." + meant + "?");
        });
    }

    /** The whole names of all of them. */
    static Set<ConfigurationPropertyName> names(Environment environment) {
        return new UnknownSettings().find(environment).keySet();
    }

    /**
     * A property that does not exist.
     *
     * @param origin where it is written
     * @param meant what may have been meant, without the prefix
     */
    private record Unknown(
            @Nullable Object origin, @Nullable String meant) {}

    private Map<ConfigurationPropertyName, Unknown> find(Environment environment) {
        Map<ConfigurationPropertyName, Unknown> unknown = new LinkedHashMap<>();
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source instanceof IterableConfigurationPropertySource iterable) {
                boolean variables = isVariables(source.getUnderlyingSource());
                iterable.stream().filter(PREFIX::isAncestorOf).forEach(name -> look(source, name, variables, unknown));
            }
        }
        return unknown;
    }

    private static boolean isVariables(@Nullable Object source) {
        return source instanceof SystemEnvironmentPropertySource
                || (source instanceof PropertySource<?> named && named.getName().endsWith("systemEnvironment"));
    }

    private void look(
            ConfigurationPropertySource source,
            ConfigurationPropertyName name,
            boolean variable,
            Map<ConfigurationPropertyName, Unknown> unknown) {
        String key = below(name);
        if (variable ? isVariableKnown(key) : isKnown(name)) {
            return;
        }
        String meant = meant(key);
        if (variable && meant == null) {
            return; // others have variables that begin alike: Kubernetes makes some for a service of that name
        }
        ConfigurationProperty property = source.getConfigurationProperty(name);
        Object origin = property == null ? null : property.getOrigin();
        unknown.putIfAbsent(name, new Unknown(origin, meant));
    }

    /** The name after the prefix, as it is written. */
    private static String below(ConfigurationPropertyName name) {
        return name.subName(PREFIX.getNumberOfElements()).toString();
    }

    private boolean isKnown(ConfigurationPropertyName name) {
        SettingsTree here = tree;
        for (int i = PREFIX.getNumberOfElements(); i < name.getNumberOfElements(); i++) {
            here = here.child(name.getElement(i, Form.ORIGINAL));
            if (here == null) {
                return false;
            }
        }
        return here.isValue();
    }

    /** A variable does not tell where one word ends and the next begins. */
    private boolean isVariableKnown(String key) {
        String uniform = SettingsTree.uniform(key);
        boolean instance = key.startsWith(INSTANCES);
        return tree.values().stream().map(SettingsTree::uniform).anyMatch(value -> uniform.matches(value + "\\d*"))
                || isOpen(uniform)
                || (instance
                        && values.stream()
                                .map(SettingsTree::uniform)
                                .anyMatch(value -> uniform.matches(".+" + value + "\\d*") || uniform.contains(value)));
    }

    private boolean isOpen(String uniform) {
        return uniform.startsWith("connectionbrokeraddressmapping") || uniform.startsWith("connectionproxy");
    }

    // ---- what may have been meant

    private @Nullable String meant(String key) {
        if (key.startsWith(INSTANCES)) {
            int end = key.indexOf('.', INSTANCES.length());
            String meant = end < 0 ? null : nearest(key.substring(end + 1), values);
            return meant == null ? null : key.substring(0, end + 1) + meant;
        }
        return nearest(key, tree.values());
    }

    private static @Nullable String nearest(String key, List<String> candidates) {
        String written = SettingsTree.uniform(key);
        return candidates.stream()
                .map(candidate -> Map.entry(candidate, distance(key, written, candidate)))
                .filter(entry -> entry.getValue() <= Math.max(2, written.length() / 4))
                .min(Comparator.comparing(Map.Entry::getValue))
                .map(Map.Entry::getKey)
                .orElse(null);
    }

    /** The right word in the wrong place is as near as a slip of the pen. */
    private static int distance(String key, String written, String candidate) {
        boolean sameWord = lastWord(candidate).equals(lastWord(key));
        return sameWord ? 1 : EditDistance.between(written, SettingsTree.uniform(candidate));
    }

    private static String lastWord(String key) {
        return SettingsTree.uniform(key.substring(key.lastIndexOf('.') + 1));
    }
}
