package io.mqproducer.test.peer.codec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A topic's route as the name server tells it, for the body of an answer to request 105. Immutable. */
public final class RouteJson {

    /** What brokers grant a topic unless told otherwise: read and write. */
    public static final int READ_AND_WRITE = 6;

    private final List<Broker> brokers;
    private final List<Queues> queues;
    private final Map<String, Object> extras;
    private final boolean numericKeysQuoted;

    private RouteJson(List<Broker> brokers, List<Queues> queues, Map<String, Object> extras, boolean quoted) {
        this.brokers = brokers;
        this.queues = queues;
        this.extras = extras;
        this.numericKeysQuoted = quoted;
    }

    /** A route without brokers. */
    public static RouteJson empty() {
        return new RouteJson(List.of(), List.of(), Map.of(), true);
    }

    /** One master that can be read and written. */
    public static RouteJson of(String brokerName, String address, int queues) {
        return empty().and(brokerName, address, queues);
    }

    /** One more master that can be read and written. */
    public RouteJson and(String brokerName, String address, int queueCount) {
        return broker(brokerName, 0, address).queues(brokerName, READ_AND_WRITE, queueCount);
    }

    /** An address without queues; 0 is the master, other ids are slaves. */
    public RouteJson broker(String brokerName, long brokerId, String address) {
        return new RouteJson(
                plus(brokers, new Broker(brokerName, brokerId, address)), queues, extras, numericKeysQuoted);
    }

    /** Queues without an address, or one more entry of a broker that has some: numbers go out unchecked. */
    public RouteJson queues(String brokerName, int permission, int count) {
        return new RouteJson(
                brokers, plus(queues, new Queues(brokerName, permission, count)), extras, numericKeysQuoted);
    }

    /** The same route with another permission for all queues of a broker. */
    public RouteJson permission(String brokerName, int permission) {
        List<Queues> changed = queues.stream()
                .map(q -> q.brokerName().equals(brokerName) ? new Queues(brokerName, permission, q.count()) : q)
                .toList();
        return new RouteJson(brokers, changed, extras, numericKeysQuoted);
    }

    /** Such as {@code broker-a:4;broker-b:4}. */
    public RouteJson orderTopicConf(String conf) {
        return extra("orderTopicConf", conf);
    }

    /** Any further member of the object, replacing a regular one of the same name. */
    public RouteJson extra(String name, Object value) {
        Map<String, Object> changed = new LinkedHashMap<>(extras);
        changed.put(name, value);
        return new RouteJson(brokers, queues, changed, numericKeysQuoted);
    }

    /** With numeric keys as name servers up to 4.9.3 write them, which is not JSON. */
    public RouteJson unquotedKeys() {
        return new RouteJson(brokers, queues, extras, false);
    }

    @Override
    public String toString() {
        Map<String, @Nullable Object> route = new TreeMap<>();
        route.put("brokerDatas", brokerDatas());
        route.put("filterServerTable", Map.of());
        route.put("queueDatas", queues.stream().map(Queues::json).toList());
        route.putAll(extras);
        String json = Json.write(route);
        return numericKeysQuoted ? json : json.replaceAll("\"(\\d+)\":", "$1:");
    }

    private List<Map<String, Object>> brokerDatas() {
        Map<String, Map<String, Object>> addresses = new LinkedHashMap<>();
        for (Broker broker : brokers) {
            addresses
                    .computeIfAbsent(broker.name(), name -> new TreeMap<>())
                    .put(Long.toString(broker.id()), broker.address());
        }
        return addresses.entrySet().stream()
                .map(broker -> {
                    Map<String, Object> data = new TreeMap<>();
                    data.put("brokerAddrs", broker.getValue());
                    data.put("brokerName", broker.getKey());
                    data.put("cluster", "FakeCluster");
                    data.put("enableActingMaster", false);
                    return data;
                })
                .toList();
    }

    private static <T> List<T> plus(List<T> list, T one) {
        return Stream.concat(list.stream(), Stream.of(one)).toList();
    }

    private record Broker(String name, long id, String address) {}

    private record Queues(String brokerName, int permission, int count) {

        Map<String, Object> json() {
            Map<String, Object> data = new TreeMap<>();
            data.put("brokerName", brokerName);
            data.put("perm", permission);
            data.put("readQueueNums", count);
            data.put("topicSysFlag", 0);
            data.put("writeQueueNums", count);
            return data;
        }
    }
}
