package io.mqproducer.spring.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.MQProducerBuilder;
import io.mqproducer.config.SslOptions;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class BuilderAndPropertiesTest {

    private static final String PREFIX = "mq.producer.";
    private static final String SSL_PREFIX = PREFIX + "ssl.";

    /** Properties of Spring's side. */
    private static final Pattern NOT_IN_THE_BUILDER =
            Pattern.compile("enabled|auto-startup|instances|(template|metrics|transaction\\.jdbc)\\..*");

    /** What the application gives as beans, what the starter sets itself, and what is given to {@code builder()}. */
    private static final Set<String> NOT_IN_THE_TREE = Set.of(
            "hook",
            "transactionChecker",
            "metrics",
            "callbackExecutor",
            "credentials",
            "brokerAddressMapper",
            "ioThreads",
            "ssl",
            "name",
            "build");

    /** Given by the application, for which the starter has bundles. */
    private static final Set<String> NOT_IN_THE_SSL_TREE = Set.of("keyManagerFactory", "trustManagerFactory", "build");

    @Test
    void nameTheSameSettings() throws IOException {
        Set<String> properties = OwnResources.properties(OwnResources.METADATA)
                .map(property -> property.get("name").asText())
                .filter(name -> name.startsWith(PREFIX))
                .map(name -> name.substring(PREFIX.length()))
                .filter(name -> !NOT_IN_THE_BUILDER.matcher(name).matches())
                .map(BuilderAndPropertiesTest::camelCase)
                .collect(Collectors.toCollection(TreeSet::new));

        properties.removeIf(name -> name.startsWith("ssl"));
        properties.remove("group"); // given to MQProducer.builder(group)

        assertThat(properties).isEqualTo(methods(MQProducerBuilder.class, NOT_IN_THE_TREE));
    }

    @Test
    void nameTheSameSettingsOfSsl() throws IOException {
        Set<String> properties = OwnResources.properties(OwnResources.METADATA)
                .map(property -> property.get("name").asText())
                .filter(name -> name.startsWith(SSL_PREFIX))
                .map(name -> camelCase(name.substring(SSL_PREFIX.length())))
                .collect(Collectors.toCollection(TreeSet::new));

        properties.removeAll(Set.of("enabled", "bundle")); // whether there are options, and where they come from

        assertThat(properties).isEqualTo(methods(SslOptions.Builder.class, NOT_IN_THE_SSL_TREE));
    }

    private static Set<String> methods(Class<?> builder, Set<String> others) {
        return Arrays.stream(builder.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .map(Method::getName)
                .filter(name -> !others.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String camelCase(String property) {
        return Pattern.compile("[.-](.)")
                .matcher(property)
                .replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
    }
}
