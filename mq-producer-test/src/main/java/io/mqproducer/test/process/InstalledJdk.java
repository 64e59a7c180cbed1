package io.mqproducer.test.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A JDK of this machine other than the one that runs: where the environment variable {@code JAVA<version>_HOME} says, or
 * beside this one.
 *
 * @param home its folder
 */
public record InstalledJdk(Path home) {

    /** One of this feature version; empty if there is none. */
    public static Optional<InstalledJdk> ofVersion(int feature) {
        String configured = System.getenv("JAVA" + feature + "_HOME");
        if (configured != null) {
            return Optional.of(new InstalledJdk(Path.of(configured)));
        }
        try (Stream<Path> jdks =
                Files.list(Path.of(System.getProperty("java.home")).toRealPath().getParent())) {
            return jdks.map(InstalledJdk::new)
                    .filter(jdk -> Files.isExecutable(jdk.java()))
                    .filter(jdk -> jdk.release().contains("JAVA_VERSION=\"" + feature))
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its launcher. */
    public Path java() {
        return home.resolve("bin").resolve("java");
    }

    /** What it says of itself; empty if it says nothing. */
    public String release() {
        try {
            return Files.readString(home.resolve("release"));
        } catch (IOException e) {
            return "";
        }
    }
}
