package io.mqproducer.test;

import io.mqproducer.test.launcher.HashSelectorMain;
import io.mqproducer.test.process.ChildProcess;
import io.mqproducer.test.process.ProcessGuard;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** RocketMQ's own {@code SelectMessageQueueByHash}, in a process of its own: what another selector has to agree with. */
public final class OfficialHashSelector implements AutoCloseable {

    private final ProcessGuard guard;
    private final ChildProcess process;
    private final BufferedReader answers;

    private OfficialHashSelector(ProcessGuard guard, ChildProcess process) {
        this.guard = guard;
        this.process = process;
        this.answers = new BufferedReader(new InputStreamReader(process.stdout(), StandardCharsets.UTF_8));
    }

    public static OfficialHashSelector start() {
        ClusterSettings settings = EmbeddedRocketMQ.builder().settings();
        ProcessGuard guard = ProcessGuard.start(settings.parentFolder());
        ServerFiles files = new ServerFiles(settings, guard.folder());
        return new OfficialHashSelector(
                guard, ChildProcess.start(files.client(HashSelectorMain.class, List.of()), guard));
    }

    /** The id of the queue that it chooses among so many, for an argument of that hash code. */
    public synchronized int select(int queues, int hashCode) {
        try {
            process.stdin().write((queues + " " + hashCode + "\n").getBytes(StandardCharsets.UTF_8));
            process.stdin().flush();
            String answer = answers.readLine();
            if (answer == null) {
                throw process.failure("is gone");
            }
            return Integer.parseInt(answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        guard.close();
    }
}
