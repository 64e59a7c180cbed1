package io.mqproducer.test.launcher;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.List;

/**
 * Sends requests with RocketMQ's own producer. Arguments: group, name servers; with ACL also user and password.
 *
 * <p>Asked and answered in {@link java.io.DataOutput}'s format: topic, length of the body, the body, milliseconds to wait;
 * answered with {@link ClientMain#DONE}, the length of the reply's body and the body, or with {@link ClientMain#FAILURE} and a
 * text. Ends with stdin.
 */
public final class RequesterMain {

    private RequesterMain() {}

    public static void main(String[] args) throws Exception {
        DataOutputStream answers =
                new DataOutputStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)));
        System.setOut(System.err);
        DataInputStream questions = new DataInputStream(new BufferedInputStream(System.in));
        Reflected producer = ClientSettings.of(
                        List.of(args).subList(1, args.length).toArray(String[]::new))
                .start("org.apache.rocketmq.client.producer.DefaultMQProducer", args[0]);
        try {
            while (true) {
                answer(producer, questions, answers);
                answers.flush();
            }
        } catch (EOFException e) { // the parent has closed this client, or is gone
            Runtime.getRuntime().halt(0);
        }
    }

    private static void answer(Reflected producer, DataInputStream questions, DataOutputStream answers)
            throws IOException {
        String topic = questions.readUTF();
        byte[] body = new byte[questions.readInt()];
        questions.readFully(body);
        long timeout = questions.readLong();
        try {
            Reflected message = Reflected.create("org.apache.rocketmq.common.message.Message", topic, body);
            byte[] reply =
                    (byte[]) producer.get("request", message.target(), timeout).call("getBody");
            answers.writeByte(ClientMain.DONE);
            answers.writeInt(reply.length);
            answers.write(reply);
        } catch (Exception e) {
            e.printStackTrace();
            answers.writeByte(ClientMain.FAILURE);
            answers.writeUTF(e.toString());
        }
    }
}
