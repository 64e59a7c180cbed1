package io.mqproducer.internal.transaction;

import io.mqproducer.internal.remoting.RemotingClient;
import io.mqproducer.internal.route.RouteException;
import io.mqproducer.internal.route.TopicRoute;
import io.mqproducer.internal.route.TopicRouteTable;
import io.mqproducer.message.FailureKind;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the brokers connected that may ask about transactions: a broker asks whoever of the group has sent it a heartbeat, which every
 * new connection begins with, so that a process answers for one that is gone before it has sent anything itself. Thread-safe;
 * waits for nothing.
 */
public final class CheckedBrokers {

    private static final Logger log = LoggerFactory.getLogger(CheckedBrokers.class);

    private final TransactionCheckers checkers;
    private final TopicRouteTable routes;
    private final RemotingClient brokers;
    private final Duration patience;
    private final Set<String> missing = ConcurrentHashMap.newKeySet(); // of which the log knows

    /** @param patience how long a look-up of a route may take */
    public CheckedBrokers(
            TransactionCheckers checkers, TopicRouteTable routes, RemotingClient brokers, Duration patience) {
        this.checkers = checkers;
        this.routes = routes;
        this.brokers = brokers;
        this.patience = patience;
    }

    /** Opens the connections that are missing; called at the start and again and again. */
    public void keepInTouch() {
        long now = System.nanoTime();
        for (String topic : checkers.topics()) {
            TopicRoute route = routes.current(topic, now);
            if (route == null) {
                lookUp(topic, now);
            } else {
                connect(route);
            }
        }
        if (checkers.coverAll()) {
            routes.entries().forEach(entry -> connect(entry.route()));
        }
    }

    private void lookUp(String topic, long now) {
        routes.lookUp(topic, now + patience.toNanos()).whenComplete((route, failure) -> {
            if (failure == null) {
                missing.remove(topic);
                connect(route);
            } else if (isNews(failure) && missing.add(topic)) {
                log.warn(
                        "no broker can ask about transactions of topic {} yet, it is looked for again: {}",
                        topic,
                        failure.getMessage());
            }
        });
    }

    /** That no name server answers is told by whoever asks them. */
    private static boolean isNews(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return !(cause instanceof RouteException route) || route.kind() != FailureKind.NAME_SERVER_UNAVAILABLE;
    }

    private void connect(TopicRoute route) {
        route.brokers().forEach(broker -> brokers.warmUp(broker.address()));
    }
}
