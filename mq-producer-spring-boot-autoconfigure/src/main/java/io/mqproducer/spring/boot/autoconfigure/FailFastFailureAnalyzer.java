package io.mqproducer.spring.boot.autoconfigure;

import io.mqproducer.exception.RequestFailedException;
import io.mqproducer.message.FailureKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/** Explains a start that {@code mq.producer.fail-fast} has made fail. */
final class FailFastFailureAnalyzer extends AbstractFailureAnalyzer<RequestFailedException> {

    private static final String PRIMARY = InstanceBinding.PRIMARY + ".fail-fast";

    private final Environment environment;

    FailFastFailureAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, RequestFailedException cause) {
        List<String> failFast = failFast();
        if (failFast.isEmpty() || cause.kind() != FailureKind.NAME_SERVER_UNAVAILABLE) {
            return null;
        }
        String property = String.join("', '", failFast);
        return new FailureAnalysis(
                "The MQ producer did not start, because '" + property
                        + "' is set and no name server answers:\n\n"
                        + "    " + cause.getMessage(),
                "Start a name server at one of these addresses, correct '"
                        + property.replace("fail-fast", "name-servers") + "', or set '" + property
                        + "' to false to let the producer wait for a name server in the background.",
                cause);
    }

    /** The properties that are set to true, of all producers. */
    private List<String> failFast() {
        List<String> set = new ArrayList<>();
        if (environment.getProperty(PRIMARY, boolean.class, false)) {
            set.add(PRIMARY);
        }
        new InstanceBinding(environment).settings().forEach((name, settings) -> {
            if (settings.isFailFast()) {
                set.add(InstanceBinding.prefix(name) + ".fail-fast");
            }
        });
        return set;
    }
}
