package io.mqproducer.internal.route;

import io.mqproducer.internal.encoding.Namespace;
import io.mqproducer.internal.util.Deadline;
import io.mqproducer.internal.util.Endpoint;
import io.mqproducer.internal.util.Throttle;
import io.mqproducer.message.FailureKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The routes of the topics in use. A look-up is shared by all who ask for the topic meanwhile; "there is none" is
 * remembered for half a second; a route that was good stays until a name server tells of another one. Thread-safe;
 * waits for nothing.
 */
public final class TopicRouteTable {

    private static final Logger log = LoggerFactory.getLogger(TopicRouteTable.class);

    /** The topic whose brokers create topics on demand; messages for a new one are sent by its route. */
    public static final String AUTO_CREATE_TOPIC = "TBW102";

    private static final long NEGATIVE_TTL = Duration.ofMillis(500).toNanos();
    private static final long FORGET_UNKNOWN_AFTER = Duration.ofMinutes(1).toNanos();
    private static final long FORGET_UNUSED_AFTER = Duration.ofMinutes(30).toNanos();
    private static final long WORTH_ANOTHER_TRY = Duration.ofMillis(10).toNanos();
    private static final Duration REFRESH_ON_FAILURE = Duration.ofSeconds(1);
    private static final int CONCURRENT_REFRESHES = 8;

    /** A route in the table; times by {@link System#nanoTime}. */
    public record Entry(TopicRoute route, long confirmedAt, long lastUse) {}

    /**
     * What look-ups are to be like.
     *
     * @param autoCreateQueues queues per broker of a topic that is created on demand; 0 if none is to be
     * @param zone the zone whose brokers alone are wanted, or null for all
     */
    public record Settings(int autoCreateQueues, @Nullable String zone, BrokerAddresses addresses) {}

    private final NameServers nameServers;
    private final RouteLookup lookup;
    private final Consumer<Set<Endpoint>> brokersChanged;
    private final Map<String, Topic> topics = new ConcurrentHashMap<>();

    /**
     * Empty at first.
     *
     * @param brokersChanged told all brokers of all routes when a refresh has changed them
     */
    public TopicRouteTable(
            NameServers nameServers,
            Namespace namespace,
            Settings settings,
            PublishQueue.Factory publishQueues,
            Consumer<Set<Endpoint>> brokersChanged) {
        this.nameServers = nameServers;
        this.lookup = new RouteLookup(nameServers, namespace, settings, publishQueues);
        this.brokersChanged = brokersChanged;
    }

    /** The route that is known, or null; notes that the topic is in use. */
    public @Nullable TopicRoute current(String topic, long now) {
        Topic known = topics.get(topic);
        return known == null ? null : known.use(now);
    }

    /**
     * Looks the route up, sharing the look-up with all who ask for it at the same time.
     *
     * @param expiry when the asker stops waiting, by {@link System#nanoTime}
     * @return completes with the route, or with a {@link RouteException}; on an event loop, or at once
     */
    public CompletableFuture<TopicRoute> lookUp(String topic, long expiry) {
        return topics.computeIfAbsent(topic, Topic::new).lookUp(expiry);
    }

    /**
     * Asks the name servers for the brokers of a topic, known or not; the table stays as it is.
     *
     * @param wireTopic as the servers know it
     * @param expiry when to give up, by {@link System#nanoTime}
     * @return completes with the brokers, or with a {@link RouteException}; on an event loop
     */
    public CompletableFuture<TopicBrokers> brokersOf(String wireTopic, long expiry) {
        return lookup.brokers(wireTopic, expiry);
    }

    /** Looks for a newer route in the background, at most once a second: sends by the known one fail. */
    public void refreshSoon(String topic) {
        Topic known = topics.get(topic);
        if (known != null && known.refreshes.permits(System.nanoTime())) {
            known.lookUp(System.nanoTime() + nameServers.patience())
                    .whenComplete((route, failure) -> announceBrokers());
        }
    }

    /** Refreshes all routes in the background, a few at a time; with none, sees whether a name server answers. */
    public void refreshAll() {
        long now = System.nanoTime();
        topics.values().removeIf(topic -> topic.isForgotten(now));
        if (topics.isEmpty()) {
            contact();
            return;
        }
        Queue<Topic> remaining = new ConcurrentLinkedQueue<>(topics.values());
        for (int i = 0; i < CONCURRENT_REFRESHES; i++) {
            refreshNext(remaining);
        }
    }

    /** Sees whether a name server answers; completes exceptionally with a {@link RouteException} if none does. */
    public CompletableFuture<?> contact() {
        return lookup.contact(System.nanoTime() + nameServers.patience());
    }

    private void refreshNext(Queue<Topic> remaining) {
        Topic topic = remaining.poll();
        if (topic != null) {
            topic.lookUp(System.nanoTime() + nameServers.patience()).whenComplete((route, failure) -> {
                if (remaining.isEmpty()) {
                    announceBrokers();
                }
                refreshNext(remaining);
            });
        }
    }

