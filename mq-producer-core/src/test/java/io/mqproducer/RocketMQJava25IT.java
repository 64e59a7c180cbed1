package io.mqproducer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mqproducer.test.StoredMessage;
import io.mqproducer.test.junit.RocketMQExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The same classes on JDK 25: that of {@code JAVA25_HOME}, else one beside the JDK that runs the tests. */
@Tag("rocketmq")
class RocketMQJava25IT {

    private static final String HOME = "JAVA25_HOME";
    private static final String TOPIC = "sent-on-java-25";

    @RegisterExtension
    static final RocketMQExtension rocketMQ = RocketMQExtension.shared();

    @Test
    void sendsInAllModes(@TempDir Path folder) throws Exception {
        Path home = home().orElse(null);
        assumeTrue(home != null, "no JDK 25: " + HOME + " is not set, and there is none beside " + runningHome());
        Path output = folder.resolve("output");

        int exit = run(home, output);

        assertThat(exit).as(Files.readString(output)).isZero();
        assertThat(output).content().contains("sent on Java 25").doesNotContain("Exception", "restricted method");
        Eventually.await(
                "the one-way message", Duration.ofSeconds(5), () -> bodies().equals(Set.of("sync", "async", "oneway")));
        assertThat(rocketMQ.cluster().messages(TOPIC))
                .hasSize(3)
                .extracting(StoredMessage::msgId)
                .doesNotHaveDuplicates();
    }

    private static Set<String> bodies() {
        return rocketMQ.cluster().messages(TOPIC).stream()
                .map(stored -> new String(stored.body(), StandardCharsets.UTF_8))
                .collect(Collectors.toSet());
    }

    private static int run(Path home, Path output) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                home.resolve("bin").resolve("java").toString(),
                SendsInAllModes.class.getName(),
                rocketMQ.nameServerAddresses(),
                TOPIC);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ended").isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    private static Optional<Path> home() throws IOException {
        String named = System.getenv(HOME);
        if (named != null) {
            return Optional.of(Path.of(named));
        }
        try (Stream<Path> beside = Files.list(runningHome().getParent())) {
            return beside.filter(RocketMQJava25IT::isJdk25).findFirst();
        }
    }

    private static Path runningHome() {
        return Path.of(System.getProperty("java.home"));
    }

    private static boolean isJdk25(Path home) {
        Path release = home.resolve("release");
        try {
            return Files.isRegularFile(release) && Files.readString(release).contains("JAVA_VERSION=\"25");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
