package io.mqproducer.samples.readme;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The README of this project, and its blocks of code by their names, like {@code Use it/java/1}. */
final class Readme {

    /** The project's folder; tests run in the folder of their module. */
    static final Path PROJECT = Path.of("../..").toAbsolutePath().normalize();

    private static final Pattern PIECE =
            Pattern.compile("^## ([^\\n]+)$|^```(\\w*)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    private final String text;
    private final Map<String, String> blocks = new LinkedHashMap<>();

    private Readme(String text) {
        this.text = text;
        String heading = "";
        for (Matcher piece = PIECE.matcher(text); piece.find(); ) {
            if (piece.group(1) != null) {
                heading = piece.group(1);
            } else {
                add(heading + "/" + piece.group(2) + "/", piece.group(3));
            }
        }
    }

    static Readme read() {
        try {
            return new Readme(Files.readString(PROJECT.resolve("README.md")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(String prefix, String code) {
        int number = 1;
        while (blocks.containsKey(prefix + number)) {
            number++;
        }
        blocks.put(prefix + number, code);
    }

    String text() {
        return text;
    }

    /** All blocks, in their order. */
    Map<String, String> blocks() {
        return blocks;
    }

    /** The block of this name: heading, language, and its number among those of the same heading and language. */
    String block(String name) {
        String block = blocks.get(name);
        if (block == null) {
            throw new IllegalArgumentException("README.md has no block '" + name + "', only " + blocks.keySet());
        }
        return block;
    }

    /** The lines of the table below a heading, a list of cells each, without its head. */
    List<List<String>> table(String heading) {
        String section = text.substring(text.indexOf("\n## " + heading + "\n") + 1);
        int end = section.indexOf("\n## ", 1);
        return (end < 0 ? section : section.substring(0, end))
                .lines()
                .filter(line -> line.startsWith("| "))
                .skip(1)
                .map(line -> List.of(line.substring(1).split("\\|")))
                .map(cells -> cells.stream().map(String::strip).toList())
                .toList();
    }
}
