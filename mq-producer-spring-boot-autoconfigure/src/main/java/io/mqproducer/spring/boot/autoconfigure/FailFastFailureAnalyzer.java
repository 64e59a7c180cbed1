package io.mqproducer.spring.boot.autoconfigure;

import io.mqproducer.exception.RequestFailedException;
import io.mqproducer.message.FailureKind;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/** Explains a start that {@code mq.producer.fail-fast} has made fail. */
final class FailFastFailureAnalyzer extends AbstractFailureAnalyzer<RequestFailedException> {

    private final Environment environment;

    FailFastFailureAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, RequestFailedException cause) {
        boolean failFast = environment.getProperty("mq.producer.fail-fast", boolean.class, false);
        if (!failFast || cause.kind() != FailureKind.NAME_SERVER_UNAVAILABLE) {
            return null;
        }
        return new FailureAnalysis(
                "The MQ producer did not start, because 'mq.producer.fail-fast' is set and no name server answers:\n\n"
                        + "    " + cause.getMessage(),
                "Start a name server at one of these addresses, correct 'mq.producer.name-servers', or set"
                        + " 'mq.producer.fail-fast' to false to let the producer wait for a name server in the"
                        + " background.",
                cause);
    }
}
