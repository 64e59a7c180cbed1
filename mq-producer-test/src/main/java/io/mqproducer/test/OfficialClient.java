package io.mqproducer.test;

import io.mqproducer.test.launcher.ClientMain;
import io.mqproducer.test.process.ChildCommand;
import io.mqproducer.test.process.ChildProcess;
import io.mqproducer.test.process.ProcessGuard;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * RocketMQ's own client, in a process of its own that lives until the client is closed: the judge of what is stored.
 *
 * <p>Safe for use by several threads, one at a time.
 */
public final class OfficialClient implements AutoCloseable {

    private static final int BUFFER = 1 << 16;

    private final ChildProcess process;
    private final DataOutputStream questions;
    private final DataInputStream answers;
    private final Runnable afterwards;

    private OfficialClient(ChildProcess process, Runnable afterwards) {
        this.process = process;
        this.afterwards = afterwards;
        this.questions = new DataOutputStream(new BufferedOutputStream(process.stdin(), BUFFER));
        this.answers = new DataInputStream(new BufferedInputStream(process.stdout(), BUFFER));
    }

    /** A client of any cluster without ACL. */
    public static OfficialClient connect(String nameServers) {
        ClusterSettings settings = EmbeddedRocketMQ.builder().settings();
        ProcessGuard guard = ProcessGuard.start(settings.parentFolder());
        try {
            ServerFiles files = new ServerFiles(settings, guard.folder());
            return new OfficialClient(ChildProcess.start(command(files, nameServers), guard), guard::close);
        } catch (RuntimeException e) {
            guard.close();
            throw e;
        }
    }

    /** A client of the cluster these files and this guard belong to. */
    static OfficialClient start(ServerFiles files, String nameServers, ProcessGuard guard) {
        return new OfficialClient(ChildProcess.start(command(files, nameServers), guard), () -> {});
    }

    private static ChildCommand command(ServerFiles files, String nameServers) {
        List<String> arguments = new ArrayList<>(List.of(nameServers));
        arguments.addAll(files.credentials());
        return files.client(ClientMain.class, arguments);
    }

    /** All that a topic holds; none when there is no such topic. Fails unless every broker of its route answers. */
    public List<StoredMessage> messages(String topic) {
        List<StoredMessage> messages = new ArrayList<>();
        forEach(topic, List.of(), messages::add);
        return messages;
    }

    /** As {@link #messages}, without the bodies. */
    public List<StoredMessage> summaries(String topic) {
        List<StoredMessage> messages = new ArrayList<>();
        read(topic, false, List.of(), messages::add);
        return messages;
    }

    /** Hands over the messages these brokers hold (with no names: all of the route) as they come in. */
    public void forEach(String topic, Collection<String> brokers, Consumer<StoredMessage> consumer) {
        read(topic, true, brokers, consumer);
    }

    synchronized void read(
            String topic, boolean withBodies, Collection<String> brokers, Consumer<StoredMessage> consumer) {
        try {
            questions.writeByte(ClientMain.READ);
            questions.writeUTF(topic);
            questions.writeBoolean(withBodies);
            questions.writeInt(brokers.size());
            for (String broker : brokers) {
                questions.writeUTF(broker);
            }
            questions.flush();
            while (nextIsMessage()) {
                hand(new StoredMessage(answers, withBodies), consumer);
            }
        } catch (IOException e) {
            throw process.failure("is gone");
        }
    }

    private void hand(StoredMessage message, Consumer<StoredMessage> consumer) {
        try {
            consumer.accept(message);
        } catch (RuntimeException | Error e) {
            close(); // the rest of the answer is in the pipe, and nobody will read it
            throw e;
        }
    }

    /** Sends a message with RocketMQ's own producer, and returns its id. */
    public String send(String topic, byte[] body) {
        return send(topic, "", "", Map.of(), body);
    }

    /** Sends a message with RocketMQ's own producer, and returns its id; empty tags and keys are left out. */
    public synchronized String send(
            String topic, String tags, String keys, Map<String, String> properties, byte[] body) {
        try {
            questions.writeByte(ClientMain.SEND);
            questions.writeUTF(topic);
            questions.writeUTF(tags);
            questions.writeUTF(keys);
            questions.writeInt(properties.size());
            for (Map.Entry<String, String> property : properties.entrySet()) {
                questions.writeUTF(property.getKey());
                questions.writeUTF(property.getValue());
            }
            questions.writeInt(body.length);
            questions.write(body);
            questions.flush();
            nextIsMessage();
            return answers.readUTF();
        } catch (IOException e) {
            throw process.failure("is gone");
        }
    }

    /** Runs {@code mqadmin}, and returns what it prints; a command's name and its arguments, without the name servers. */
    public synchronized String admin(String... command) {
        try {
            questions.writeByte(ClientMain.ADMIN);
            questions.writeInt(command.length);
            for (String argument : command) {
                questions.writeUTF(argument);
            }
            questions.flush();
            nextIsMessage();
            return new String(answers.readNBytes(answers.readInt()), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw process.failure("is gone");
        }
    }

    /** What RocketMQ's own client reads in the body of a trace message: its records, each as fields and their values. */
    public synchronized List<Map<String, String>> traces(byte[] body) {
        try {
            questions.writeByte(ClientMain.TRACES);
            questions.writeInt(body.length);
            questions.write(body);
            questions.flush();
            nextIsMessage();
            List<Map<String, String>> traces = new ArrayList<>();
            for (int i = answers.readInt(); i > 0; i--) {
                Map<String, String> fields = new LinkedHashMap<>();
                for (int texts = answers.readInt(); texts > 0; texts -= 2) {
                    fields.put(answers.readUTF(), answers.readUTF());
                }
                traces.add(fields);
            }
            return traces;
        } catch (IOException e) {
            throw process.failure("is gone");
        }
    }

    private boolean nextIsMessage() throws IOException {
        int answer = answers.readUnsignedByte();
        if (answer == ClientMain.FAILURE) {
            throw new IllegalStateException("RocketMQ's client says: " + answers.readUTF());
        }
        return answer == ClientMain.MESSAGE;
    }

    /** False after it was closed, or had to be given up. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Ends the process. */
    @Override
    public void close() {
        process.kill();
        afterwards.run();
    }
}
