package io.mqproducer.spring.boot.autoconfigure.lifecycle;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs a main class of the tests in a JVM of its own, to its end. */
final class ChildJvm {

    private static final long LIMIT_SECONDS = 120;

    private final Path java;
    private final List<String> options;
    private final String classPath;

    /** @param java the launcher to run it with */
    ChildJvm(Path java) {
        this(java, List.of(), classPath());
    }

    private ChildJvm(Path java, List<String> options, String classPath) {
        this.java = java;
        this.options = options;
        this.classPath = classPath;
    }

    /** One with these options of the launcher. */
    ChildJvm withOptions(String... more) {
        return new ChildJvm(java, List.of(more), classPath);
    }

    /** One that looks into these directories first. */
    ChildJvm withClassPath(Path... first) {
        String directories = Arrays.stream(first).map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        return new ChildJvm(java, options, directories + File.pathSeparator + classPath);
    }

    /** What it prints, line by line; it must end in time and with exit code 0. */
    List<String> run(Class<?> mainClass, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(java.toString(), "-Xmx1g"));
        command.addAll(options);
        command.add(mainClass.getName());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("CLASSPATH", classPath);
        Process process = builder.start();
        try {
            List<String> lines;
            try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
                lines = out.lines().toList();
            }
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new AssertionError(mainClass + " failed:\n" + String.join("\n", lines));
            }
            return lines;
        } finally {
            process.destroyForcibly();
        }
    }

    /** That of this JVM, whoever has made it. */
    static String classPath() {
        if (ChildJvm.class.getClassLoader() instanceof URLClassLoader loader) {
            return Stream.concat(Arrays.stream(loader.getURLs()).map(ChildJvm::path), Stream.of(ownClassPath()))
                    .collect(Collectors.joining(File.pathSeparator));
        }
        return ownClassPath();
    }

    private static String ownClassPath() {
        return System.getProperty("java.class.path");
    }

    private static String path(URL url) {
        try {
            return Path.of(url.toURI()).toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
