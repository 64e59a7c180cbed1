package io.mqproducer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** That {@code docs/features.md} has each facility of RocketMQ's client once, and promises nothing that no test shows. */
class FeaturesTest {

    /** How many facilities there are under each letter. */
    private static final Map<String, Integer> FACILITIES = Map.ofEntries(
            Map.entry("A", 14),
            Map.entry("B", 15),
            Map.entry("C", 14),
            Map.entry("D", 10),
            Map.entry("E", 10),
            Map.entry("F", 9),
            Map.entry("G", 10),
            Map.entry("H", 13),
            Map.entry("I", 11),
            Map.entry("J", 8),
            Map.entry("K", 5),
            Map.entry("L", 4),
            Map.entry("M", 13),
            Map.entry("N", 12),
            Map.entry("O", 9),
            Map.entry("P", 7),
            Map.entry("Q", 8),
            Map.entry("R", 6),
            Map.entry("S", 13),
            Map.entry("T", 6),
            Map.entry("U", 5),
            Map.entry("V", 6),
            Map.entry("W", 6),
            Map.entry("X", 8),
            Map.entry("Y", 7));

    private static final int MOST_LEFT_OUT = 25;

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern TEST = Pattern.compile("`(\\w+)#(\\w+)`");
    private static final Pattern CLASS = Pattern.compile("`([A-Z]\\w+)(?:\\.[A-Z]\\w+)?(?:#(\\w+))?`");

    /** A facility, and what became of it here. */
    private record Row(String id, String capability, String ours, String where, String tests) {

        static Row of(String line) {
            String[] cells = line.split("\\|", -1);
            assertThat(cells).as(line).hasSize(7);
            return new Row(cells[1].strip(), cells[2].strip(), cells[3].strip(), cells[4].strip(), cells[5].strip());
        }
    }

    private final List<String> lines = lines();
    private final List<Row> rows = lines.stream()
            .filter(line -> line.matches("\\| [A-Z]\\d+ \\|.*"))
            .map(Row::of)
            .toList();

    private static List<String> lines() {
        try {
            return Files.readAllLines(ROOT.resolve("docs/features.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void eachFacilityIsListedOnce() {
        List<String> all = FACILITIES.entrySet().stream()
                .flatMap(letter -> IntStream.rangeClosed(1, letter.getValue()).mapToObj(i -> letter.getKey() + i))
                .toList();

        assertThat(all).hasSize(229);
        assertThat(rows).extracting(Row::id).containsExactlyInAnyOrderElementsOf(all);
        assertThat(rows).extracting(Row::capability).doesNotContain("");
    }

    @Test
    void eachIsDoneOrBetterOrLeftOutForAReason() {
        assertThat(rows).extracting(Row::ours).isSubsetOf("done", "better", "not");
        assertThat(rows.stream().filter(row -> row.ours().equals("not")))
                .hasSizeLessThanOrEqualTo(MOST_LEFT_OUT)
                .allSatisfy(row ->
                        assertThat(row.where()).as("reason of %s", row.id()).hasSizeGreaterThan(20));
    }

    @Test
    void whatIsThereHasATest() {
        assertThat(rows.stream()
                        .filter(row -> Set.of("done", "better").contains(row.ours()))
                        .filter(row -> !TEST.matcher(row.tests()).find()))
                .extracting(Row::id)
                .isEmpty();
    }

    @Test
    void eachTestThatItNamesRuns() {
        Map<String, String> sources = sources("src/test/java");
        List<String> missing = new ArrayList<>();
        for (String line : lines) {
            Matcher named = TEST.matcher(lastCell(line));
            while (named.find()) {
                String source = sources.get(named.group(1));
                if (source == null || !runs(source, named.group(2))) {
                    missing.add(named.group());
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    private static String lastCell(String line) {
        int end = line.startsWith("|") ? line.lastIndexOf('|') : -1;
        return end <= 0 ? "" : line.substring(line.lastIndexOf('|', end - 1), end);
    }

    /** Whether the source has a test of that name, and neither it nor its class is disabled. */
    private static boolean runs(String source, String method) {
        if (source.substring(0, source.indexOf("\n}")).matches("(?s).*\n@Disabled\\b.*")) {
            return false;
        }
        Matcher declaration = Pattern.compile("(?:void " + method + "\\(|ArchRule " + method + " )")
                .matcher(source);
        if (!declaration.find()) {
            return false;
        }
        String before = source.substring(0, declaration.start());
        int member = Math.max(before.lastIndexOf("\n    }\n"), before.lastIndexOf(";\n\n"));
        String annotations = before.substring(member + 1);
        return annotations.matches("(?s).*@(Test|ParameterizedTest|RepeatedTest|ArchTest)\\b.*")
                && !annotations.contains("@Disabled");
    }

    @Test
    void whatItNamesIsThere() {
        Map<String, String> sources = sources("src/main/java");
        sources.putAll(sources("src/test/java"));
        List<String> unknown = new ArrayList<>();
        for (Row row : rows) {
            Matcher named = CLASS.matcher(row.ours().equals("not") ? "" : row.where());
            while (named.find()) {
                String source = sources.get(named.group(1));
                boolean allCapitals = named.group(1).equals(named.group(1).toUpperCase(Locale.ROOT));
                String method = named.group(2);
                if (!allCapitals && (source == null || (method != null && !source.contains(" " + method + "(")))) {
                    unknown.add(row.id() + ": " + named.group());
                }
            }
        }
        assertThat(unknown).isEmpty();
    }

    /** By class name; one class within another counts as the other, as in {@code Message.Builder}. */
    private static Map<String, String> sources(String folder) {
        Map<String, String> sources = new HashMap<>();
        try (Stream<Path> modules = Files.list(ROOT)) {
            for (Path module : modules.flatMap(FeaturesTest::withSamples)
                    .map(path -> path.resolve(folder))
                    .filter(Files::isDirectory)
                    .toList()) {
                try (Stream<Path> files = Files.walk(module)) {
                    for (Path file : files.filter(path -> path.toString().endsWith(".java"))
                            .toList()) {
                        String name = file.getFileName().toString();
                        sources.put(name.substring(0, name.length() - ".java".length()), Files.readString(file));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sources;
    }

    private static Stream<Path> withSamples(Path module) {
        if (!module.endsWith("samples")) {
            return Stream.of(module);
        }
        try (Stream<Path> samples = Files.list(module)) {
            return samples.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void findsATestThatIsDisabled() {
        String source = """
                class SomeTest {

                    @Test
                    void runs() {
                    }

                    @Test
                    @Disabled
                    void sleeps() {
                    }

                    void helps() {
                    }
                }
                """;

        assertThat(runs(source, "runs")).isTrue();
        assertThat(runs(source, "sleeps")).isFalse();
        assertThat(runs(source, "helps")).isFalse();
        assertThat(runs(source, "isMissing")).isFalse();
        assertThat(runs("\n@Disabled\n" + source, "runs")).isFalse();
    }
}
