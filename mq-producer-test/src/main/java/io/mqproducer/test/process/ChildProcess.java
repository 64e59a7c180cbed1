package io.mqproducer.test.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A running child: its pipes, its signals, and what it printed to stderr, which goes to a file.
 *
 * <p>Safe for use by several threads, but for the pipes.
 */
public final class ChildProcess {

    private static final int TAIL_LINES = 40;

    private final String name;
    private final Process process;
    private final Path log;

    private ChildProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /** Starts it; its files are in the guard's folder, and it cannot outlive the guard. */
    public static ChildProcess start(ChildCommand command, ProcessGuard guard) {
        Path log = guard.folder().resolve(command.name() + ".log");
        ProcessBuilder builder = command.toBuilder()
                .directory(guard.folder().toFile())
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        try {
            Process process = builder.start();
            guard.watch(process.pid());
            return new ChildProcess(command.name(), process, log);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start " + command.name(), e);
        }
    }

    public OutputStream stdin() {
        return process.getOutputStream();
    }

    public InputStream stdout() {
        return process.getInputStream();
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** SIGKILL, and returns when the process is gone. */
    public void kill() {
        process.destroyForcibly();
        await(process);
    }

    /** Sends a signal the JDK has no method for, such as STOP. Not on Windows. */
    public void signal(String signal) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(pid())).start();
            if (await(kill) != 0) {
                throw failure("cannot be sent " + signal);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An exception that says what happened, and what the process printed last. */
    public IllegalStateException failure(String what) {
        return new IllegalStateException(name + " " + what + ". The end of its output:\n" + tail());
    }

    private String tail() {
        try {
            List<String> lines =
                    Files.readString(log, StandardCharsets.UTF_8).lines().toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
        } catch (IOException e) {
            return "(none: " + e + ")";
        }
    }

    private static int await(Process process) {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a process ended", e);
        }
    }
}
