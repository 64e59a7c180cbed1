package io.mqproducer.test.launcher;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Runs RocketMQ's own push consumer and replies to each message: with {@code reply to } and the body, blanks after it up to
 * the size that the property {@link #REPLY_SIZE} asks for, and as often as {@link #REPLIES} says. Arguments: group, topic,
 * name servers; with ACL also user and password.
 *
 * <p>Writes {@link ClientMain#DONE} when it is started. Ends with stdin.
 */
public final class ReplierMain {

    /** A user property of a request: bytes that the reply is to have at least. */
    public static final String REPLY_SIZE = "reply-size";

    /** A user property of a request: how many replies it is to get; one if not set. */
    public static final String REPLIES = "replies";

    private ReplierMain() {}

    public static void main(String[] args) throws Exception {
        DataOutputStream answers =
                new DataOutputStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)));
        System.setOut(System.err);
        ClientSettings settings =
                ClientSettings.of(List.of(args).subList(2, args.length).toArray(String[]::new));
        ReplyingConsumer.start(
                settings, args[0], args[1], request -> Collections.nCopies(number(request, REPLIES, 1), body(request)));
        answers.writeByte(ClientMain.DONE);
        answers.flush();
        awaitEnd();
        Runtime.getRuntime().halt(0);
    }

    private static byte[] body(Reflected request) throws Exception {
        String text = "reply to " + new String((byte[]) request.call("getBody"), StandardCharsets.UTF_8);
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        int size = Math.max(body.length, number(request, REPLY_SIZE, 0));
        byte[] padded = Arrays.copyOf(body, size);
        Arrays.fill(padded, body.length, size, (byte) ' ');
        return padded;
    }

    private static int number(Reflected message, String property, int otherwise) throws Exception {
        Object value = ((Map<?, ?>) message.call("getProperties")).get(property);
        return value == null ? otherwise : Integer.parseInt(value.toString());
    }

    private static void awaitEnd() throws IOException {
        while (System.in.read() >= 0) {
            // nothing is asked
        }
    }
}
