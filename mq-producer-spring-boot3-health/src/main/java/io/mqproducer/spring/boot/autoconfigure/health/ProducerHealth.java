package io.mqproducer.spring.boot.autoconfigure.health;

import io.mqproducer.ProducerStatus;
import io.mqproducer.ProducerStatus.Broker;
import io.mqproducer.ProducerStatus.NameServer;
import io.mqproducer.ProducerStatus.Route;
import io.mqproducer.ProducerStatus.State;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a producer's own state says about its health: no request is made to find out. Free of Boot's types, whose names
 * differ between Boot 3 and 4.
 *
 * @param condition the verdict
 * @param details what it rests on, for people to read
 */
record ProducerHealth(Condition condition, Map<String, Object> details) {

    /** A topic counts for as long as this after its last send. */
    private static final Duration IN_USE = Duration.ofMinutes(5);

    /** The verdict, in the words of Boot's status codes. */
    enum Condition {
        UP,
        DOWN,
        UNKNOWN
    }

    ProducerHealth {
        details = Map.copyOf(details);
    }

    static ProducerHealth of(ProducerStatus status) {
        List<NameServer> contacted = status.nameServers().stream()
                .filter(server ->
                        server.lastAnswer().isPresent() || server.lastFailure().isPresent())
                .toList();
        List<String> unavailable = unavailableTopics(status);
        Map<String, Object> details = details(status);
        if (!unavailable.isEmpty()) {
            details.put("topicsWithoutBroker", unavailable);
        }
        return new ProducerHealth(condition(status.state(), contacted, unavailable), details);
    }

    private static Condition condition(State state, List<NameServer> contacted, List<String> unavailable) {
        if (state != State.RUNNING || contacted.isEmpty()) {
            return Condition.UNKNOWN;
        }
        boolean noneAnswers =
                contacted.stream().allMatch(server -> server.lastFailure().isPresent());
        return noneAnswers || !unavailable.isEmpty() ? Condition.DOWN : Condition.UP;
    }

    /** Topics in use of which every broker is avoided at the moment. */
    private static List<String> unavailableTopics(ProducerStatus status) {
        Set<String> isolated = status.brokers().stream()
                .filter(broker -> broker.isolatedFor().compareTo(Duration.ZERO) > 0)
                .map(Broker::name)
                .collect(Collectors.toSet());
        return status.routes().stream()
                .filter(route -> route.lastUse().compareTo(IN_USE) <= 0)
                .filter(route -> !route.brokers().isEmpty() && isolated.containsAll(route.brokers()))
                .map(Route::topic)
                .sorted()
                .toList();
    }

    private static Map<String, Object> details(ProducerStatus status) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("state", status.state().name());
        details.put(
                "nameServers",
                status.nameServers().stream()
                        .collect(Collectors.toMap(
                                NameServer::address, ProducerHealth::contact, (first, same) -> first)));
        details.put("messagesInFlight", status.inFlightMessages());
        return details;
    }

    private static String contact(NameServer server) {
        String failure = server.lastFailure().orElse(null);
        if (failure != null) {
            return failure;
        }
        return server.lastAnswer().isEmpty() ? "not contacted yet" : "answers";
    }
}
