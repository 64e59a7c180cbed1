package io.mqproducer.internal.route;

import io.mqproducer.internal.protocol.TopicRouteData;
import io.mqproducer.internal.util.Endpoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The brokers of a topic as a name server tells of them at this moment, those too to which nothing can be written. For what is
 * asked of brokers besides sending. Immutable.
 *
 * @param topic as the servers know it
 * @param brokers by name
 */
public record TopicBrokers(String topic, List<Broker> brokers) {

    private static final long MASTER = 0;

    /**
     * One broker: a master and its replicas.
     *
     * @param cluster the cluster that it says it belongs to
     * @param master null if there is none now
     * @param servers where to connect to by the address that the name server tells; the master, if there is one, first
     * @param queues how many of the topic's queues it has, for reading or writing
     */
    public record Broker(
            String name,
            @Nullable String cluster,
            @Nullable Endpoint master,
            Map<String, Endpoint> servers,
            int queues) {}

    static TopicBrokers of(String topic, TopicRouteData data, BrokerAddresses addresses) {
        Map<String, Integer> queues = new HashMap<>();
        for (TopicRouteData.QueueData each : data.queueDatas()) {
            queues.put(each.brokerName(), Math.max(each.readQueueNums(), each.writeQueueNums()));
        }
        List<Broker> brokers = new ArrayList<>();
        for (TopicRouteData.BrokerData each : data.brokerDatas()) {
            Map<String, Endpoint> servers = new LinkedHashMap<>();
            each.brokerAddrs().values().forEach(address -> {
                try {
                    servers.put(address, addresses.of(each.brokerName(), address));
                } catch (IllegalArgumentException e) {
                    // as if it were not there: nothing can be asked of it
                }
            });
            String master = each.brokerAddrs().get(MASTER);
            brokers.add(new Broker(
                    each.brokerName(),
                    each.cluster(),
                    master == null ? null : servers.get(master),
                    servers,
                    queues.getOrDefault(each.brokerName(), 0)));
        }
        return new TopicBrokers(topic, List.copyOf(brokers));
    }

    /** The broker of this name. */
    public Optional<Broker> broker(String name) {
        return brokers.stream().filter(broker -> broker.name().equals(name)).findFirst();
    }

    /** Their names. */
    public List<String> names() {
        return brokers.stream().map(Broker::name).toList();
    }
}
