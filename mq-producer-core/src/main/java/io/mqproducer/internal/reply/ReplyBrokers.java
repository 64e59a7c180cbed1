package io.mqproducer.internal.reply;

import io.mqproducer.internal.encoding.Namespace;
import io.mqproducer.internal.heartbeat.HeartbeatService;
import io.mqproducer.internal.remoting.RemotingClient;
import io.mqproducer.internal.route.TopicBrokers;
import io.mqproducer.internal.route.TopicRoute;
import io.mqproducer.internal.route.TopicRouteTable;
import io.mqproducer.internal.send.SendGate;
import io.mqproducer.internal.util.Endpoint;
import io.mqproducer.internal.util.Throttle;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The brokers that may push a reply to this client: all masters of the clusters that the request's topic is in, since a reply
 * goes to any of them. Each must have heard of this client, on the connection that it will push on, before a request goes out;
 * those that cannot be reached are not waited for again, but tried in the background. Thread-safe; waits for nothing.
 */
public final class ReplyBrokers implements SendGate {

    private static final Logger log = LoggerFactory.getLogger(ReplyBrokers.class);

    /** The most that a request waits for brokers to hear of this client. */
    private static final long PATIENCE = Duration.ofSeconds(1).toNanos();

    private static final long STALE_AFTER = Duration.ofSeconds(30).toNanos();

    /** Longer than any request waits. */
    private static final long FORGET_AFTER = Duration.ofHours(25).toNanos();

    private static final Duration BACKGROUND = Duration.ofSeconds(1);
    private static final Duration ANEW = Duration.ofSeconds(30);
    private static final String REPLY_TOPIC = "_REPLY_TOPIC";

    private final TopicRouteTable routes;
    private final Namespace namespace;
    private final RemotingClient brokers;
    private final HeartbeatService heartbeats;
    private final ScheduledExecutorService scheduler;
    private final Map<String, Topic> topics = new ConcurrentHashMap<>();
    private final Set<Endpoint> absent = ConcurrentHashMap.newKeySet(); // not waited for
    private final Throttle keepingInTouch = new Throttle(BACKGROUND);
    private final Throttle registeringAnew = new Throttle(ANEW);

    /** @param scheduler the producer's housekeeping; stays its giver's */
    public ReplyBrokers(
            TopicRouteTable routes,
            Namespace namespace,
            RemotingClient brokers,
            HeartbeatService heartbeats,
            ScheduledExecutorService scheduler) {
        this.routes = routes;
        this.namespace = namespace;
        this.brokers = brokers;
        this.heartbeats = heartbeats;
        this.scheduler = scheduler;
    }

    /** The name of the topic that replies to requests of a cluster are sent to. */
    static String replyTopic(String cluster) {
        return cluster + REPLY_TOPIC;
    }

    // ---- the gate

    @Override
    public boolean isOpen(String topic) {
        Topic known = topics.get(topic);
        Set<Endpoint> mayPush = known == null ? null : known.use(System.nanoTime());
        return mayPush != null && mayPush.stream().allMatch(this::isReady);
    }

    private boolean isReady(Endpoint broker) {
        return brokers.isGreeted(broker) || absent.contains(broker);
    }

