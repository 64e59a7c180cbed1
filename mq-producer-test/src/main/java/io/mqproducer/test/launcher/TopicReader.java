package io.mqproducer.test.launcher;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads all that a topic holds with RocketMQ's own pull consumer: queue by queue, from the smallest offset to the
 * greatest. Nothing is rebalanced, prefetched or committed, so every read shows everything. For one thread.
 */
final class TopicReader {

    private static final String MESSAGE_QUEUE = "org.apache.rocketmq.common.message.MessageQueue";
    private static final String CLIENT_EXCEPTION = "org.apache.rocketmq.client.exception.MQClientException";
    private static final int TOPIC_NOT_EXIST = 17;
    private static final int READABLE = 4;
    private static final long TIMEOUT_MILLIS = 3_000;
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

    /** The route, or null when the name servers know no such topic. The client takes another name server each time. */
    private @Nullable Reflected route(String topic) throws Exception {
        for (int triesLeft = settings.nameServers().split(";", -1).length; ; triesLeft--) {
            try {
                return remoting().get("getTopicRouteInfoFromNameServer", topic, TIMEOUT_MILLIS);
            } catch (Exception e) {
                if (isTopicNotExist(e)) {
                    return null;
                }
                if (triesLeft == 0) {
                    throw e;
                }
            }
        }
    }

    private static boolean isTopicNotExist(Exception e) throws Exception {
        return e.getClass().getName().equals(CLIENT_EXCEPTION)
                && new Reflected(e).number("getResponseCode") == TOPIC_NOT_EXIST;
    }

    private static List<Reflected> queues(String topic, Reflected route, Set<String> brokers) throws Exception {
        Map<String, Reflected> byBroker = new TreeMap<>();
        for (Object each : (List<?>) route.call("getQueueDatas")) {
            Reflected data = new Reflected(each);
            byBroker.put(data.text("getBrokerName"), data);
        }
        if (!brokers.isEmpty()) {
            byBroker.keySet().retainAll(brokers);
        }
        List<Reflected> queues = new ArrayList<>();
        for (Map.Entry<String, Reflected> broker : byBroker.entrySet()) {
            boolean readable = (broker.getValue().number("getPerm") & READABLE) != 0;
            for (int i = 0; readable && i < broker.getValue().number("getReadQueueNums"); i++) {
                queues.add(Reflected.create(MESSAGE_QUEUE, topic, broker.getKey(), i));
            }
        }
        return queues;
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
