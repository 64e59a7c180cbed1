package io.mqproducer.spring.boot.autoconfigure;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;

/**
 * Beans of the context that serve producers: all of them, or, with {@code @Qualifier}, the one whose name that says. Only
 * the annotation counts, on the bean's class or the method that makes it: a bean's name is no qualifier here.
 */
final class QualifiedBeans {

    private final ConfigurableListableBeanFactory beanFactory;

    QualifiedBeans(ConfigurableListableBeanFactory beanFactory) {
        this.beanFactory = beanFactory;
    }

    /**
     * A bean that was chosen.
     *
     * @param qualified whether it is for that producer alone
     */
    record Chosen<T>(T bean, boolean qualified) {}

    /** All beans for this producer, in their order. */
    <T> List<T> all(Class<T> type, Set<String> producer) {
        return sorted(
                find(type, (qualifier, byDefault) -> qualifier == null ? byDefault : producer.contains(qualifier)));
    }

    /**
     * The one bean for this producer: the one for it alone, else the one for all.
     *
     * @throws NoUniqueBeanDefinitionException if there are several of a kind, and none is primary
     */
    <T> @Nullable Chosen<T> one(Class<T> type, Set<String> producer) {
        T own = one(type, find(type, (qualifier, byDefault) -> qualifier != null && producer.contains(qualifier)));
        if (own != null) {
            return new Chosen<>(own, true);
        }
        T general = one(type, find(type, (qualifier, byDefault) -> qualifier == null && byDefault));
        return general == null ? null : new Chosen<>(general, false);
    }

    /** The qualifiers of all beans of this type that have one, by the beans' names. */
    Map<String, String> qualifiers(Class<?> type) {
        Map<String, String> qualifiers = new LinkedHashMap<>();
        for (String name : BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beanFactory, type)) {
            String qualifier = qualifier(name, definition(name));
            if (qualifier != null) {
                qualifiers.put(name, qualifier);
            }
        }
        return qualifiers;
    }

    private <T> @Nullable T one(Class<T> type, Map<String, T> found) {
        if (found.size() > 1) {
            List<String> primary = found.keySet().stream()
                    .filter(name -> beanFactory.containsBeanDefinition(name)
                            && beanFactory.getMergedBeanDefinition(name).isPrimary())
                    .toList();
            if (primary.size() != 1) {
                throw new NoUniqueBeanDefinitionException(type, found.keySet());
            }
            return found.get(primary.get(0));
        }
        return found.isEmpty() ? null : found.values().iterator().next();
    }

    private <T> Map<String, T> find(Class<T> type, BiPredicate<@Nullable String, Boolean> wanted) {
        Map<String, T> found = new LinkedHashMap<>();
        for (String name : BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beanFactory, type)) {
            BeanDefinition definition = definition(name);
            if (definition != null && !definition.isAutowireCandidate()) {
                continue;
            }
            boolean byDefault =
                    !(definition instanceof AbstractBeanDefinition detailed) || detailed.isDefaultCandidate();
            if (wanted.test(qualifier(name, definition), byDefault)) {
                found.put(name, beanFactory.getBean(name, type));
            }
        }
        return found;
    }

    private @Nullable BeanDefinition definition(String name) {
        return beanFactory.containsBeanDefinition(name) ? beanFactory.getMergedBeanDefinition(name) : null;
    }

    private @Nullable String qualifier(String name, @Nullable BeanDefinition definition) {
        if (definition instanceof AbstractBeanDefinition detailed) {
            AutowireCandidateQualifier registered = detailed.getQualifier(Qualifier.class.getName());
            if (registered != null) {
                return String.valueOf(registered.getAttribute(AutowireCandidateQualifier.VALUE_KEY));
            }
        }
        Qualifier annotation = beanFactory.findAnnotationOnBean(name, Qualifier.class);
        return annotation == null || annotation.value().isEmpty() ? null : annotation.value();
    }

    /** As injected collections are sorted: by the methods that make the beans as well. */
    private <T> List<T> sorted(Map<String, T> found) {
        IdentityHashMap<Object, String> names = new IdentityHashMap<>();
        found.forEach((name, bean) -> names.put(bean, name));
        List<T> beans = new ArrayList<>(found.values());
        beans.sort(AnnotationAwareOrderComparator.INSTANCE.withSourceProvider(bean -> origin(names.get(bean))));
        return beans;
    }

    private @Nullable Object origin(@Nullable String name) {
        return name != null && definition(name) instanceof RootBeanDefinition definition
                ? definition.getResolvedFactoryMethod()
                : null;
    }
}
