package io.mqproducer.test.process;

import io.mqproducer.test.launcher.GuardMain;
import io.mqproducer.test.launcher.Leftovers;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/**
 * A small process beside this one that ends all its children and deletes their folder when this one closes the guard or
 * dies, whatever it dies of. The guard sees the end of a pipe, which no parent can keep from happening.
 *
 * <p>Safe for use by several threads.
 */
public final class ProcessGuard implements AutoCloseable {

    private static final List<String> JVM_OPTIONS =
            List.of("-Xms8m", "-Xmx16m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData");

    private final Path folder;
    private final Process process;
    private final Leftovers leftovers;

    private ProcessGuard(Path folder, Process process) {
        this.folder = folder;
        this.process = process;
        this.leftovers = new Leftovers(folder);
    }

    /** Makes a new folder in the one given, and the guard of it. */
    public static ProcessGuard start(Path parent) {
        Path folder = parent.resolve("embedded-rocketmq-" + UUID.randomUUID());
        try {
            Process process = new ChildCommand(
                            "guard", GuardMain.class, List.of(), JVM_OPTIONS, List.of(folder.toString()))
                    .toBuilder()
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            Files.createDirectories(folder); // after the guard runs: so there is no folder without a guard
            return new ProcessGuard(folder.toRealPath(), process);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start the guard of " + folder, e);
        }
    }

    public Path folder() {
        return folder;
    }

    /** The guard's own process id. */
    public long pid() {
        return process.pid();
    }

    synchronized void watch(long pid) throws IOException {
        leftovers.add(pid);
        OutputStream ids = process.getOutputStream();
        ids.write((pid + "\n").getBytes(StandardCharsets.US_ASCII));
        ids.flush();
    }

    /** Returns when all children and the folder are gone. */
    @Override
    public synchronized void close() {
        try {
            process.getOutputStream().close();
            process.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            leftovers.remove(); // nothing, unless somebody has killed the guard
        }
    }
}
