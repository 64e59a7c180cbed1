package io.mqproducer.benchmarks.run;

import io.mqproducer.benchmarks.plan.Row.Jdk;
import io.mqproducer.test.process.InstalledJdk;
import java.nio.file.Path;
import java.util.Optional;

/** The {@code java} of each version: this one's own, and a JDK 25 by {@code JAVA25_HOME} or found beside it. */
final class Jdks {

    private Jdks() {}

    static Optional<Path> java(Jdk jdk) {
        return jdk == Jdk.JDK17
                ? Optional.of(new InstalledJdk(Path.of(System.getProperty("java.home"))).java())
                : InstalledJdk.ofVersion(25).map(InstalledJdk::java);
    }
}
