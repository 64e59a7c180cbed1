package io.mqproducer.spring.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import io.mqproducer.spring.boot.autoconfigure.properties.ProducerSettings;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.BeanWrapperImpl;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.core.type.classreading.SimpleMetadataReaderFactory;
import org.springframework.util.unit.DataSize;

/** The files below {@code META-INF} that Boot and IDEs read. */
class ConfigurationMetadataTest {

    private static final String PREFIX = "mq.producer.";

    private static final Map<Class<?>, Object> MEASURES = Map.of(
            int.class,
            -1,
            Integer.class,
            -1,
            Duration.class,
            Duration.ofSeconds(-1),
            DataSize.class,
            DataSize.ofBytes(-1));

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
    void registersFactoriesThatExist() throws IOException {
        Properties factories = new Properties();
        try (InputStream in = OwnResources.open("META-INF/spring.factories")) {
            factories.load(in);
        }

        assertThat(factories.stringPropertyNames())
                .containsExactlyInAnyOrder(
                        "org.springframework.boot.autoconfigure.service.connection.ConnectionDetailsFactory",
                        "org.springframework.boot.diagnostics.FailureAnalyzer");
        assertThat(factories.values()).allSatisfy(value -> {
            List<String> names = List.of(value.toString().split(","));
            assertThat(names).isSorted();
            for (String name : names) {
                Class.forName(name, false, getClass().getClassLoader());
            }
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ownProperties")
    void tellsTheDefaultOfWhatHasOne(String name, JsonNode property) {
        if (name.startsWith(PREFIX) && !isElsewhere(name)) {
            Object value = new BeanWrapperImpl(new MQProducerProperties()).getPropertyValue(beanPath(name));
            boolean empty = value == null
                    || (value instanceof Collection<?> collection && collection.isEmpty())
                    || (value instanceof Map<?, ?> map && map.isEmpty());
            assertThat(property.has("defaultValue")).as("default of " + value).isNotEqualTo(empty);
        }
    }

    private static boolean isElsewhere(String name) {
        return UnknownSettings.ELSEWHERE.contains(name.substring(PREFIX.length()));
    }

    private static String beanPath(String name) {
        return Pattern.compile("-(.)")
                .matcher(name.substring(PREFIX.length()))
                .replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
    }

    @Test
    void hasAllThatTheClassesOfSettingsHave() throws IOException {
        assertThat(OwnResources.properties(OwnResources.METADATA)
                        .map(property -> property.get("name").asText())
                        .filter(name -> name.startsWith(PREFIX))
                        .map(name -> name.substring(PREFIX.length())))
                .containsExactlyInAnyOrderElementsOf(SettingsTree.of(MQProducerProperties.class)
                        .with(UnknownSettings.ELSEWHERE)
                        .values())
                .contains("ssl.bundle", "instances");
    }

    @Test
    void warnsOfNoPropertyThatItDescribes() throws IOException {
        StandardEnvironment environment = new StandardEnvironment();
        Map<String, Object> all = OwnResources.properties(OwnResources.METADATA)
                .map(property -> property.get("name").asText())
                .flatMap(name -> Stream.of(name, name.replace(PREFIX, PREFIX + "instances.audit.")))
                .filter(name ->
                        !name.matches(".*instances\\.audit\\.(enabled|instances|metrics.*|transaction\\.jdbc.*)"))
                .collect(Collectors.toMap(name -> name, name -> "x", (one, same) -> one));
        environment.getPropertySources().addFirst(new MapPropertySource("all", all));

        assertThat(UnknownSettings.names(environment)).isEmpty();
    }

    /** Numbers, times and sizes; the rest is checked by its type, or has tests of its own. */
    static Stream<String> measuredSettings() {
        BeanWrapperImpl settings = new BeanWrapperImpl(new ProducerSettings());
        return SettingsTree.of(ProducerSettings.class).values().stream()
                .filter(name -> MEASURES.containsKey(settings.getPropertyType(beanPath(PREFIX + name))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("measuredSettings")
    void refusesNegativeValuesByTheNameOfTheProperty(String name) {
        ProducerSettings settings = new ProducerSettings();
        BeanWrapperImpl wrapper = new BeanWrapperImpl(settings);
        String path = beanPath(PREFIX + name);
        wrapper.setPropertyValue(path, MEASURES.get(wrapper.getPropertyType(path)));
        enableAround(wrapper, path);

        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> ProducerSettingsMapper.toBuilder("g", settings).build())
                .withMessageStartingWith(name + " ");
    }

    /** What is off may not be looked at. */
    private static void enableAround(BeanWrapperImpl wrapper, String path) {
        int dot = path.lastIndexOf('.');
        String switchPath = dot < 0 ? "" : path.substring(0, dot) + ".enabled";
        if (dot >= 0 && wrapper.isWritableProperty(switchPath)) {
            wrapper.setPropertyValue(switchPath, true);
        }
    }
}
