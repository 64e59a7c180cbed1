package io.mqproducer.internal.route;

import io.mqproducer.internal.protocol.FrameLimits;
import io.mqproducer.internal.protocol.ProtocolException;
import io.mqproducer.internal.protocol.TopicRouteData;
import io.mqproducer.internal.protocol.TopicRouteData.QueueMapping;
import io.mqproducer.internal.util.Endpoint;
import io.mqproducer.internal.util.PrintableText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The queues of one route that can be written to, and why brokers were left out of it. Made by one thread. */
final class RouteQueues {

    private static final int WRITE = 2;
    private static final long MASTER = 0;
    private static final int SHOWN = 100;

    private final List<TopicRoute.BrokerQueues> brokers = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();
    private final BrokerAddresses addresses;

    private RouteQueues(BrokerAddresses addresses) {
        this.addresses = addresses;
    }

    /**
     * The queues whose broker has a master: the writable ones, by broker name, or for an ordered topic those that its
     * order names, in that order, which RocketMQ's hash selector counts by; or those of a static topic by their numbers.
     *
     * @throws ProtocolException if there are more than in any route
     */
    static RouteQueues of(TopicRouteData data, int maxPerBroker, BrokerAddresses addresses) {
        RouteQueues queues = new RouteQueues(addresses);
        Map<String, Integer> ordered = orderedQueues(data.orderTopicConf());
        if (ordered.isEmpty() && !data.queueMappings().isEmpty()) {
            queues.addMapped(data);
            return queues;
        }
        int first = 0;
        for (Map.Entry<String, Integer> onBroker : (ordered.isEmpty() ? writableQueues(data) : ordered).entrySet()) {
            int count = Math.min(onBroker.getValue(), maxPerBroker);
            Endpoint master = count > 0 ? queues.master(data, onBroker.getKey()) : null;
            if (master != null) {
                queues.brokers.add(new TopicRoute.BrokerQueues(onBroker.getKey(), master, count, first));
                first += count;
            }
        }
        return queues;
    }

    /** Queues that follow each other on the same broker are kept as one range. */
    private void addMapped(TopicRouteData data) {
        Map<String, Optional<Endpoint>> masters = new HashMap<>();
        int size = 0;
        for (Map.Entry<Integer, QueueMapping> owned :
                owners(data.queueMappings()).entrySet()) {
            String name = owned.getValue().brokerName();
            Endpoint master = masters.computeIfAbsent(name, broker -> Optional.ofNullable(master(data, broker)))
                    .orElse(null);
            if (master != null) {
                add(name, master, owned.getKey(), size++);
            }
        }
    }

    private void add(String brokerName, Endpoint master, int queueId, int index) {
        TopicRoute.BrokerQueues last = brokers.isEmpty() ? null : brokers.get(brokers.size() - 1);
        if (last != null && last.brokerName().equals(brokerName) && last.firstId() + last.queues() == queueId) {
            brokers.set(
                    brokers.size() - 1,
                    new TopicRoute.BrokerQueues(brokerName, master, last.queues() + 1, last.first(), last.firstId()));
        } else {
            brokers.add(new TopicRoute.BrokerQueues(brokerName, master, 1, index, queueId));
        }
    }

    /** Who has which queue, by its number. */
    private static SortedMap<Integer, QueueMapping> owners(List<QueueMapping> mappings) {
        SortedMap<Integer, QueueMapping> owners = new TreeMap<>();
        for (QueueMapping mapping : mappings) {
            for (Integer queueId : mapping.queueIds()) {
                owners.merge(queueId, mapping, (one, other) -> other.epoch() >= one.epoch() ? other : one);
            }
        }
        return owners;
    }

    /** The queues by broker; none if there are none that can be written to. */
    List<TopicRoute.BrokerQueues> brokers() {
        return brokers;
    }

    /** Brokers that have a master whose address is of no use, each with the reason. */
    List<String> leftOut() {
        return leftOut;
    }

    private static Map<String, Integer> writableQueues(TopicRouteData data) {
        Map<String, Integer> queues = new LinkedHashMap<>();
        for (TopicRouteData.QueueData onBroker : data.queueDatas()) {
            if ((onBroker.perm() & WRITE) != 0) {
                queues.put(onBroker.brokerName(), onBroker.writeQueueNums());
            }
        }
        return queues;
    }

    private @Nullable Endpoint master(TopicRouteData data, String brokerName) {
        for (TopicRouteData.BrokerData broker : data.brokerDatas()) {
            String address = broker.brokerAddrs().get(MASTER);
            if (broker.brokerName().equals(brokerName) && address != null) {
                try {
                    return addresses.of(brokerName, address);
                } catch (IllegalArgumentException e) {
                    leftOut.add(PrintableText.of(brokerName, SHOWN) + ": " + e.getMessage());
                    return null;
                }
            }
        }
        return null;
    }

    /**
     * Reads {@code broker-a:4;broker-b:4}; elements that are not of that form are left out.
     *
     * @throws ProtocolException if there are more queues than in any route: this is text that no limit was applied to yet
     */
    private static Map<String, Integer> orderedQueues(@Nullable String orderTopicConf) {
        Map<String, Integer> queues = new LinkedHashMap<>();
        if (orderTopicConf == null) {
            return queues;
        }
        int total = 0;
        for (String element : orderTopicConf.split(";", -1)) {
            int colon = element.lastIndexOf(':');
            if (colon > 0 && element.substring(colon + 1).matches("[0-9]{1,5}")) {
                int count = Integer.parseInt(element.substring(colon + 1));
                total += count;
                if (count > FrameLimits.MAX_QUEUES_PER_BROKER || total > FrameLimits.MAX_QUEUES) {
                    throw new ProtocolException("orderTopicConf has " + total + " queues or more");
                }
                queues.put(element.substring(0, colon), count);
            }
        }
        return queues;
    }
}
