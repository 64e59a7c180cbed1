package io.mqproducer.internal.selection;

import io.mqproducer.internal.route.PublishQueue;
import io.mqproducer.internal.route.TopicRoute;
import io.mqproducer.internal.route.TopicRoute.BrokerQueues;
import java.util.Collection;
import java.util.List;

/**
 * Chooses the queue of a message that may go to any: round robin, leaving out brokers that this send has tried and
 * brokers that are avoided; if none is left, the one that has gone longest without a failure. Thread-safe.
 */
public final class QueueSelector {

    private final BrokerHealth health;

    public QueueSelector(BrokerHealth health) {
        this.health = health;
    }

    /**
     * The queue for the next attempt.
     *
     * @param tried names of the brokers that this send has tried
     */
    public PublishQueue select(TopicRoute route, Collection<String> tried, long now) {
        int start = route.nextIndex();
        if (tried.isEmpty() && health.allWell()) {
            return route.queue(start);
        }
        List<BrokerQueues> brokers = route.brokers();
        int first = route.brokerIndex(start);
        for (int i = 0; i < brokers.size(); i++) {
            BrokerQueues broker = brokers.get((first + i) % brokers.size());
            if (!tried.contains(broker.brokerName()) && health.admits(broker.brokerName(), now)) {
                return queueOf(route, broker, start);
            }
        }
        return queueOf(route, leastRecentlyFailed(brokers, tried, now), start);
    }

    /** Whether there is a broker that is neither this one nor among those tried. */
    public boolean hasUntried(TopicRoute route, Collection<String> tried, String current) {
        for (BrokerQueues broker : route.brokers()) {
            if (!broker.brokerName().equals(current) && !tried.contains(broker.brokerName())) {
                return true;
            }
        }
        return false;
    }

    private BrokerQueues leastRecentlyFailed(List<BrokerQueues> brokers, Collection<String> tried, long now) {
        BrokerQueues best = brokers.get(0);
        for (BrokerQueues broker : brokers) {
            boolean bestTried = tried.contains(best.brokerName());
            boolean isTried = tried.contains(broker.brokerName());
            boolean earlier =
                    health.lastFailure(broker.brokerName(), now) - health.lastFailure(best.brokerName(), now) < 0;
            if (bestTried == isTried ? earlier : bestTried) {
                best = broker;
            }
        }
        return best;
    }

    private static PublishQueue queueOf(TopicRoute route, BrokerQueues broker, int start) {
        return route.queue(broker.first() + start % broker.queues());
    }
}
