package io.mqproducer.boot3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.w3c.dom.Element;

/**
 * Every test class of the autoconfigure module has run here, but for those that are said not to. A class that cannot be read
 * on Boot 3.5, because a signature of it names a type of Boot 4, would else be left out without a word.
 */
class EveryTestHasRunIT {

    private static final Path NOT_ON_BOOT3 = Path.of("src/test/not-on-boot3.txt");

    private static final String ROOT = "io/mqproducer/spring/";

    @ParameterizedTest(name = "{0}")
    @MethodSource("expected")
    void withAtLeastOneTest(String testClass) throws Exception {
        Element report = report(testClass);

        assertThat(number(report, "tests")).isGreaterThan(number(report, "skipped"));
    }

    @Test
    void leavesOutNoneThatIsNotThere() throws IOException {
        assertThat(testClasses()).containsAll(leftOut());
    }

    static List<String> expected() throws IOException {
        List<String> leftOut = leftOut();
        return testClasses().stream().filter(name -> !leftOut.contains(name)).toList();
    }

    private static List<String> testClasses() throws IOException {
        Resource[] classes =
                new PathMatchingResourcePatternResolver().getResources("classpath*:" + ROOT + "**/*.class");
        return Arrays.stream(classes)
                .map(EveryTestHasRunIT::className)
                .filter(name -> name.endsWith("Test") || name.endsWith("IT"))
                .sorted()
                .toList();
    }

    private static String className(Resource resource) {
        try {
            String location = resource.getURL().toString();
            return location.substring(location.lastIndexOf(ROOT), location.length() - ".class".length())
                    .replace('/', '.');
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> leftOut() throws IOException {
        try (Stream<String> lines = Files.lines(NOT_ON_BOOT3)) {
            return lines.filter(line -> line.endsWith(".java"))
                    .map(line ->
                            line.substring(0, line.length() - ".java".length()).replace('/', '.'))
                    .toList();
        }
    }

    private static Element report(String testClass) throws Exception {
        String plugin = testClass.endsWith("IT") ? "failsafe" : "surefire";
        Path file = Path.of("target", plugin + "-reports", "TEST-" + testClass + ".xml");
        assertThat(file)
                .as("report of a run on Boot 3.5; else say why not in %s", NOT_ON_BOOT3)
                .exists();
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(file.toFile())
                .getDocumentElement();
    }

    private static int number(Element report, String attribute) {
        return Integer.parseInt(report.getAttribute(attribute));
    }
}
