package io.mqproducer.spring.boot.autoconfigure;

import io.mqproducer.spring.boot.autoconfigure.properties.ProducerSettings;
import java.util.Set;

/**
 * A producer as properties describe it.
 *
 * @param name its name in meters, logs and qualifiers
 * @param beanName the name of its bean, by which qualifiers may address it as well
 * @param prefix what its properties start with, without the last dot
 * @param group its group, and where that comes from
 * @param settings all of them, inherited ones included
 * @param ownNameServers whether it says itself where its name servers are, as an instance may
 * @param ownKeys whether it brings its own ACL keys, as an instance may
 */
record ConfiguredProducer(
        String name,
        String beanName,
        String prefix,
        ProducerGroup group,
        ProducerSettings settings,
        boolean ownNameServers,
        boolean ownKeys) {

    /** What {@code @Qualifier} may say to mean this producer. */
    Set<String> qualifiers() {
        return name.equals(beanName) ? Set.of(name) : Set.of(name, beanName);
    }

    boolean isPrimary() {
        return beanName.equals(ConfiguredProducers.PRIMARY_BEAN);
    }

    /** Whether its ACL keys, if it has any, are those of the primary producer. */
    boolean inheritsKeys() {
        return !isPrimary() && !ownKeys;
    }

    /** One with the same settings and another name, which is no bean of ours. */
    ConfiguredProducer renamed(String other) {
        return new ConfiguredProducer(other, other, prefix, group, settings, ownNameServers, ownKeys);
    }
}
