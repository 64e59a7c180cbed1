package io.mqproducer;

import io.mqproducer.internal.route.NameServers;
import io.mqproducer.internal.route.TopicRoute;
import io.mqproducer.internal.route.TopicRouteTable;
import io.mqproducer.internal.util.Endpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads a {@link ProducerStatus} off the parts of a running producer. */
final class StatusReport {

    private StatusReport() {}

    static ProducerStatus.Builder of(RunningProducer.Parts parts, ProducerStatus.Builder status) {
        long now = System.nanoTime();
        List<TopicRouteTable.Entry> entries = parts.routes().entries();
        return status.nameServers(nameServers(parts.nameServers()))
                .routes(routes(entries, now))
                .brokers(brokers(entries, parts, now))
                .inFlight(parts.sender().inFlightMessages(), parts.sender().inFlightBytes())
                .lastFailures(parts.sender().recentFailures().newestFirst().stream()
                        .map(failure -> ProducerStatus.Failure.of(failure.time(), failure.topic(), failure.text()))
                        .toList());
    }

    private static List<ProducerStatus.NameServer> nameServers(NameServers nameServers) {
        List<ProducerStatus.NameServer> known = new ArrayList<>();
        for (int i = 0; i < nameServers.servers().size(); i++) {
            NameServers.Contact contact = nameServers.contact(i);
            known.add(ProducerStatus.NameServer.of(
                    nameServers.servers().get(i).toString(), contact.lastAnswer(), contact.lastFailure()));
        }
        return known;
    }

    private static List<ProducerStatus.Route> routes(List<TopicRouteTable.Entry> entries, long now) {
        return entries.stream()
                .map(entry -> ProducerStatus.Route.of(
                        entry.route().topic(),
                        Duration.ofNanos(now - entry.confirmedAt()),
                        Duration.ofNanos(Math.max(0, now - entry.lastUse())),
                        entry.route().size(),
                        entry.route().brokers().stream()
                                .map(TopicRoute.BrokerQueues::brokerName)
                                .toList()))
                .sorted(Comparator.comparing(ProducerStatus.Route::topic))
                .toList();
    }

    private static List<ProducerStatus.Broker> brokers(
            List<TopicRouteTable.Entry> entries, RunningProducer.Parts parts, long now) {
        Set<Endpoint> connected = parts.brokerClient().connected();
        Map<String, ProducerStatus.Broker> brokers = new TreeMap<>();
        for (TopicRouteTable.Entry entry : entries) {
            for (TopicRoute.BrokerQueues broker : entry.route().brokers()) {
                long isolated = Math.max(0, parts.health().isolatedFor(broker.brokerName(), now));
                brokers.put(
                        broker.brokerName(),
                        ProducerStatus.Broker.of(
                                broker.brokerName(),
                                broker.address().toString(),
                                connected.contains(broker.address()),
                                Duration.ofNanos(isolated),
                                parts.health()
                                        .latencyOf(broker.brokerName())
                                        .average()
                                        .orElse(null)));
            }
        }
        return List.copyOf(brokers.values());
    }
}
