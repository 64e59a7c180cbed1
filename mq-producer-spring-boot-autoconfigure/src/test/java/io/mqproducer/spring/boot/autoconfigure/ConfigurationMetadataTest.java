package io.mqproducer.spring.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.core.type.classreading.SimpleMetadataReaderFactory;

/** The files below {@code META-INF} that Boot and IDEs read. */
class ConfigurationMetadataTest {

    private static final String IMPORTS =
            "META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports";

    @ParameterizedTest(name = "{0}")
    @MethodSource("ownProperties")
    void describesEveryPropertyAsBootDoes(String name, JsonNode property) {
        String description = property.path("description").asText();

        assertThat(description)
                .isNotEmpty()
                .endsWith(".")
                .doesNotStartWith("The ")
                .doesNotStartWith("A ");
        String type = property.get("type").asText();
        if (type.equals("java.lang.Boolean")) {
            assertThat(description).startsWith("Whether ");
        }
        if (type.startsWith("java.util.List") || type.startsWith("java.util.Set")) {
            assertThat(description).startsWith("Comma-separated list of ");
        }
        assertThat(property.has("deprecated")).isFalse();
    }

    static Stream<Object[]> ownProperties() throws IOException {
        return OwnResources.properties(OwnResources.METADATA)
                .map(property -> new Object[] {property.get("name").asText(), property});
    }

    @Test
    void knowsTheDefaultsThatTheProcessorCannotRead() throws IOException {
        assertThat(OwnResources.properties(OwnResources.METADATA)
                        .filter(property -> property.get("name").asText().equals("mq.producer.name-servers"))
                        .map(property -> property.get("defaultValue").toString()))
                .containsExactly("[\"localhost:9876\"]");
    }

    @Test
    void listsAdditionalPropertiesOnceAndInOrder() throws IOException {
        List<String> names = OwnResources.properties("META-INF/additional-spring-configuration-metadata.json")
                .map(property -> property.get("name").asText())
                .toList();

        assertThat(names).doesNotHaveDuplicates().isSorted();
    }

    /** Without loading classes: those for Boot 3 cannot be, here. */
    @Test
    void importsEveryAutoConfiguration() throws IOException {
        SimpleMetadataReaderFactory classes = new SimpleMetadataReaderFactory();
        List<String> annotated = new ArrayList<>();
        for (Resource resource : new PathMatchingResourcePatternResolver()
                .getResources("classpath*:io/mqproducer/spring/boot/autoconfigure/**/*.class")) {
            AnnotationMetadata type = classes.getMetadataReader(resource).getAnnotationMetadata();
            if (type.hasAnnotation(AutoConfiguration.class.getName())) {
                annotated.add(type.getClassName());
            }
        }

        List<String> imports = OwnResources.lines(IMPORTS);

        assertThat(imports).isSorted().allMatch(name -> name.endsWith("AutoConfiguration"));
        assertThat(imports).containsExactlyInAnyOrderElementsOf(annotated);
    }

    @Test
    void registersAnalyzersThatExist() throws IOException {
        Properties factories = new Properties();
        try (InputStream in = OwnResources.open("META-INF/spring.factories")) {
            factories.load(in);
        }

        assertThat(factories.stringPropertyNames())
                .containsExactly("org.springframework.boot.diagnostics.FailureAnalyzer");
        assertThat(factories.values()).allSatisfy(value -> {
            for (String name : value.toString().split(",")) {
                Class.forName(name, false, getClass().getClassLoader());
            }
        });
    }
}
