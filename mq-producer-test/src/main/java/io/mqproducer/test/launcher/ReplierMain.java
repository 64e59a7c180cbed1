package io.mqproducer.test.launcher;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Runs RocketMQ's own push consumer and replies to each message as its {@code MessageUtil} does: with {@code reply to } and the
 * body, blanks after it up to the size that the property {@link #REPLY_SIZE} asks for, and as often as {@link #REPLIES} says.
 * Arguments: group, topic, name servers; with ACL also user and password.
 *
 * <p>Writes {@link ClientMain#DONE} when it is started. Ends with stdin.
 */
public final class ReplierMain {

    /** A user property of a request: bytes that the reply is to have at least. */
    public static final String REPLY_SIZE = "reply-size";

    /** A user property of a request: how many replies it is to get; one if not set. */
    public static final String REPLIES = "replies";

    private static final String LISTENER = "org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently";
    private static final String STATUS = "org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus";
    private static final String MESSAGE_UTIL = "org.apache.rocketmq.client.utils.MessageUtil";

    private final Reflected producer;

    private ReplierMain(Reflected producer) {
        this.producer = producer;
    }

    public static void main(String[] args) throws Exception {
        DataOutputStream answers =
                new DataOutputStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)));
        System.setOut(System.err);
        ClientSettings settings =
                ClientSettings.of(List.of(args).subList(2, args.length).toArray(String[]::new));
        ReplierMain replier = new ReplierMain(
                settings.start("org.apache.rocketmq.client.producer.DefaultMQProducer", args[0] + "_P"));
        InvocationHandler listener = (proxy, method, arguments) -> replier.consume(method.getName(), arguments);

        Reflected consumer = settings.consumer(args[0]);
        consumer.call("setPullBatchSize", 32);
        consumer.call("subscribe", args[1], "*");
        consumer.call(
                "registerMessageListener",
                Proxy.newProxyInstance(
                        ReplierMain.class.getClassLoader(), new Class<?>[] {Class.forName(LISTENER)}, listener));
        consumer.call("start");
        answers.writeByte(ClientMain.DONE);
        answers.flush();
        awaitEnd();
        Runtime.getRuntime().halt(0);
    }

    private Object consume(String method, Object[] arguments) throws Exception {
        if (!method.equals("consumeMessage")) { // of Object
            return method.hashCode();
        }
        for (Object message : (List<?>) arguments[0]) {
            Reflected request = new Reflected(message);
            int replies = number(request, REPLIES, 1);
            for (int i = 0; i < replies; i++) {
                reply(request);
            }
        }
        return Reflected.ofClass(STATUS).call("valueOf", "CONSUME_SUCCESS");
    }

    /** One that cannot be delivered is no reason to consume the request again. */
    private void reply(Reflected request) {
        try {
            Reflected reply =
                    Reflected.ofClass(MESSAGE_UTIL).get("createReplyMessage", request.target(), body(request));
            producer.call("send", reply.target());
        } catch (Exception e) {
            System.err.println("could not reply: " + e);
        }
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
