package io.mqproducer.internal.route;

import io.mqproducer.internal.protocol.SendFrameTemplate;
import io.mqproducer.internal.protocol.SendHeader;
import io.mqproducer.internal.util.Endpoint;
import io.mqproducer.message.MessageQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Routes of tests. */
public final class Routes {

    private Routes() {}

    /** A route of topic {@code T} over brokers named {@code a}, {@code b} and so on, with so many queues each. */
    public static TopicRoute of(int... queues) {
        return startingAt(0, queues);
    }

    /** The same, its round robin beginning here. */
    public static TopicRoute startingAt(int cursor, int... queues) {
        List<TopicRoute.BrokerQueues> brokers = new ArrayList<>();
        int first = 0;
        for (int count : queues) {
            String name = String.valueOf((char) ('a' + brokers.size()));
            brokers.add(new TopicRoute.BrokerQueues(name, new Endpoint(name, 10911), count, first));
            first += count;
        }
        return new TopicRoute("T", brokers, new AtomicInteger(cursor), Routes::queueOf);
    }

    public static PublishQueue queueOf(MessageQueue queue, Endpoint broker) {
        return new PublishQueue(queue, broker, templateOf(queue), BrokerLatency.unknown());
    }

    private static SendFrameTemplate templateOf(MessageQueue queue) {
        return SendFrameTemplate.of(
                new SendHeader("PG", queue.topic(), "TBW102", 4, queue.queueId(), queue.brokerName(), false, Map.of()));
    }
}
