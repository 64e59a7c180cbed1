package io.mqproducer.test.launcher;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads all that a topic holds with RocketMQ's own pull consumer: queue by queue, from the smallest offset to the
 * greatest. Nothing is rebalanced, prefetched or committed, so every read shows everything. For one thread.
 */
final class TopicReader {

    private static final int TOPIC_NOT_EXIST = 17;
    private static final int READABLE = 4;
    private static final long TIMEOUT_MILLIS = 5_000;
    private static final int AT_ONCE = 1024;

    private final ClientSettings settings;
    private @Nullable Reflected consumer;

    TopicReader(ClientSettings settings) {
        this.settings = settings;
    }

    void read(DataInputStream question, DataOutputStream answer) throws Exception {
        String topic = question.readUTF();
        MessageWriter writer = new MessageWriter(answer, question.readBoolean());
        Set<String> brokers = new TreeSet<>();
        for (int i = question.readInt(); i > 0; i--) {
            brokers.add(question.readUTF());
        }

        Reflected route = route(topic);
        if (route != null) {
            for (Reflected queue : queues(topic, route, brokers)) {
                readQueue(queue, writer);
            }
        }
        answer.writeByte(ClientMain.DONE);
    }

    private void readQueue(Reflected queue, MessageWriter writer) throws Exception {
        long next = consumer().number("minOffset", queue.target());
        long end = consumer().number("maxOffset", queue.target());
        while (next < end) {
            Reflected result = consumer().get("pull", queue.target(), "*", next, AT_ONCE, TIMEOUT_MILLIS);
            if (result.text("getPullStatus").equals("FOUND")) {
                for (Object message : (List<?>) result.call("getMsgFoundList")) {
                    writer.write(new Reflected(message));
                }
            }
            long following = result.number("getNextBeginOffset");
            if (following <= next) {
                throw new IllegalStateException(queue.target() + " ends at " + next + " and not at " + end);
            }
            next = following;
        }
    }

    /** The route, or null when the name servers know no such topic. */
    private @Nullable Reflected route(String topic) throws Exception {
        try {
            return remoting().get("getTopicRouteInfoFromNameServer", topic, TIMEOUT_MILLIS);
        } catch (Exception e) {
            if (new Reflected(e).number("getResponseCode") == TOPIC_NOT_EXIST) {
                return null;
            }
            throw e;
        }
    }

    private static List<Reflected> queues(String topic, Reflected route, Set<String> brokers) throws Exception {
        List<Reflected> queues = new ArrayList<>();
        for (Object each : (List<?>) route.call("getQueueDatas")) {
            Reflected data = new Reflected(each);
            String broker = data.text("getBrokerName");
            boolean readable = (data.number("getPerm") & READABLE) != 0;
            if (readable && isAsked(broker, brokers)) {
                for (int i = 0; i < data.number("getReadQueueNums"); i++) {
                    queues.add(Reflected.create("org.apache.rocketmq.common.message.MessageQueue", topic, broker, i));
                }
            }
        }
        return queues;
    }

    private static boolean isAsked(String broker, Set<String> brokers) {
        return brokers.isEmpty() || brokers.contains(broker);
    }

    private Reflected remoting() throws Exception {
        return consumer()
                .get("getDefaultMQPullConsumerImpl")
                .get("getRebalanceImpl")
                .get("getmQClientFactory")
                .get("getMQClientAPIImpl");
    }

    private Reflected consumer() throws Exception {
        Reflected started = consumer;
        if (started == null) {
            started = settings.start("org.apache.rocketmq.client.consumer.DefaultMQPullConsumer", "OFFICIAL_READER");
            consumer = started;
        }
        return started;
    }
}
