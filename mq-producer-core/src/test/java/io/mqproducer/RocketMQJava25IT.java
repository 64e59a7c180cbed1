package io.mqproducer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mqproducer.test.StoredMessage;
import io.mqproducer.test.junit.RocketMQExtension;
import io.mqproducer.test.process.InstalledJdk;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The same classes on JDK 25: that of {@code JAVA25_HOME}, else one beside the JDK that runs the tests. */
@Tag("rocketmq")
class RocketMQJava25IT {

    private static final String TOPIC = "sent-on-java-25";

    @RegisterExtension
    static final RocketMQExtension rocketMQ = RocketMQExtension.shared();

    @Test
    void sendsInAllModes(@TempDir Path folder) throws Exception {
        InstalledJdk jdk25 = InstalledJdk.ofVersion(25).orElse(null);
        assumeTrue(jdk25 != null, "no JDK 25 in JAVA25_HOME or beside " + System.getProperty("java.home"));
        Path output = folder.resolve("output");

        int exit = run(jdk25, output);

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

    private static int run(InstalledJdk jdk, Path output) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                jdk.java().toString(), SendsInAllModes.class.getName(), rocketMQ.nameServerAddresses(), TOPIC);
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
}
