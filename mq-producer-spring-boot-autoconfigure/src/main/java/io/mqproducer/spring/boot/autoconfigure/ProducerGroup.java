package io.mqproducer.spring.boot.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.core.env.PropertyResolver;

/**
 * A producer's group and where it comes from.
 *
 * @param name the group
 * @param source the property that it was taken from, or null for the last resort
 */
record ProducerGroup(String name, @Nullable String source) {

    static final String PROPERTY = "mq.producer.group";
    static final String APPLICATION_NAME = "spring.application.name";

    private static final String LAST_RESORT = "mq-producer";

    /**
     * The configured group as it is; else the application's name with {@code _} in place of what no group may contain.
     */
    static ProducerGroup of(@Nullable String configured, PropertyResolver environment) {
        return of(configured, PROPERTY, environment);
    }

    /** The same for a group that another property may set. */
    static ProducerGroup of(@Nullable String configured, String property, PropertyResolver environment) {
        if (configured != null && !configured.isEmpty()) {
            return new ProducerGroup(configured, property);
        }
        String application = environment.getProperty(APPLICATION_NAME, "");
        return application.isBlank()
                ? new ProducerGroup(LAST_RESORT, null)
                : new ProducerGroup(application.replaceAll("[^%|a-zA-Z0-9_-]", "_"), APPLICATION_NAME);
    }
}
