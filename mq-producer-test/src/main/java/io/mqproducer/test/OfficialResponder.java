package io.mqproducer.test;

import io.mqproducer.test.launcher.ClientMain;
import io.mqproducer.test.launcher.ResponderMain;
import io.mqproducer.test.process.ChildProcess;
import io.mqproducer.test.process.ProcessGuard;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The server side of requests: RocketMQ's own push consumer of one topic, in a process of its own, which replies to each message
 * with what a function of this JVM makes of its body. {@link OfficialReplier} is one whose replies do not matter.
 */
public final class OfficialResponder implements AutoCloseable {

    private final ProcessGuard guard;
    private final ChildProcess process;
    private final UnaryOperator<byte[]> service;

    private OfficialResponder(ProcessGuard guard, ChildProcess process, UnaryOperator<byte[]> service) {
        this.guard = guard;
        this.process = process;
        this.service = service;
    }

    /**
     * Subscribes a group to a topic that is there already, of any cluster without ACL, and returns when it is started; a new
     * group begins with the oldest message.
     *
     * @param service called by one thread at a time, with the body of a request; one for which it throws gets no reply
     */
    public static OfficialResponder subscribe(
            String nameServers, String group, String topic, UnaryOperator<byte[]> service) {
        ClusterSettings settings = EmbeddedRocketMQ.builder().settings();
        ProcessGuard guard = ProcessGuard.start(settings.parentFolder());
        try {
            ServerFiles files = new ServerFiles(settings, guard.folder());
            ChildProcess process =
                    ChildProcess.start(files.client(ResponderMain.class, List.of(group, topic, nameServers)), guard);
            OfficialResponder responder = new OfficialResponder(guard, process, service);
            responder.start();
            return responder;
        } catch (RuntimeException e) {
            guard.close();
            throw e;
        }
    }

    private void start() {
        DataInputStream questions = new DataInputStream(new BufferedInputStream(process.stdout()));
        try {
            if (questions.readUnsignedByte() != ClientMain.DONE) {
                throw process.failure("did not start");
            }
        } catch (IOException e) {
            throw process.failure("did not start");
        }
        DataOutputStream answers = new DataOutputStream(new BufferedOutputStream(process.stdin()));
        Thread serving = new Thread(() -> serve(questions, answers), "official-responder");
        serving.setDaemon(true);
        serving.start();
    }

    private void serve(DataInputStream questions, DataOutputStream answers) {
        try (questions;
                answers) {
            while (questions.readUnsignedByte() == ClientMain.MESSAGE) {
                answer(questions.readNBytes(questions.readInt()), answers);
                answers.flush();
            }
        } catch (IOException e) {
            // the process has ended, most likely because this object was closed
        }
    }

    private void answer(byte[] request, DataOutputStream answers) throws IOException {
        byte[] reply;
        try {
            reply = service.apply(request);
        } catch (RuntimeException e) {
            answers.writeInt(ResponderMain.NO_REPLY);
            return;
        }
        answers.writeInt(reply.length);
        answers.write(reply);
    }

    /** Ends the process. */
    @Override
    public void close() {
        guard.close();
    }
}
