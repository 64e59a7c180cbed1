package io.mqproducer.spring.boot.autoconfigure;

import io.mqproducer.spring.boot.autoconfigure.properties.ProducerSettings;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells which property to correct, and how. */
final class InvalidProducerSettingsFailureAnalyzer extends AbstractFailureAnalyzer<InvalidProducerSettingsException> {

    private static final Pattern FIRST_WORD = Pattern.compile("[a-z0-9-]+");

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidProducerSettingsException cause) {
        ConfiguredProducer producer = cause.producer();
        String reason = cause.reason();
        String description = "The MQ producer '" + producer.name() + "' cannot be made, because a setting below '"
                + producer.prefix() + "' breaks a rule:\n\n    " + named(producer, reason);
        if (reason.startsWith("name-servers")) {
            return new FailureAnalysis(
                    description,
                    "Write '" + producer.prefix()
                            + ".name-servers' as host:port[,host:port], for example ns1:9876,ns2:9876,"
                            + " with an IPv6 address in brackets.",
                    cause);
        }
        if (reason.startsWith("group ")) {
            return new FailureAnalysis(description + origin(producer), groupAction(producer), cause);
        }
        return new FailureAnalysis(
                description,
                "Correct the property, or the MQProducerBuilderCustomizer bean if one has set the value.",
                cause);
    }

    /** With the whole name of the property, if the text begins with one. */
    private static String named(ConfiguredProducer producer, String reason) {
        Matcher first = FIRST_WORD.matcher(reason);
        boolean isProperty =
                first.lookingAt() && SettingsTree.of(ProducerSettings.class).hasChild(first.group());
        return isProperty ? producer.prefix() + "." + reason : reason;
    }

    private static String origin(ConfiguredProducer producer) {
        return ProducerGroup.APPLICATION_NAME.equals(producer.group().source())
                ? "\n\nThe group was made from '" + ProducerGroup.APPLICATION_NAME + "', because '" + producer.prefix()
                        + ".group' is not set."
                : "";
    }

    private static String groupAction(ConfiguredProducer producer) {
        return "Set '" + producer.prefix()
                + ".group' to at most 120 letters, digits, '%', '|', '_' and '-', and not to 'DEFAULT_PRODUCER'.";
    }
}
