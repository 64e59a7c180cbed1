package io.mqproducer.test.launcher;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.util.List;

/**
 * Runs RocketMQ's own push consumer and asks the parent what to reply to each message. Arguments: group, topic, name servers;
 * with ACL also user and password.
 *
 * <p>Writes {@link ClientMain#DONE} when it is started, then for each request {@link ClientMain#MESSAGE}, the length of its
 * body and the body, and reads length and body of the reply, or {@link #NO_REPLY}. Its guard ends it.
 */
public final class ResponderMain {

    /** In place of the length of a reply: there is none. */
    public static final int NO_REPLY = -1;

    private final DataOutputStream questions;
    private final DataInputStream answers;

    private ResponderMain(DataOutputStream questions, DataInputStream answers) {
        this.questions = questions;
        this.answers = answers;
    }

    public static void main(String[] args) throws Exception {
        ResponderMain responder = new ResponderMain(
                new DataOutputStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out))),
                new DataInputStream(new BufferedInputStream(System.in)));
        System.setOut(System.err);
        ClientSettings settings =
                ClientSettings.of(List.of(args).subList(2, args.length).toArray(String[]::new));
        synchronized (responder) { // requests may be there already
            ReplyingConsumer.start(settings, args[0], args[1], responder::ask);
            responder.questions.writeByte(ClientMain.DONE);
            responder.questions.flush();
        }
    }

    /** One question at a time: nothing else tells whose an answer is. */
    private synchronized List<byte[]> ask(Reflected request) throws Exception {
        byte[] body = (byte[]) request.call("getBody");
        questions.writeByte(ClientMain.MESSAGE);
        questions.writeInt(body.length);
        questions.write(body);
        questions.flush();
        int length = answers.readInt();
        return length == NO_REPLY ? List.of() : List.of(answers.readNBytes(length));
    }
}
