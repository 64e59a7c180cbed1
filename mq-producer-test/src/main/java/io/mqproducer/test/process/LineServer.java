package io.mqproducer.test.process;

import io.mqproducer.test.launcher.ParentLink;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A child that answers numbered lines with numbered lines, number 0 when its start has ended; see {@link ParentLink}.
 *
 * <p>Safe for use by several threads, one at a time.
 */
public final class LineServer {

    private static final String ENDED = "";

    private final ChildProcess process;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private int lastQuestion;

    private LineServer(ChildProcess process) {
        this.process = process;
    }

    public static LineServer start(ChildCommand command, ProcessGuard guard) {
        LineServer server = new LineServer(ChildProcess.start(command, guard));
        Thread reading = new Thread(server::read, "embedded-rocketmq-" + command.name());
        reading.setDaemon(true);
        reading.start();
        return server;
    }

    public ChildProcess process() {
        return process;
    }

    /** Returns when the child is ready. */
    public synchronized void awaitReady(Duration timeout) {
        await(0, "start", timeout);
    }

    /** Returns when the child has done what the line says. */
    public synchronized void ask(String line, Duration timeout) {
        int question = ++lastQuestion;
        try {
            process.stdin().write((question + " " + line + "\n").getBytes(StandardCharsets.UTF_8));
            process.stdin().flush();
        } catch (IOException e) {
            throw process.failure("is gone");
        }
        await(question, line, timeout);
    }

    private void await(int question, String task, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        String prefix = question + " ";
        String answer = next(deadline, task);
        while (!answer.startsWith(prefix)) { // it belongs to a question that was given up
            answer = next(deadline, task);
        }
        if (!answer.equals(prefix + ParentLink.OK)) {
            throw process.failure("answered to '" + task + "': " + answer.substring(prefix.length()));
        }
    }

    private String next(long deadline, String task) {
        String answer;
        try {
            answer = answers.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw process.failure("was waited for, and the thread was interrupted");
        }
        if (answer == null) {
            throw process.failure("has not answered in time to '" + task + "'");
        }
        if (answer.equals(ENDED)) {
            answers.add(ENDED); // for the next one who asks
            throw process.failure("ended before it answered to '" + task + "'");
        }
        return answer;
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.stdout(), StandardCharsets.UTF_8))) {
            lines.lines().forEach(answers::add);
        } catch (IOException | UncheckedIOException e) {
            // as good as the end
        } finally {
            answers.add(ENDED);
        }
    }
}
