package io.mqproducer.test.launcher;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;

/**
 * Runs RocketMQ's own client, to send a message or to read back all that a topic holds. Arguments: the name servers;
 * with ACL also user and password.
 *
 * <p>Asked and answered in {@link java.io.DataOutput}'s format. {@link #READ}: topic, whether bodies are wanted, number
 * and names of the brokers to ask (none means all); answered with any number of {@link #MESSAGE}, then {@link #DONE}.
 * {@link #SEND}: topic, tags, keys, number of properties, names and values, length of the body, the body; answered with
 * {@link #DONE} and the message's id. {@link #ADMIN} and {@link #TRACES}: see {@link OfficialTools}. Any may be answered with {@link #FAILURE} and a text.
 */
public final class ClientMain {

    public static final int READ = 1;
    public static final int SEND = 2;
    public static final int MESSAGE = 3;
    public static final int DONE = 4;
    public static final int FAILURE = 5;
    public static final int ADMIN = 6;
    public static final int TRACES = 7;

    private static final int BUFFER = 1 << 16;
    private static final int LONGEST_TEXT = 16_000; // three bytes each still fit into writeUTF

    private final DataInputStream questions;
    private final DataOutputStream answers;
    private final TopicReader reader;
    private final OfficialProducer producer;
    private final OfficialTools tools;

    private ClientMain(DataInputStream questions, DataOutputStream answers, ClientSettings settings) {
        this.questions = questions;
        this.answers = answers;
        this.reader = new TopicReader(settings);
        this.producer = new OfficialProducer(settings);
        this.tools = new OfficialTools(settings);
    }

    public static void main(String[] args) {
        DataInputStream questions = new DataInputStream(new BufferedInputStream(System.in, BUFFER));
        DataOutputStream answers =
                new DataOutputStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER));
        System.setOut(System.err);
        int status = 0;
        try {
            new ClientMain(questions, answers, ClientSettings.of(args)).serve();
        } catch (Throwable e) {
            e.printStackTrace();
            status = 1;
        }
        Runtime.getRuntime().halt(status);
    }

    private void serve() throws IOException {
        while (true) {
            int question;
            try {
                question = questions.readUnsignedByte();
            } catch (EOFException e) {
                return; // the parent has closed this client, or is gone
            }
            answer(question);
            answers.flush();
        }
    }

    private void answer(int question) throws IOException {
        try {
            switch (question) {
                case READ -> reader.read(questions, answers);
                case SEND -> producer.send(questions, answers);
                case ADMIN -> tools.admin(questions, answers);
                case TRACES -> tools.traces(questions, answers);
                default -> throw new IOException("Unknown question " + question);
            }
        } catch (IOException e) {
            throw e; // of the pipes: nothing can be said any more
        } catch (Exception e) {
            e.printStackTrace();
            answers.writeByte(FAILURE);
            String text = e.toString();
            answers.writeUTF(text.substring(0, Math.min(text.length(), LONGEST_TEXT)));
        }
    }
}
