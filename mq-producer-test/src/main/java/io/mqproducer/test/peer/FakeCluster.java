package io.mqproducer.test.peer;

import io.mqproducer.test.peer.codec.RouteJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One name server and some brokers that behave, until told otherwise: any topic has a route to all brokers, and what is
 * sent is stored and remembered. The brokers are called {@code broker-a}, {@code broker-b} and so on. Thread-safe.
 */
public final class FakeCluster implements AutoCloseable {

    private static final int GET_ROUTE = 105;
    private static final int TOPIC_NOT_EXIST = 17;
    private static final int[] SENDS = {10, 310, 320, 324, 325};
    private static final int QUEUES = 4;

    private final ScriptedPeer nameServer;
    private final List<ScriptedPeer> brokers;
    private final RouteJson defaultRoute;
    private final Map<String, Reply> routes = new ConcurrentHashMap<>();
    private final Changes changes = new Changes();
    private final List<RecordedMessage> messages = new ArrayList<>();
    private final Map<String, Integer> counts = new HashMap<>();

    private FakeCluster(int brokerCount, int queues) {
        this.nameServer = ScriptedPeer.start();
        this.brokers = IntStream.range(0, brokerCount)
                .mapToObj(i -> startBroker(brokerName(i)))
                .toList();
        RouteJson route = RouteJson.empty();
        for (int i = 0; i < brokerCount; i++) {
            route = route.and(brokerName(i), brokers.get(i).address(), queues);
        }
        this.defaultRoute = route;
        nameServer.on(GET_ROUTE, this::route);
    }

    /** A cluster with 4 queues on each broker for every topic. */
    public static FakeCluster start(int brokers) {
        return start(brokers, QUEUES);
    }

    public static FakeCluster start(int brokers, int queuesPerBroker) {
        return new FakeCluster(brokers, queuesPerBroker);
    }

    private ScriptedPeer startBroker(String name) {
        FakeBroker script = new FakeBroker(name, this::store);
        ScriptedPeer broker = ScriptedPeer.start();
        for (int send : SENDS) {
            broker.on(send, script);
        }
        return broker;
    }

    private void store(RecordedMessage message) {
        changes.change(() -> {
            counts.merge(message.topic(), 1, Integer::sum);
            return messages.add(message);
        });
    }

    private Reply route(Request request) {
        Reply route = routes.get(request.field("topic"));
        return route != null ? route : Reply.route(defaultRoute);
    }

    /** What a producer takes as its name servers. */
    public String nameServers() {
        return nameServer.address();
    }

    public ScriptedPeer nameServer() {
        return nameServer;
    }

    public ScriptedPeer broker(int index) {
        return brokers.get(index);
    }

    public String brokerName(int index) {
        return "broker-" + (char) ('a' + index);
    }

    /** The route of all topics that have none of their own. */
    public RouteJson defaultRoute() {
        return defaultRoute;
    }

    /** Gives one topic a route of its own from now on. */
    public FakeCluster route(String topic, RouteJson route) {
        return route(topic, Reply.route(route));
    }

    /** Answers lookups of one topic with anything from now on. */
    public FakeCluster route(String topic, Reply reply) {
        routes.put(topic, reply);
        return this;
    }

    /** Makes one topic unknown from now on. */
    public FakeCluster withoutTopic(String topic) {
        return route(topic, Reply.code(TOPIC_NOT_EXIST, "No topic route info in name server for the topic: " + topic));
    }

    /** All messages stored so far, in the order of their arrival. */
    public List<RecordedMessage> messages() {
        return changes.read(() -> List.copyOf(messages));
    }

    public List<RecordedMessage> messages(String topic) {
        return messages().stream()
                .filter(message -> message.topic().equals(topic))
                .toList();
    }

    /** Waits until there are as many messages of the topic, for oneway sends; returns all of them. */
    public List<RecordedMessage> awaitMessages(String topic, int count, Duration timeout) {
        changes.await(
                () -> countOf(topic) >= count,
                timeout,
                () -> count + " messages of " + topic + "; there are " + countOf(topic));
        return messages(topic);
    }

    private int countOf(String topic) {
        return counts.getOrDefault(topic, 0);
    }

    /** Drops the record of messages and of all that the peers received, for tests that send more than fits into memory. */
    public void forget() {
        changes.change(() -> {
            messages.clear();
            counts.clear();
            return true;
        });
        nameServer.forget();
        brokers.forEach(ScriptedPeer::forget);
    }

    /** Closes all peers, and throws what the first of them threw, the others' as suppressed. */
    @Override
    public void close() {
        List<IllegalStateException> failures = new ArrayList<>();
        Stream.concat(Stream.of(nameServer), brokers.stream()).forEach(peer -> {
            try {
                peer.close();
            } catch (IllegalStateException e) {
                failures.add(e);
            }
        });
        if (!failures.isEmpty()) {
            IllegalStateException first = failures.remove(0);
            failures.forEach(first::addSuppressed);
            throw first;
        }
    }
}
