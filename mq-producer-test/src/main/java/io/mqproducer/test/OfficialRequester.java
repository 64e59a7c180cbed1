package io.mqproducer.test;

import io.mqproducer.test.launcher.ClientMain;
import io.mqproducer.test.launcher.RequesterMain;
import io.mqproducer.test.process.ChildProcess;
import io.mqproducer.test.process.ProcessGuard;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** RocketMQ's own producer as a requester, in a process of its own. Safe for use by several threads, one at a time. */
public final class OfficialRequester implements AutoCloseable {

    private final ProcessGuard guard;
    private final ChildProcess process;
    private final DataOutputStream questions;
    private final DataInputStream answers;

    private OfficialRequester(ProcessGuard guard, ChildProcess process) {
        this.guard = guard;
        this.process = process;
        this.questions = new DataOutputStream(new BufferedOutputStream(process.stdin()));
        this.answers = new DataInputStream(new BufferedInputStream(process.stdout()));
    }

    public static OfficialRequester start(EmbeddedRocketMQ rocketMQ) {
        ProcessGuard guard = ProcessGuard.start(rocketMQ.settings().parentFolder());
        try {
            ServerFiles files = new ServerFiles(rocketMQ.settings(), guard.folder());
            List<String> arguments = new ArrayList<>(List.of("OFFICIAL_REQUESTER", rocketMQ.nameServerAddresses()));
            arguments.addAll(files.credentials());
            return new OfficialRequester(
                    guard, ChildProcess.start(files.client(RequesterMain.class, arguments), guard));
        } catch (RuntimeException e) {
            guard.close();
            throw e;
        }
    }

    /** Sends a request and waits for the reply; returns its body. */
    public synchronized byte[] request(String topic, byte[] body, Duration timeout) {
        try {
            questions.writeUTF(topic);
            questions.writeInt(body.length);
            questions.write(body);
            questions.writeLong(timeout.toMillis());
            questions.flush();
            if (answers.readUnsignedByte() != ClientMain.DONE) {
                throw new IllegalStateException("RocketMQ's client says: " + answers.readUTF());
            }
            return answers.readNBytes(answers.readInt());
        } catch (IOException e) {
            throw process.failure("is gone");
        }
    }

    @Override
    public void close() {
        guard.close();
    }
}
