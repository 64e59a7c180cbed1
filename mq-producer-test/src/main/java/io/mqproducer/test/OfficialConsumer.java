package io.mqproducer.test;

import io.mqproducer.test.launcher.ClientMain;
import io.mqproducer.test.launcher.ConsumerMain;
import io.mqproducer.test.process.ChildProcess;
import io.mqproducer.test.process.ProcessGuard;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * RocketMQ's own push consumer of one topic, in a process of its own: what it has been given, in the order in which it came.
 *
 * <p>Safe for use by several threads.
 */
public final class OfficialConsumer implements AutoCloseable {

    private final ProcessGuard guard;
    private final ChildProcess process;
    private final List<StoredMessage> messages = new ArrayList<>();
    private @Nullable IOException end;

    private OfficialConsumer(ProcessGuard guard, ChildProcess process) {
        this.guard = guard;
        this.process = process;
    }

    /**
     * Subscribes a new group to a topic that is there already, and returns when it is started; it begins with the oldest
     * message.
     *
     * @param subscription tags, separated with {@code ||}, or {@code *}
     */
    public static OfficialConsumer subscribe(EmbeddedRocketMQ rocketMQ, String topic, String subscription) {
        ProcessGuard guard = ProcessGuard.start(rocketMQ.settings().parentFolder());
        try {
            ServerFiles files = new ServerFiles(rocketMQ.settings(), guard.folder());
            String group = "OFFICIAL_CONSUMER_" + UUID.randomUUID();
            List<String> arguments =
                    new ArrayList<>(List.of(group, topic, subscription, rocketMQ.nameServerAddresses()));
            arguments.addAll(files.credentials());
            ChildProcess process = ChildProcess.start(files.client(ConsumerMain.class, arguments), guard);
            OfficialConsumer consumer = new OfficialConsumer(guard, process);
            consumer.start(new DataInputStream(new BufferedInputStream(process.stdout())));
            return consumer;
        } catch (RuntimeException e) {
            guard.close();
            throw e;
        }
    }

    private void start(DataInputStream answers) {
        try {
            if (answers.readUnsignedByte() != ClientMain.DONE) {
                throw process.failure("did not start");
            }
        } catch (IOException e) {
            throw process.failure("did not start");
        }
        Thread reading = new Thread(() -> read(answers), "official-consumer");
        reading.setDaemon(true);
        reading.start();
    }

    private void read(DataInputStream answers) {
        try {
            while (true) {
                answers.readUnsignedByte();
                add(new StoredMessage(answers, true));
            }
        } catch (IOException e) {
            ended(e);
        }
    }

    private synchronized void add(StoredMessage message) {
        messages.add(message);
        notifyAll();
    }

    private synchronized void ended(IOException cause) {
        end = cause;
        notifyAll();
    }

    /** Waits until it has been given so many, and returns all that it has been given by then. */
    public synchronized List<StoredMessage> await(int number, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            while (messages.size() < number) {
                long millis = (deadline - System.nanoTime()) / 1_000_000;
                if (end != null || millis <= 0) {
                    throw process.failure("was given " + messages.size() + " of " + number + " messages " + messages);
                }
                wait(millis);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw process.failure("was waited for, and the thread was interrupted");
        }
        return List.copyOf(messages);
    }

    @Override
    public void close() {
        guard.close();
    }
}
