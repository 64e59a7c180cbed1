package io.mqproducer.spring.boot.autoconfigure.properties;

import org.jspecify.annotations.Nullable;

/** How the template sends. */
public class TemplateSettings {

    /** Default topic, optionally with a tag ('topic:tag'), to which messages are sent. */
    private @Nullable String defaultTopic;

    public @Nullable String getDefaultTopic() {
        return defaultTopic;
    }

    public void setDefaultTopic(@Nullable String defaultTopic) {
        this.defaultTopic = defaultTopic;
    }
}
