package io.mqproducer.test.launcher;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Runs RocketMQ's own push consumer, as applications do. Arguments: group, topic, subscription, name servers; with ACL also
 * user and password.
 *
 * <p>Writes {@link ClientMain#DONE} when it is started, and then each message that it is given as {@link MessageWriter}
 * does. Ends with stdin.
 */
public final class ConsumerMain {

    private static final String LISTENER = "org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently";
    private static final String STATUS = "org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus";

    private ConsumerMain() {}

    public static void main(String[] args) throws Exception {
        DataOutputStream answers =
                new DataOutputStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)));
        System.setOut(System.err);
        AtomicReference<Exception> failure = new AtomicReference<>();
        InvocationHandler listener =
                (proxy, method, arguments) -> consume(method.getName(), arguments, answers, failure);

        Reflected consumer = ClientSettings.of(
                        List.of(args).subList(3, args.length).toArray(String[]::new))
                .consumer(args[0]);
        consumer.call("setPollNameServerInterval", 1_000);
        consumer.call("subscribe", args[1], args[2]);
        consumer.call(
                "registerMessageListener",
                Proxy.newProxyInstance(
                        ConsumerMain.class.getClassLoader(), new Class<?>[] {Class.forName(LISTENER)}, listener));
        consumer.call("start");
        synchronized (answers) {
            answers.writeByte(ClientMain.DONE);
            answers.flush();
        }
        awaitEnd();
        Runtime.getRuntime().halt(failure.get() == null ? 0 : 1);
    }

    private static Object consume(
            String method, Object[] arguments, DataOutputStream answers, AtomicReference<Exception> failure)
            throws Exception {
        if (!method.equals("consumeMessage")) { // of Object
            return method.hashCode();
        }
        synchronized (answers) {
            try {
                for (Object message : (List<?>) arguments[0]) {
                    new MessageWriter(answers, true).write(new Reflected(message));
                }
                answers.flush();
            } catch (Exception e) {
                e.printStackTrace();
                failure.set(e);
                throw e;
            }
        }
        return constant(STATUS, "CONSUME_SUCCESS");
    }

    private static Object constant(String enumeration, String name) throws Exception {
        return Reflected.ofClass(enumeration).call("valueOf", name);
    }

    private static void awaitEnd() throws IOException {
        while (System.in.read() >= 0) {
            // nothing is asked
        }
    }
}
