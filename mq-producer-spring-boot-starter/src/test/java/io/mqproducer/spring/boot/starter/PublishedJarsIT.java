package io.mqproducer.spring.boot.starter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** The jars as they are published. */
class PublishedJarsIT {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    @Test
    void tellBootThatTheStarterIsNoMoreThanItsDependencies() throws IOException {
        try (JarFile jar = jar("mq-producer-spring-boot-starter")) {
            assertThat(jar.getManifest().getMainAttributes().getValue("Spring-Boot-Jar-Type"))
                    .isEqualTo("dependencies-starter");
            assertThat(classes(jar)).isEmpty();
        }
    }

    @Test
    void carryTheHealthOfBothBootLines() throws IOException {
        String health = "io/mqproducer/spring/boot/autoconfigure/health/";
        try (JarFile jar = jar("mq-producer-spring-boot-autoconfigure")) {
            assertThat(classes(jar))
                    .doesNotHaveDuplicates()
                    .contains(
                            health + "MQProducerHealthContributorAutoConfiguration.class",
                            health + "Boot3MQProducerHealthContributorAutoConfiguration.class",
                            health + "ProducerHealth.class")
                    .allMatch(name -> name.startsWith("io/mqproducer/spring/"));
            assertThat(jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name"))
                    .isEqualTo("io.mqproducer.spring");
        }
    }

    @Test
    void dependOnNothingThatIsNotPublished() throws IOException {
        String pom = Files.readString(ROOT.resolve("mq-producer-spring-boot-autoconfigure/dependency-reduced-pom.xml"));

        String dependencies = pom.substring(pom.indexOf("<dependencies>"), pom.lastIndexOf("</dependencies>"));

        assertThat(dependencies)
                .contains("<artifactId>mq-producer-core</artifactId>")
                .doesNotContain("mq-producer-spring-boot3-health");
    }

    private static List<String> classes(JarFile jar) {
        return jar.stream()
                .map(JarEntry::getName)
                .filter(name -> name.endsWith(".class"))
                .toList();
    }

    private static JarFile jar(String module) throws IOException {
        Path jar = ROOT.resolve(module)
                .resolve("target")
                .resolve(module + "-" + System.getProperty("project.version") + ".jar");
        assertThat(Files.exists(jar)).as(jar.toString()).isTrue();
        return new JarFile(jar.toFile());
    }
}
