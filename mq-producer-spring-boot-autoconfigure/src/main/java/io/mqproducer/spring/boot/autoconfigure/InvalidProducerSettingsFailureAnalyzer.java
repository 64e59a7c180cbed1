package io.mqproducer.spring.boot.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells which property to correct, and how. */
final class InvalidProducerSettingsFailureAnalyzer extends AbstractFailureAnalyzer<InvalidProducerSettingsException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidProducerSettingsException cause) {
        String reason = cause.reason();
        String description = "The MQ producer '" + cause.group().name()
                + "' cannot be made, because a setting below 'mq.producer' breaks a rule:\n\n    " + reason;
        if (reason.startsWith("name-servers")) {
            return new FailureAnalysis(
                    description,
                    "Write 'mq.producer.name-servers' as host:port[,host:port], for example ns1:9876,ns2:9876,"
                            + " with an IPv6 address in brackets.",
                    cause);
        }
        if (reason.startsWith("group ")) {
            return new FailureAnalysis(description + origin(cause.group()), groupAction(), cause);
        }
        return new FailureAnalysis(
                description,
                "Correct the property, or the MQProducerBuilderCustomizer bean if one has set the value.",
                cause);
    }

    private static String origin(ProducerGroup group) {
        return ProducerGroup.APPLICATION_NAME.equals(group.source())
                ? "\n\nThe group was made from '" + ProducerGroup.APPLICATION_NAME + "', because '"
                        + ProducerGroup.PROPERTY + "' is not set."
                : "";
    }

    private static String groupAction() {
        return "Set '" + ProducerGroup.PROPERTY
                + "' to at most 120 letters, digits, '%', '|', '_' and '-', and not to 'DEFAULT_PRODUCER'.";
    }
}
