package io.mqproducer.samples.readme;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.springframework.util.FileSystemUtils;

/**
 * What stands around a block of the README when it runs: imports, the classes that it mentions. A source file that is no file of
 * this module's sources, because it compiles only with the README's blocks in their places.
 *
 * @param name of its class, of package {@code readme}
 * @param text its source, with a line {@code // README: } and the name of a block wherever one is to be
 */
record Surroundings(String name, String text) {

    private static final Path FOLDER = Path.of("src/test/resources/surroundings");
    private static final Pattern PLACE = Pattern.compile("^ *// README: (.+)$", Pattern.MULTILINE);

    static Surroundings of(String name) {
        try {
            return new Surroundings(name, Files.readString(FOLDER.resolve(name + ".java")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Surroundings> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> of(file.getFileName().toString().replace(".java", "")))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The blocks that have a place here. */
    List<String> blocks() {
        List<String> blocks = new ArrayList<>();
        for (Matcher place = PLACE.matcher(text); place.find(); ) {
            blocks.add(place.group(1));
        }
        return blocks;
    }

    /** Compiles it with the README's blocks as they are, and hands over a loader of its classes while that is open. */
    void compile(Readme readme, Consumer<ClassLoader> user) {
        String source = PLACE.matcher(text).replaceAll(place -> Matcher.quoteReplacement(readme.block(place.group(1))));
        try {
            Path folder = Files.createTempDirectory("readme");
            try {
                compile(Files.writeString(folder.resolve(name + ".java"), source), folder);
                loaded(folder, user);
            } finally {
                FileSystemUtils.deleteRecursively(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void compile(Path source, Path folder) {
        StringWriter output = new StringWriter();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> options = List.of(
                "-parameters", "-proc:none", "-d", folder.toString(), "-cp", System.getProperty("java.class.path"));
        boolean compiled = compiler.getTask(
                        output,
                        null,
                        null,
                        options,
                        null,
                        compiler.getStandardFileManager(null, null, UTF_8).getJavaFileObjects(source))
                .call();
        if (!compiled) {
            throw new AssertionError("A block of README.md does not compile:\n" + output);
        }
    }

    private static void loaded(Path folder, Consumer<ClassLoader> user) throws IOException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
            thread.setContextClassLoader(loader);
            user.accept(loader);
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
