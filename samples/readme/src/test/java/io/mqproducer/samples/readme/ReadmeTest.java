package io.mqproducer.samples.readme;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.spring.boot.autoconfigure.MQProducerProperties;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import tools.jackson.databind.json.JsonMapper;

/** What README.md says, without running it. */
class ReadmeTest {

    private static final Readme README = Readme.read();
    private static final Pattern LINK = Pattern.compile("(?:\\]\\(|src(?:set)?=\")(?!https?:)([^)#\"]+)[)\"]");
    private static final Pattern JAR = Pattern.compile("-jar (\\S+)/target/(\\S+)\\.jar");
    private static final Pattern MODULE = Pattern.compile("-pl (\\S+)");

    @Test
    void hasNoBlockOfJavaThatIsNotRun() {
        assertThat(Surroundings.all())
                .flatMap(Surroundings::blocks)
                .containsAll(names("/java/"))
                .allSatisfy(README::block);
    }

    @Test
    void hasBlocksOfNoLanguageThatIsNotLookedAt() {
        assertThat(README.blocks().keySet())
                .hasSizeGreaterThan(12)
                .map(name -> name.split("/")[1])
                .isSubsetOf("java", "yaml", "xml", "sh");
    }

    @ParameterizedTest
    @MethodSource("yaml")
    void hasNoSettingInABlockThatDoesNotExist(String block) throws IOException {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(Yaml.source(README.block(block)));
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource("environment", Map.of("MQ_AK", "access", "MQ_SK", "secret")));

        MQProducerProperties bound = Binder.get(environment)
                .bind(
                        "mq.producer",
                        Bindable.of(MQProducerProperties.class),
                        new NoUnboundElementsBindHandler(BindHandler.DEFAULT, source -> true))
                .get();

        assertThat(bound).isNotNull();
    }

    static List<String> yaml() {
        return names("/yaml/");
    }

    @Test
    void asksForTheDependencyThatThisIs() {
        assertThat(README.block("Use it/xml/1").lines().map(String::strip))
                .containsExactly(
                        "<dependency>",
                        "<groupId>io.mqproducer</groupId>",
                        "<artifactId>mq-producer-spring-boot-starter</artifactId>",
                        "<version>" + System.getProperty("project.version") + "</version>",
                        "</dependency>");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void hasNoCommandForAModuleThatIsNotThere(String block) {
        String command = README.block(block);

        assertThat(command).startsWith("mvn -B -ntp ");
        assertThat(MODULE.matcher(command).results().map(match -> match.group(1)))
                .allSatisfy(module -> assertThat(Readme.PROJECT.resolve(module).resolve("pom.xml"))
                        .exists());
        assertThat(JAR.matcher(command).results())
                .allSatisfy(
                        jar -> assertThat(Readme.PROJECT.resolve(jar.group(1)).resolve("pom.xml"))
                                .content()
                                .containsPattern(nameOf(jar)));
    }

    static List<String> commands() {
        return names("/sh/");
    }

    /** As the module's POM has it, by its artifact id and the project's version or as final name. */
    private static String nameOf(MatchResult jar) {
        String version = "-" + System.getProperty("project.version");
        String name = jar.group(2);
        return name.endsWith(version)
                ? "<artifactId>" + Pattern.quote(name.substring(0, name.length() - version.length())) + "</artifactId>"
                : "<finalName>" + Pattern.quote(name) + "</finalName>";
    }

    @Test
    void linksToNothingThatIsNotThere() {
        assertThat(LINK.matcher(README.text()).results().map(link -> link.group(1)))
                .isNotEmpty()
                .allSatisfy(link -> assertThat(Readme.PROJECT.resolve(link)).exists());
    }

    @Test
    void tellsOfNoSettingThatDoesNotExist() throws IOException {
        Set<String> known = knownSettings();

        List<String> told = README.table("Settings").stream()
                .map(cells -> cells.get(0).replace("`", ""))
                .map(name -> name.replaceAll("\\.\\[.*", "").replaceAll("^instances\\..*", "instances"))
                .map(name -> "mq.producer." + name)
                .toList();

        assertThat(told).hasSizeGreaterThan(12).isSubsetOf(known);
    }

    private static Set<String> knownSettings() throws IOException {
        Set<String> names = new TreeSet<>();
        for (URL metadata : Collections.list(MQProducerProperties.class
                .getClassLoader()
                .getResources("META-INF/spring-configuration-metadata.json"))) {
            try (InputStream content = metadata.openStream()) {
                JsonMapper.shared()
                        .readTree(content)
                        .get("properties")
                        .forEach(property -> names.add(property.get("name").asString()));
            }
        }
        names.removeIf(name -> !name.startsWith("mq.producer."));
        return names;
    }

    private static List<String> names(String language) {
        return README.blocks().keySet().stream()
                .filter(name -> name.contains(language))
                .toList();
    }
}
