package io.mqproducer.spring.boot.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells that instances are fixed when an application is built ahead of time. */
final class MissingInstanceFailureAnalyzer extends AbstractFailureAnalyzer<MissingInstanceException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, MissingInstanceException cause) {
        String prefix = InstanceBinding.prefix(cause.instance());
        return new FailureAnalysis(
                "The application was built ahead of time with the MQ producer '" + cause.instance()
                        + "', and now nothing is set below '" + prefix + "'.",
                "Set '" + prefix
                        + ".name-servers', or any other of its properties, or build the application without it:"
                        + " which instances there are is fixed by ahead-of-time processing.",
                cause);
    }
}
