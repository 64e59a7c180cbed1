package io.mqproducer.test.launcher;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;

/** RocketMQ's own push consumer of one topic, which replies to each message as its {@code MessageUtil} does. */
final class ReplyingConsumer {

    private static final String LISTENER = "org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently";
    private static final String STATUS = "org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus";
    private static final String MESSAGE_UTIL = "org.apache.rocketmq.client.utils.MessageUtil";

    private final Reflected producer;
    private final Replies replies;

    /** What a request is answered with. Called by several threads. */
    interface Replies {

        /** The bodies of the replies, each sent as one. */
        List<byte[]> to(Reflected request) throws Exception;
    }

    private ReplyingConsumer(Reflected producer, Replies replies) {
        this.producer = producer;
        this.replies = replies;
    }

    /** Subscribes the group to the topic, and returns when it is started; runs for as long as the process. */
    static void start(ClientSettings settings, String group, String topic, Replies replies) throws Exception {
        Reflected producer = settings.start("org.apache.rocketmq.client.producer.DefaultMQProducer", group + "_P");
        ReplyingConsumer replying = new ReplyingConsumer(producer, replies);
        InvocationHandler listener = (proxy, method, arguments) -> replying.consume(method.getName(), arguments);

        Reflected consumer = settings.consumer(group);
        consumer.call("setPullBatchSize", 32);
        consumer.call("subscribe", topic, "*");
        consumer.call(
                "registerMessageListener",
                Proxy.newProxyInstance(
                        ReplyingConsumer.class.getClassLoader(), new Class<?>[] {Class.forName(LISTENER)}, listener));
        consumer.call("start");
    }

    private Object consume(String method, Object[] arguments) throws Exception {
        if (!method.equals("consumeMessage")) { // of Object
            return method.hashCode();
        }
        for (Object message : (List<?>) arguments[0]) {
            reply(new Reflected(message));
        }
        return Reflected.ofClass(STATUS).call("valueOf", "CONSUME_SUCCESS");
    }

    /** One that cannot be delivered is no reason to consume the request again. */
    private void reply(Reflected request) {
        try {
            for (byte[] body : replies.to(request)) {
                Reflected reply = Reflected.ofClass(MESSAGE_UTIL).get("createReplyMessage", request.target(), body);
                producer.call("send", reply.target());
            }
        } catch (Exception e) {
            System.err.println("could not reply: " + e);
        }
    }
}
