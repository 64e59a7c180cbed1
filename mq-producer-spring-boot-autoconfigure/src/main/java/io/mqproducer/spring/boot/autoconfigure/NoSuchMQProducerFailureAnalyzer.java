package io.mqproducer.spring.boot.autoconfigure;

import io.mqproducer.MQProducer;
import io.mqproducer.spring.MQOperations;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.InjectionPoint;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.UnsatisfiedDependencyException;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/** Tells which producers there are when one is injected that is not. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class NoSuchMQProducerFailureAnalyzer extends AbstractFailureAnalyzer<NoSuchBeanDefinitionException> {

    private final Environment environment;

    NoSuchMQProducerFailureAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, NoSuchBeanDefinitionException cause) {
        Class<?> wanted = cause.getResolvableType() == null
                ? null
                : cause.getResolvableType().resolve();
        InjectionPoint where = injectionPoint(rootFailure, cause);
        Qualifier qualifier = where == null ? null : where.getAnnotation(Qualifier.class);
        if (wanted == null || where == null || qualifier == null || !isOfProducer(wanted)) {
            return null;
        }
        Set<String> names = InstanceBinding.names(environment);
        String nearest = names.stream()
                .min(Comparator.comparingInt(name -> EditDistance.between(name, qualifier.value())))
                .orElse(null);
        return new FailureAnalysis(
                place(where) + " asks for the " + wanted.getSimpleName() + " '" + qualifier.value()
                        + "', and there is none of that name. "
                        + (names.isEmpty()
                                ? "No instances are configured below 'mq.producer.instances'."
                                : "The instances below 'mq.producer.instances' are: " + listed(names) + "."),
                "Configure '" + InstanceBinding.prefix(qualifier.value()) + ".*'"
                        + (nearest == null ? "" : ", or write @Qualifier(\"" + nearest + "\")")
                        + ", or leave @Qualifier out to get the primary one.",
                cause);
    }

    /** Not by the last one's class, which can only be loaded with spring-messaging. */
    private static boolean isOfProducer(Class<?> wanted) {
        return MQProducer.class.isAssignableFrom(wanted)
                || MQOperations.class.isAssignableFrom(wanted)
                || wanted.getName().equals("io.mqproducer.spring.messaging.MQMessagingTemplate");
    }

    private static String listed(Set<String> names) {
        return names.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "));
    }

    private static String place(InjectionPoint where) {
        return where.getField() != null
                ? "Field " + where.getField().getName() + " in "
                        + where.getField().getDeclaringClass().getName()
                : "A parameter of " + where.getMember().getName() + " in "
                        + where.getMember().getDeclaringClass().getName();
    }

    /** Where the bean was missed: told by the innermost of the exceptions around the cause. */
    private static @Nullable InjectionPoint injectionPoint(Throwable rootFailure, Throwable cause) {
        return Stream.iterate(rootFailure, each -> each != null && each != cause, Throwable::getCause)
                .filter(UnsatisfiedDependencyException.class::isInstance)
                .map(each -> ((UnsatisfiedDependencyException) each).getInjectionPoint())
                .filter(point -> point != null)
                .reduce((outer, inner) -> inner)
                .orElse(null);
    }
}
