package io.mqproducer.spring.boot.autoconfigure.properties;

import org.jspecify.annotations.Nullable;

/** How the template sends. */
public class TemplateSettings {

    /** Default topic, optionally with a tag ('topic:tag'), to which messages are sent. */
    private @Nullable String defaultTopic;

    /** Whether a send fails if the message was stored but not flushed or replicated in time. */
    private boolean requireSendOk;

    /** Whether to add the content type of the payload as a user property. */
    private boolean contentTypeEnabled;

    /** Whether to enable observation. */
    private boolean observationEnabled;

    public @Nullable String getDefaultTopic() {
        return defaultTopic;
    }

    public void setDefaultTopic(@Nullable String defaultTopic) {
        this.defaultTopic = defaultTopic;
    }

    public boolean isRequireSendOk() {
        return requireSendOk;
    }

    public void setRequireSendOk(boolean requireSendOk) {
        this.requireSendOk = requireSendOk;
    }

    public boolean isContentTypeEnabled() {
        return contentTypeEnabled;
    }

    public void setContentTypeEnabled(boolean contentTypeEnabled) {
        this.contentTypeEnabled = contentTypeEnabled;
    }

    public boolean isObservationEnabled() {
        return observationEnabled;
    }

    public void setObservationEnabled(boolean observationEnabled) {
        this.observationEnabled = observationEnabled;
    }
}
