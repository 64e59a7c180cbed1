package io.mqproducer.spring.boot.autoconfigure;

import io.mqproducer.spring.boot.autoconfigure.properties.ProducerSettings;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.core.env.Environment;

/**
 * The producers that the properties describe: the primary one and the instances, with all that they inherit. Immutable.
 */
final class ConfiguredProducers {

    static final String PRIMARY_BEAN = "mqProducer";

    private final ConfiguredProducer primary;
    private final Map<String, ConfiguredProducer> instances;
    private final boolean started;

    private ConfiguredProducers(
            ConfiguredProducer primary, Map<String, ConfiguredProducer> instances, boolean started) {
        this.primary = primary;
        this.instances = instances;
        this.started = started;
    }

    /**
     * Reads the instances once more, so that they inherit, and puts them in place of those in the properties.
     *
     * @throws InvalidProducerSettingsException if an instance has the primary producer's name
     */
    static ConfiguredProducers of(MQProducerProperties properties, boolean detailed, Environment environment) {
        ProducerGroup group = ProducerGroup.of(properties.getGroup(), environment);
        ConfiguredProducer primary = new ConfiguredProducer(
                group.name(), PRIMARY_BEAN, InstanceBinding.PRIMARY, group, properties, false, false);
        InstanceBinding binding = new InstanceBinding(environment);
        properties.setInstances(binding.settings());
        Map<String, ConfiguredProducer> instances = new LinkedHashMap<>();
        binding.settings().forEach((name, settings) -> {
            ConfiguredProducer instance = instance(name, settings, binding, environment);
            if (name.equals(primary.name())) {
                throw new InvalidProducerSettingsException(
                        instance,
                        new IllegalArgumentException("the name '" + name
                                + "' is that of the primary producer already, which is its group; call"
                                + " the instance something else or set mq.producer.group"));
            }
            instances.put(name, instance);
        });
        boolean started = instances.isEmpty()
                || detailed
                || binding.isSetForPrimary("name-servers")
                || binding.isSetForPrimary("auto-startup");
        return new ConfiguredProducers(primary, instances, started);
    }

    private static ConfiguredProducer instance(
            String name, ProducerSettings settings, InstanceBinding binding, Environment environment) {
        String prefix = InstanceBinding.prefix(name);
        return new ConfiguredProducer(
                name,
                NamedBeansRegistrar.producerBean(name),
                prefix,
                ProducerGroup.of(settings.getGroup(), prefix + ".group", environment),
                settings,
                binding.hasOwnNameServers(name),
                binding.hasOwnKeys(name));
    }

    ConfiguredProducer primary() {
        return primary;
    }

    /** All that {@code @Qualifier} may say to mean one of them. */
    Set<String> qualifiers() {
        Set<String> all = new HashSet<>(primary.qualifiers());
        instances.values().forEach(instance -> all.addAll(instance.qualifiers()));
        return all;
    }

    Set<String> instanceNames() {
        return instances.keySet();
    }

    /** The instance or primary producer of that name, or one that is like the primary but for the name. */
    ConfiguredProducer named(String name) {
        ConfiguredProducer instance = instances.get(name);
        if (instance != null) {
            return instance;
        }
        return primary.qualifiers().contains(name) ? primary : primary.renamed(name);
    }

    /**
     * Whether the primary producer starts with the context, if its settings say so: not if nobody says where its name servers
     * are, and there are others that are meant.
     */
    boolean startsPrimary() {
        return started && primary.settings().isAutoStartup();
    }
}
