package io.mqproducer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A {@link TransactionWorker} in a process of its own, to be killed. */
final class TransactionWorkerProcess implements AutoCloseable {

    private final Process process;
    private final BufferedReader output;
    private final Writer input;
    private final Path errors;

    private TransactionWorkerProcess(Process process, Path errors) {
        this.process = process;
        this.output = process.inputReader(UTF_8);
        this.input = process.outputWriter(UTF_8);
        this.errors = errors;
    }

    static TransactionWorkerProcess start(
            String nameServers, String topic, Path database, String prefix, int transactions) throws IOException {
        Path errors = database.resolveSibling(prefix + ".log");
        ProcessBuilder builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                TransactionWorker.class.getName(),
                nameServers,
                topic,
                database.toString(),
                prefix,
                Integer.toString(transactions),
                "16"));
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        return new TransactionWorkerProcess(
                builder.redirectError(errors.toFile()).start(), errors);
    }

    /** Waits until it says something that begins so; returns the line. */
    String await(String beginning) throws Exception {
        CompletableFuture<String> said = CompletableFuture.supplyAsync(() -> output.lines()
                .filter(line -> line.startsWith(beginning))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the worker has ended: " + errors())));
        return said.get(90, TimeUnit.SECONDS);
    }

    void assertAlive() {
        if (!process.isAlive()) {
            throw new AssertionError("the worker has ended: " + errors());
        }
    }

    void tell(String line) throws IOException {
        input.write(line + "\n");
        input.flush();
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    private String errors() {
        try {
            return Files.readString(errors);
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() {
        try {
            kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
