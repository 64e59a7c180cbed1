package io.mqproducer.spring.boot.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells what to rename. */
final class NamedProducerClashFailureAnalyzer extends AbstractFailureAnalyzer<NamedProducerClashException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, NamedProducerClashException cause) {
        return new FailureAnalysis(
                "The property " + cause.getMessage() + ".",
                "Give the instance '" + cause.instance() + "' another name, or the bean '" + cause.bean() + "'.",
                cause);
    }
}
