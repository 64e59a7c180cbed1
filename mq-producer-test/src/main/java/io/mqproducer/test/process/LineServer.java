package io.mqproducer.test.process;

import io.mqproducer.test.launcher.ParentLink;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A child that answers lines with lines, the first one when its start has ended; see {@link ParentLink}.
 *
 * <p>One question at a time.
 */
public final class LineServer {

    private final ChildProcess process;
    private final BufferedReader answers;

    private LineServer(ChildProcess process) {
        this.process = process;
        this.answers = new BufferedReader(new InputStreamReader(process.stdout(), StandardCharsets.UTF_8));
    }

    public static LineServer start(ChildCommand command, ProcessGuard guard) {
        return new LineServer(ChildProcess.start(command, guard));
    }

    public ChildProcess process() {
        return process;
    }

    /** Returns when the child is ready. */
    public void awaitReady(Duration timeout) {
        check(nextAnswer(timeout), "start");
    }

    /** Returns when the child has done what the line says. */
    public synchronized void ask(String line, Duration timeout) {
        try {
            process.stdin().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            process.stdin().flush();
        } catch (IOException e) {
            throw process.failure("is gone");
        }
        check(nextAnswer(timeout), line);
    }

    private void check(@Nullable String answer, String task) {
        if (answer == null) {
            throw process.failure("has ended during: " + task);
        }
        if (!answer.equals(ParentLink.OK)) {
            throw process.failure("answered to '" + task + "': " + answer);
        }
    }

    private @Nullable String nextAnswer(Duration timeout) {
        CompletableFuture<@Nullable String> answer = new CompletableFuture<>();
        Thread reading = new Thread(() -> read(answer), "embedded-rocketmq-answer");
        reading.setDaemon(true);
        reading.start();
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw process.failure("did not answer within " + timeout);
        } catch (ExecutionException e) {
            return null; // the pipe broke: it has ended
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw process.failure("was waited for, and the thread was interrupted");
        }
    }

    private void read(CompletableFuture<@Nullable String> answer) {
        try {
            answer.complete(answers.readLine());
        } catch (IOException e) {
            answer.completeExceptionally(e);
        }
    }
}