    private void announceBrokers() {
        Set<Endpoint> brokers = new HashSet<>();
        for (Topic topic : topics.values()) {
            TopicRoute route = topic.route;
            if (route != null) {
                route.brokers().forEach(broker -> brokers.add(broker.address()));
            }
        }
        brokersChanged.accept(brokers);
    }

    /** What the table holds at this moment. */
    public List<Entry> entries() {
        return topics.values().stream().flatMap(topic -> topic.entry().stream()).toList();
    }

    /** One topic: its route, and the look-up that is under way. */
    private final class Topic {

        private final String name;
        private final AtomicInteger cursor =
                new AtomicInteger(ThreadLocalRandom.current().nextInt());
        private final Throttle refreshes = new Throttle(REFRESH_ON_FAILURE);
        private volatile @Nullable TopicRoute route;
        private volatile long confirmedAt;
        private volatile long lastUse = System.nanoTime();

        // guarded by this
        private @Nullable List<CompletableFuture<TopicRoute>>
                underWay; // who waits for it, in the order of their coming
        private long underWayUntil;
        private @Nullable RouteException negative;
        private long negativeUntil;

        Topic(String name) {
            this.name = name;
        }

        @Nullable
        TopicRoute use(long now) {
            if (now - lastUse > NEGATIVE_TTL) { // rarely, so that sends do not fight for the cache line
                lastUse = now;
            }
            return route;
        }

        CompletableFuture<TopicRoute> lookUp(long expiry) {
            CompletableFuture<TopicRoute> own = new CompletableFuture<>();
            List<CompletableFuture<TopicRoute>> waiting;
            long patience = System.nanoTime() + nameServers.patience();
            long until = Deadline.earlier(expiry, patience);
            synchronized (this) {
                if (underWay != null) {
                    underWay.add(own);
                    return until - underWayUntil > WORTH_ANOTHER_TRY ? orAgain(own, expiry) : own;
                }
                if (negative != null && System.nanoTime() - negativeUntil < 0) {
                    return CompletableFuture.failedFuture(negative);
                }
                waiting = new ArrayList<>(List.of(own));
                underWay = waiting;
                underWayUntil = until;
            }
            lookup.find(name, cursor, until).whenComplete((found, failure) -> finish(waiting, found, failure));
            return own;
        }

        /** Joins a look-up that was begun with less time; if it fails for the lack of it, another one goes on. */
        private CompletableFuture<TopicRoute> orAgain(CompletableFuture<TopicRoute> joined, long expiry) {
            return joined.handle((found, failure) -> {
                        boolean unanswered =
                                failure != null && asRouteException(failure).isUnanswered();
                        return unanswered ? lookUp(expiry) : joined;
                    })
                    .thenCompose(Function.identity());
        }

        private void finish(
                List<CompletableFuture<TopicRoute>> waiting, // complete once nothing is under way any more
                @Nullable TopicRoute found,
                @Nullable Throwable failure) {
            RouteException refused = failure == null ? null : asRouteException(failure);
            TopicRoute current;
            synchronized (this) {
                underWay = null;
                if (refused == null) {
                    accept(found);
                } else if (route == null && isWorthRemembering(refused)) {
                    negative = refused;
                    negativeUntil = System.nanoTime() + NEGATIVE_TTL;
                }
                current = route;
            }
            for (CompletableFuture<TopicRoute> each : waiting) {
                if (current != null) {
                    each.complete(current); // if the look-up failed, the one that was good so far
                } else if (refused != null) {
                    each.completeExceptionally(refused);
                }
            }
        }

        /** Whether a name server has spoken, and would say the same again. */
        private static boolean isWorthRemembering(RouteException refused) {
            return refused.kind() == FailureKind.NO_ROUTE || refused.kind() == FailureKind.PROTOCOL;
        }

        private void accept(@Nullable TopicRoute found) {
            TopicRoute known = route;
            if (found != null && (known == null || !known.sameQueues(found))) {
                log.debug("route of {}: {}", name, found.brokers());
                route = found;
            }
            confirmedAt = System.nanoTime();
            negative = null;
        }

        private RouteException asRouteException(Throwable failure) {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            return cause instanceof RouteException known
                    ? known
                    : new RouteException(FailureKind.PROTOCOL, "route of " + name + ": " + cause, cause);
        }

        /** An unused route goes only while name servers answer, so that none is lost in their absence. */
        boolean isForgotten(long now) {
            return route == null
                    ? now - lastUse > FORGET_UNKNOWN_AFTER
                    : now - lastUse > FORGET_UNUSED_AFTER && confirmedAt - lastUse > FORGET_UNUSED_AFTER / 2;
        }

        Optional<Entry> entry() {
            TopicRoute known = route;
            return known == null ? Optional.empty() : Optional.of(new Entry(known, confirmedAt, lastUse));
        }
    }
}
