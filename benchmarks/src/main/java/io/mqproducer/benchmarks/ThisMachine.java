package io.mqproducer.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.mqproducer.benchmarks.report.RunInfo;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;

/** Where a run takes place. */
final class ThisMachine {

    private ThisMachine() {}

    static RunInfo runInfo(int rounds, Duration round) throws IOException {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        RunInfo.Machine machine = new RunInfo.Machine(
                system.getAvailableProcessors(),
                system.getTotalMemorySize(),
                system.getName() + " " + system.getVersion(),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.version"));
        return new RunInfo(LocalDate.now(ZoneId.systemDefault()), machine, rounds, round, commit());
    }

    private static String commit() throws IOException {
        Process git = new ProcessBuilder("git", "describe", "--always", "--dirty").start();
        return new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }
}
