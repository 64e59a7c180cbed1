package io.mqproducer.test;

import io.mqproducer.test.launcher.ClientMain;
import io.mqproducer.test.launcher.ReplierMain;
import io.mqproducer.test.process.ChildProcess;
import io.mqproducer.test.process.ProcessGuard;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * RocketMQ's own push consumer of one topic, in a process of its own, which replies to each message that is a request: with
 * {@code reply to } and the request's body.
 */
public final class OfficialReplier implements AutoCloseable {

    /** A user property of a request: bytes that its reply is to have at least, with blanks at the end. */
    public static final String REPLY_SIZE = ReplierMain.REPLY_SIZE;

    /** A user property of a request: how many replies it is to get; one if not set. */
    public static final String REPLIES = ReplierMain.REPLIES;

    private final ProcessGuard guard;
    private final ChildProcess process;

    private OfficialReplier(ProcessGuard guard, ChildProcess process) {
        this.guard = guard;
        this.process = process;
    }

    /** Subscribes a new group to a topic that is there already, and returns when it is started. */
    public static OfficialReplier subscribe(EmbeddedRocketMQ rocketMQ, String topic) {
        ProcessGuard guard = ProcessGuard.start(rocketMQ.settings().parentFolder());
        try {
            ServerFiles files = new ServerFiles(rocketMQ.settings(), guard.folder());
            List<String> arguments = new ArrayList<>(
                    List.of("OFFICIAL_REPLIER_" + UUID.randomUUID(), topic, rocketMQ.nameServerAddresses()));
            arguments.addAll(files.credentials());
            ChildProcess process = ChildProcess.start(files.client(ReplierMain.class, arguments), guard);
            OfficialReplier replier = new OfficialReplier(guard, process);
            replier.awaitStart();
            return replier;
        } catch (RuntimeException e) {
            guard.close();
            throw e;
        }
    }

    private void awaitStart() {
        try {
            if (process.stdout().read() != ClientMain.DONE) {
                throw process.failure("did not start");
            }
        } catch (IOException e) {
            throw process.failure("did not start");
        }
    }

    @Override
    public void close() {
        guard.close();
    }
}
