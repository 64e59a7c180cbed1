package io.mqproducer.internal.route;

import io.mqproducer.internal.encoding.Namespace;
import io.mqproducer.internal.protocol.RemotingCommand;
import io.mqproducer.internal.protocol.RequestCode;
import io.mqproducer.internal.protocol.TopicRouteData;
import io.mqproducer.internal.util.Throttle;
import io.mqproducer.message.FailureKind;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the route of a topic, or the one by which a broker will create it. Thread-safe; waits for nothing. */
final class RouteLookup {

    private static final Logger log = LoggerFactory.getLogger(RouteLookup.class);

    private static final String NO_MASTER = "no writable master";
    private static final byte[] NO_BODY = {};

    /** What a name server leaves brokers out by; it does so only if the mode says so. */
    private static final String ZONE_NAME = "__ZONE_NAME";

    private static final String ZONE_MODE = "__ZONE_MODE";

    private final NameServers nameServers;
    private final Namespace namespace;
    private final TopicRouteTable.Settings settings;
    private final PublishQueue.Factory publishQueues;
    private final Throttle warnings = new Throttle(Duration.ofSeconds(30));

    RouteLookup(
            NameServers nameServers,
            Namespace namespace,
            TopicRouteTable.Settings settings,
            PublishQueue.Factory publishQueues) {
        this.nameServers = nameServers;
        this.namespace = namespace;
        this.settings = settings;
        this.publishQueues = publishQueues;
    }

    /**
     * The route of a topic as of now.
     *
     * @param cursor the topic's place in its round robin
     * @return completes with the route, or with a {@link RouteException}; on an event loop
     */
    CompletableFuture<TopicRoute> find(String topic, AtomicInteger cursor, long expiry) {
        return compose(ask(namespace.wrap(topic), expiry), data -> {
            if (data != null) {
                return route(topic, cursor, data, Integer.MAX_VALUE);
            }
            if (settings.autoCreateQueues() == 0) {
                return noRoute(topic, "asked " + nameServers.servers() + "; topics are not created on demand");
            }
            return compose(
                    ask(TopicRouteTable.AUTO_CREATE_TOPIC, expiry),
                    byDefault -> byDefault == null
                            ? noRoute(topic, "asked " + nameServers.servers() + "; no broker creates topics on demand")
                            : route(topic, cursor, byDefault, settings.autoCreateQueues()));
        });
    }

    /** Goes on where the answer came in, or, if that takes code of the application's, where such code may run. */
    private <T extends @Nullable Object, R> CompletableFuture<R> compose(
            CompletableFuture<T> answer, Function<T, CompletableFuture<R>> next) {
        Executor threads = settings.addresses().threads();
        return threads == null ? answer.thenCompose(next) : answer.thenComposeAsync(next, threads);
    }

    /** Completes when a name server has answered, whatever it knows. */
    CompletableFuture<?> contact(long expiry) {
        return ask(TopicRouteTable.AUTO_CREATE_TOPIC, expiry);
    }

    /**
     * The brokers of a topic as of now, whatever can be done there.
     *
     * @param wireTopic as the servers know it
     * @return completes with the brokers, or with a {@link RouteException}; on an event loop, or where the
     *     application maps addresses
     */
    CompletableFuture<TopicBrokers> brokers(String wireTopic, long expiry) {
        return compose(
                ask(wireTopic, expiry),
                data -> data == null
                        ? noRoute(wireTopic, "asked " + nameServers.servers())
                        : CompletableFuture.completedFuture(TopicBrokers.of(wireTopic, data, settings.addresses())));
    }

    private CompletableFuture<@Nullable TopicRouteData> ask(String wireTopic, long expiry) {
        Map<String, String> fields = new LinkedHashMap<>(namespace.headerFields());
        fields.put("topic", wireTopic);
        fields.put("acceptStandardJsonOnly", "true");
        if (settings.zone() != null) {
            fields.put(ZONE_NAME, settings.zone());
            fields.put(ZONE_MODE, "true");
        }
        RemotingCommand question = RemotingCommand.request(RequestCode.GET_ROUTEINFO_BY_TOPIC, fields, NO_BODY);
        return nameServers.ask(question, answer -> TopicRouteData.parse(answer.body()), expiry);
    }

    private CompletableFuture<TopicRoute> route(
            String topic, AtomicInteger cursor, TopicRouteData data, int maxPerBroker) {
        RouteQueues queues = RouteQueues.of(data, maxPerBroker, settings.addresses());
        if (!queues.leftOut().isEmpty() && warnings.permits(System.nanoTime())) {
            log.warn("route of {}: brokers are left out, {}", topic, queues.leftOut());
        }
        return queues.brokers().isEmpty()
                ? noRoute(topic, queues.leftOut().isEmpty() ? NO_MASTER : NO_MASTER + ", " + queues.leftOut())
                : CompletableFuture.completedFuture(new TopicRoute(topic, queues.brokers(), cursor, publishQueues));
    }

    private static <T> CompletableFuture<T> noRoute(String topic, String reason) {
        return CompletableFuture.failedFuture(new RouteException(
                FailureKind.NO_ROUTE, "No route info of this topic: " + topic + " (" + reason + ")", null));
    }
}
