package io.mqproducer.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That a cluster comes up in seconds and leaves nothing behind. */
class LifeCycleIT {

    private static final int SERVERS = 2;

    @TempDir
    private Path folder;

    @Test
    void leavesNoProcessAndNoFileBehind() throws IOException {
        long begin = System.nanoTime();
        EmbeddedRocketMQ rocketMQ = EmbeddedRocketMQ.builder().folderIn(folder).start();
        long started = System.nanoTime();
        rocketMQ.client().send("any", new byte[1]);
        List<ProcessHandle> children = ProcessHandle.current().children().toList();
        rocketMQ.broker("broker-a").freeze();

        long end = System.nanoTime();
        rocketMQ.close();
        System.out.printf(
                "One name server and one broker: start %d ms, close %d ms%n",
                TimeUnit.NANOSECONDS.toMillis(started - begin), TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - end));

        assertThat(children)
                .hasSizeGreaterThan(SERVERS)
                .filteredOn(this::belongsToTheCluster)
                .noneMatch(ProcessHandle::isAlive);
        assertThat(content(folder)).isEmpty();
    }

    @Test
    void leavesNothingBehindWhenItsParentIsKilled() throws Exception {
        Process parent = startParent();
        BufferedReader output =
                new BufferedReader(new InputStreamReader(parent.getInputStream(), StandardCharsets.UTF_8));
        assertThat(output.readLine()).isEqualTo(ParentToBeKilled.READY);
        List<ProcessHandle> children = parent.descendants().toList();
        assertThat(children).hasSize(ParentToBeKilled.CHILDREN);

        parent.destroyForcibly().waitFor();

        for (ProcessHandle child : children) {
            assertThat(child.onExit()).succeedsWithin(Duration.ofSeconds(10));
        }
        assertThat(content(folder)).isEmpty();
    }

    @Test
    void cleansUpEvenWhenItsGuardIsKilled() throws IOException {
        EmbeddedRocketMQ rocketMQ = EmbeddedRocketMQ.builder().folderIn(folder).start();
        ProcessHandle guard = ProcessHandle.current()
                .children()
                .filter(child -> child.info()
                        .commandLine()
                        .orElse("")
                        .contains(rocketMQ.folder().toString()))
                .filter(child -> child.info().commandLine().orElse("").contains("GuardMain"))
                .findFirst()
                .orElseThrow();

        guard.destroyForcibly();
        guard.onExit().join();
        rocketMQ.close();

        assertThat(rocketMQ.brokers()).noneMatch(EmbeddedServer::isAlive);
        assertThat(content(folder)).isEmpty();
    }

    @Test
    void saysWhatTheProcessPrintedWhenItDoesNotStart() throws IOException {
        EmbeddedRocketMQBuilder builder =
                EmbeddedRocketMQ.builder().folderIn(folder).jvmOptions("-XX:+NoSuchOption");

        assertThatThrownBy(builder::start).hasMessageContaining("namesrv-a").hasMessageContaining("NoSuchOption");

        assertThat(content(folder)).isEmpty();
    }

    @Test
    void refusesAPropertyThatNoBrokerHas() throws IOException {
        EmbeddedRocketMQBuilder builder =
                EmbeddedRocketMQ.builder().folderIn(folder).brokerProperty("noSuchProperty", "1");

        assertThatThrownBy(builder::start).hasMessageContaining("[noSuchProperty]");

        assertThat(content(folder)).isEmpty();
    }

    private Process startParent() throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        String repository = System.getProperty("maven.repo.local");
        if (repository != null) {
            command.add("-Dmaven.repo.local=" + repository);
        }
        command.add(ParentToBeKilled.class.getName());
        command.add(folder.toString());
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private boolean belongsToTheCluster(ProcessHandle child) {
        return child.info().commandLine().orElse("").contains(folder.toString());
    }

    private static List<Path> content(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
