package io.mqproducer.spring.boot.test;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.TestContextAnnotationUtils;

/** Finds {@link EmbeddedMQ} on a test class, what it is nested in, and what it inherits from. */
final class EmbeddedMQContextCustomizerFactory implements ContextCustomizerFactory {

    EmbeddedMQContextCustomizerFactory() {}

    @Override
    public @Nullable ContextCustomizer createContextCustomizer(
            Class<?> testClass, List<ContextConfigurationAttributes> configuration) {
        EmbeddedMQ wanted = TestContextAnnotationUtils.findMergedAnnotation(testClass, EmbeddedMQ.class);
        return wanted == null ? null : EmbeddedMQContextCustomizer.of(wanted);
    }
}
