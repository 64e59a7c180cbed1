package io.mqproducer.samples.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.mqproducer.test.junit.RocketMQExtension;
import io.mqproducer.test.process.InstalledJdk;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The application as its users run it: {@code java -jar}. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class PackagedApplicationIT {

    @RegisterExtension
    static final RocketMQExtension ROCKETMQ = RocketMQExtension.shared();

    private static final String NAME_SERVERS = "--mq.producer.name-servers=";
    private static final String LAST_LINE = "Order by: curl";

    @Test
    void sendsOnTheJdkOfTheBuild() throws Exception {
        sendsOn(Path.of(System.getProperty("java.home")), NAME_SERVERS + ROCKETMQ.nameServerAddresses());
    }

    @Test
    void bringsARocketMQOfItsOwnAndLeavesNothingOfIt() throws Exception {
        Set<ProcessHandle> servers = sendsOn(Path.of(System.getProperty("java.home")), "--shop.first-orders=3");

        assertThat(servers).as("name server, broker, guard and client").hasSizeGreaterThanOrEqualTo(3);
        for (ProcessHandle server : servers) {
            server.onExit().get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void sendsOnJdk25() throws Exception {
        InstalledJdk jdk25 = InstalledJdk.ofVersion(25)
                .orElseGet(
                        () -> abort("skipped: no JDK 25 in JAVA25_HOME or beside " + System.getProperty("java.home")));
        assertThat(jdk25.release()).contains("JAVA_VERSION=\"25");

        sendsOn(jdk25.home(), NAME_SERVERS + ROCKETMQ.nameServerAddresses());
    }

    /** Runs the application until it has sent its first messages; returns the processes that it had started by then. */
    private static Set<ProcessHandle> sendsOn(Path jdk, String argument) throws IOException, InterruptedException {
        Process application = new ProcessBuilder(
                        jdk.resolve("bin/java").toString(),
                        "-Dmaven.repo.local=" + System.getProperty("maven.repo.local"),
                        "-jar",
                        System.getProperty("packaged-application"),
                        "--server.port=0",
                        argument)
                .redirectErrorStream(true)
                .start();
        Set<ProcessHandle> started = new HashSet<>();
        try {
            List<String> output = new CopyOnWriteArrayList<>();
            try (BufferedReader lines = application.inputReader()) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    output.add(line);
                    if (line.startsWith(LAST_LINE)) {
                        application.descendants().forEach(started::add);
                        application.toHandle().destroy();
                    }
                }
            }

            assertThat(application.waitFor()).as("exit code after SIGTERM").isEqualTo(143);
            assertThat(output)
                    .contains(
                            "3 of 3 messages of sample-orders are in the broker, read by RocketMQ's own client",
                            "3 of 3 messages of sample-audit are in the broker, read by RocketMQ's own client",
                            "3 of 3 messages of sample-clicks are in the broker, read by RocketMQ's own client")
                    .anyMatch(line ->
                            line.matches("sync    sample-orders  .+ queue \\d+ offset \\d+ .*[0-9A-F]{32} .* ms"))
                    .anyMatch(line ->
                            line.matches("async   sample-audit   .+ queue \\d+ offset \\d+ .*[0-9A-F]{32} .* ms"))
                    .anyMatch(line -> line.matches("oneway  sample-clicks  handed over .*[0-9A-F]{32} .* ms"))
                    .noneMatch(line -> line.contains("Exception"));
            return started;
        } finally {
            application.destroyForcibly().waitFor();
        }
    }
}
