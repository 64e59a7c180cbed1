package io.mqproducer.internal.route;

import io.mqproducer.internal.encoding.Namespace;
import io.mqproducer.internal.protocol.FrameLimits;
import io.mqproducer.internal.protocol.ProtocolException;
import io.mqproducer.internal.protocol.RemotingCommand;
import io.mqproducer.internal.protocol.RequestCode;
import io.mqproducer.internal.protocol.TopicRouteData;
import io.mqproducer.internal.util.Endpoint;
import io.mqproducer.message.FailureKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the route of a topic, or the one by which a broker will create it. Thread-safe; waits for nothing. */
final class RouteLookup {

    private static final Logger log = LoggerFactory.getLogger(RouteLookup.class);

    private static final int WRITE = 2;
    private static final long MASTER = 0;
    private static final byte[] NO_BODY = {};

    private final NameServers nameServers;
    private final Namespace namespace;
    private final int autoCreateQueues;
    private final PublishQueue.TemplateFactory templates;

    /** @param autoCreateQueues queues per broker of a topic that is created on demand; 0 if none is to be */
    RouteLookup(
            NameServers nameServers,
            Namespace namespace,
            int autoCreateQueues,
            PublishQueue.TemplateFactory templates) {
        this.nameServers = nameServers;
        this.namespace = namespace;
        this.autoCreateQueues = autoCreateQueues;
        this.templates = templates;
    }

    /**
     * The route of a topic as of now.
     *
     * @param cursor the topic's place in its round robin
     * @return completes with the route, or with a {@link RouteException}; on an event loop
     */
    CompletableFuture<TopicRoute> find(String topic, AtomicInteger cursor, long expiry) {
        return ask(namespace.wrap(topic), expiry).thenCompose(data -> {
            if (data != null) {
                return route(topic, cursor, queuesOf(data, Integer.MAX_VALUE), "no writable master");
            }
            if (autoCreateQueues == 0) {
                return noRoute(topic, "asked " + nameServers.servers() + "; topics are not created on demand");
            }
            return ask(TopicRouteTable.AUTO_CREATE_TOPIC, expiry)
                    .thenCompose(byDefault -> byDefault == null
                            ? noRoute(topic, "asked " + nameServers.servers() + "; no broker creates topics on demand")
                            : route(topic, cursor, queuesOf(byDefault, autoCreateQueues), "no writable master"));
        });
    }

    /** Completes when a name server has answered, whatever it knows. */
    CompletableFuture<?> contact(long expiry) {
        return ask(TopicRouteTable.AUTO_CREATE_TOPIC, expiry);
    }

    /**
     * The brokers of a topic as of now, whatever can be done there.
     *
     * @param wireTopic as the servers know it
     * @return completes with the brokers, or with a {@link RouteException}; on an event loop
     */
    CompletableFuture<TopicBrokers> brokers(String wireTopic, long expiry) {
        return ask(wireTopic, expiry)
                .thenCompose(data -> data == null
                        ? noRoute(wireTopic, "asked " + nameServers.servers())
                        : CompletableFuture.completedFuture(
                                TopicBrokers.of(wireTopic, data, (brokerName, address) -> Endpoint.parse(address))));
    }

    private CompletableFuture<@Nullable TopicRouteData> ask(String wireTopic, long expiry) {
        Map<String, String> fields = new LinkedHashMap<>(namespace.headerFields());
        fields.put("topic", wireTopic);
        fields.put("acceptStandardJsonOnly", "true");
        RemotingCommand question = RemotingCommand.request(RequestCode.GET_ROUTEINFO_BY_TOPIC, fields, NO_BODY);
        return nameServers.ask(question, answer -> TopicRouteData.parse(answer.body()), expiry);
    }

    private CompletableFuture<TopicRoute> route(
            String topic, AtomicInteger cursor, List<TopicRoute.BrokerQueues> brokers, String reasonIfNone) {
        return brokers.isEmpty()
                ? noRoute(topic, reasonIfNone)
                : CompletableFuture.completedFuture(new TopicRoute(topic, brokers, cursor, templates));
    }

    private static <T> CompletableFuture<T> noRoute(String topic, String reason) {
        return CompletableFuture.failedFuture(new RouteException(
                FailureKind.NO_ROUTE, "No route info of this topic: " + topic + " (" + reason + ")", null));
    }

    /**
     * The queues whose broker has a master: the writable ones, by broker name, or for an ordered topic those that its
     * order names, in that order, which RocketMQ's hash selector counts by.
     */
    private static List<TopicRoute.BrokerQueues> queuesOf(TopicRouteData data, int maxPerBroker) {
        Map<String, Integer> ordered = orderedQueues(data.orderTopicConf());
        List<TopicRoute.BrokerQueues> brokers = new ArrayList<>();
        int first = 0;
        for (Map.Entry<String, Integer> queues : (ordered.isEmpty() ? writableQueues(data) : ordered).entrySet()) {
            int count = Math.min(queues.getValue(), maxPerBroker);
            Endpoint master = count > 0 ? master(data, queues.getKey()) : null;
            if (master != null) {
                brokers.add(new TopicRoute.BrokerQueues(queues.getKey(), master, count, first));
                first += count;
            }
        }
        return brokers;
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

    private static @Nullable Endpoint master(TopicRouteData data, String brokerName) {
        for (TopicRouteData.BrokerData broker : data.brokerDatas()) {
            String address = broker.brokerAddrs().get(MASTER);
            if (broker.brokerName().equals(brokerName) && address != null) {
                try {
                    return Endpoint.parse(address);
                } catch (IllegalArgumentException e) {
                    log.warn("broker {} is left out: {}", brokerName, e.getMessage());
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
