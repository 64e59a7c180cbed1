package io.mqproducer.benchmarks.run;

import io.mqproducer.benchmarks.plan.Row.Jdk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The {@code java} of each version: this one's own, and a JDK 25 by {@code JAVA25_HOME} or found beside it. */
final class Jdks {

    private Jdks() {}

    static Optional<Path> java(Jdk jdk) {
        Path own = Path.of(System.getProperty("java.home"));
        if (jdk == Jdk.JDK17) {
            return Optional.of(executable(own));
        }
        String home = System.getenv("JAVA25_HOME");
        return home == null ? besides(own) : Optional.of(executable(Path.of(home)));
    }

    private static Optional<Path> besides(Path own) {
        try (Stream<Path> homes = Files.list(own.toRealPath().resolveSibling("."))) {
            return homes.filter(home -> home.getFileName().toString().contains("25"))
                    .map(Jdks::executable)
                    .filter(Files::isExecutable)
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path executable(Path home) {
        return home.resolve("bin").resolve("java");
    }
}