    @Override
    public CompletableFuture<Void> open(String topic, long expiry) {
        CompletableFuture<Void> opened = new CompletableFuture<>();
        long patience = Math.max(0, Math.min(PATIENCE, (expiry - System.nanoTime()) / 2));
        Topic known = topics.computeIfAbsent(topic, Topic::new);
        try {
            scheduler.schedule(() -> known.goWithout(opened), patience, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) { // closed meanwhile, which the send will notice
            known.goWithout(opened);
        }
        known.known(expiry).thenCompose(this::greetAll).thenRun(() -> opened.complete(null));
        return opened;
    }

    private CompletableFuture<Void> greetAll(Set<Endpoint> mayPush) {
        return CompletableFuture.allOf(mayPush.stream().map(this::greet).toArray(CompletableFuture[]::new));
    }

    /** Completes when the broker knows us or counts as absent. */
    private CompletableFuture<Void> greet(Endpoint broker) {
        return brokers.greet(broker).handle((answer, failure) -> {
            if (brokers.isGreeted(broker)) {
                absent.remove(broker);
            } else if (absent.add(broker)) {
                log.debug("replies by way of {} would be lost: {}", broker, String.valueOf(failure));
            }
            return null;
        });
    }

    // ---- who may push

    /** Whether a reply to a request of this topic may come from there. */
    boolean mayPush(String topic, Endpoint broker) {
        Topic known = topics.get(topic);
        Set<Endpoint> mayPush = known == null ? null : known.brokers;
        return mayPush != null && mayPush.contains(broker);
    }

    /** All brokers, of all topics that requests were sent to lately. */
    private Set<Endpoint> all() {
        Set<Endpoint> all = new HashSet<>();
        for (Topic topic : topics.values()) {
            Set<Endpoint> mayPush = topic.brokers;
            if (mayPush != null) {
                all.addAll(mayPush);
            }
        }
        return all;
    }

    // ---- in the background

    /** Connects and introduces itself to those that do not know us; at most once a second. */
    public void keepInTouch() {
        long now = System.nanoTime();
        if (keepingInTouch.permits(now)) {
            topics.values().removeIf(topic -> now - topic.lastUse > FORGET_AFTER);
            for (Endpoint broker : all()) {
                if (!brokers.isGreeted(broker)) {
                    greet(broker);
                }
            }
            absent.retainAll(all());
            brokers.alsoRetain(all());
        }
    }

    /**
     * A reply was missed. It may be that a broker has lost the connection to push on: it forgets a client when it notices, late
     * perhaps, that an old connection is over, and remembers it only if it is told goodbye and hello on the new one.
     */
    void registerAnew() {
        if (registeringAnew.permits(System.nanoTime())) {
            heartbeats.registerAnew(brokers, all(), BACKGROUND);
        }
    }

    /** One topic, and which brokers may push replies to its requests. */
    private final class Topic {

        private final String name;
        private volatile @Nullable Set<Endpoint> brokers;
        private volatile long learntAt;
        private volatile long lastUse = System.nanoTime();
        private @Nullable CompletableFuture<Set<Endpoint>> underWay; // guarded by this

        Topic(String name) {
            this.name = name;
        }

        @Nullable
        Set<Endpoint> use(long now) {
            lastUse = now;
            Set<Endpoint> known = brokers;
            if (known != null && now - learntAt > STALE_AFTER) {
                learntAt = now; // one look-up, however many use it
                learn(now + PATIENCE);
            }
            return known;
        }

        /** Completes with all of them; at once, if they were learnt not long ago. */
        CompletableFuture<Set<Endpoint>> known(long expiry) {
            Set<Endpoint> known = brokers;
            return known != null && System.nanoTime() - learntAt <= STALE_AFTER
                    ? CompletableFuture.completedFuture(known)
                    : learn(expiry);
        }

        /** Completes with all that are known, in the end; never exceptionally. */
        CompletableFuture<Set<Endpoint>> learn(long expiry) {
            CompletableFuture<Set<Endpoint>> shared = new CompletableFuture<>();
            synchronized (this) {
                if (underWay != null) {
                    return underWay;
                }
                underWay = shared;
            }
            find(expiry).whenComplete((found, failure) -> learnt(shared, found, failure));
            return shared;
        }

        private void learnt(
                CompletableFuture<Set<Endpoint>> learning, @Nullable Set<Endpoint> found, @Nullable Throwable failure) {
            Set<Endpoint> now;
            synchronized (this) {
                underWay = null;
                Set<Endpoint> before = brokers;
                if (found != null) {
                    now = found;
                    learntAt = System.nanoTime();
                } else {
                    log.debug("brokers for replies to {}: {}", name, String.valueOf(failure));
                    now = before == null ? ofRoute() : before;
                    learntAt = System.nanoTime() - STALE_AFTER + PATIENCE; // to be looked up again soon
                }
                brokers = now;
            }
            ReplyBrokers.this.brokers.alsoRetain(all());
            learning.complete(now);
        }

        private CompletableFuture<Set<Endpoint>> find(long expiry) {
            return routes.brokersOf(namespace.wrap(name), expiry)
                    .exceptionallyCompose(failure -> routes.brokersOf(TopicRouteTable.AUTO_CREATE_TOPIC, expiry))
                    .thenCompose(ofTopic -> {
                        CompletableFuture<Set<Endpoint>> all = CompletableFuture.completedFuture(mastersOf(ofTopic));
                        for (String cluster : clustersOf(ofTopic)) {
                            all = all.thenCombine(
                                    routes.brokersOf(replyTopic(cluster), expiry)
                                            .handle((ofReplies, none) ->
                                                    none == null ? mastersOf(ofReplies) : Set.<Endpoint>of()),
                                    ReplyBrokers::union);
                        }
                        return all;
                    });
        }

        /** Waits no longer for those that do not know us yet. */
        void goWithout(CompletableFuture<Void> opened) {
            if (opened.isDone()) {
                return;
            }
            Set<Endpoint> known;
            synchronized (this) {
                known = brokers == null ? ofRoute() : brokers;
                brokers = known;
            }
            known.stream().filter(broker -> !isReady(broker)).forEach(absent::add);
            opened.complete(null);
        }

        /** Those that the requests themselves go to. */
        private Set<Endpoint> ofRoute() {
            TopicRoute route = routes.current(name, System.nanoTime());
            Set<Endpoint> endpoints = new HashSet<>();
            if (route != null) {
                route.brokers().forEach(broker -> endpoints.add(broker.address()));
            }
            return Set.copyOf(endpoints);
        }
    }

    private static Set<String> clustersOf(TopicBrokers topic) {
        Set<String> clusters = new TreeSet<>();
        topic.brokers().stream()
                .map(TopicBrokers.Broker::cluster)
                .filter(Objects::nonNull)
                .forEach(clusters::add);
        return clusters;
    }

    private static Set<Endpoint> mastersOf(TopicBrokers topic) {
        Set<Endpoint> masters = new HashSet<>();
        for (TopicBrokers.Broker broker : topic.brokers()) {
            if (broker.master() != null) {
                masters.add(broker.master());
            }
        }
        return Set.copyOf(masters);
    }

    private static Set<Endpoint> union(Set<Endpoint> some, Set<Endpoint> others) {
        Set<Endpoint> all = new HashSet<>(some);
        all.addAll(others);
        return Set.copyOf(all);
    }
}
