package io.mqproducer.test;

import io.mqproducer.test.process.ProcessGuard;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The servers of one cluster and the guard over them.
 *
 * <p>Safe for use by several threads.
 */
final class Cluster implements AutoCloseable {

    private static final int ATTEMPTS = 3;

    private final ProcessGuard guard;
    private final ServerFiles files;
    private final List<EmbeddedNameServer> nameServers;
    private final List<EmbeddedBroker> brokers;

    private Cluster(ClusterSettings settings) {
        this.guard = ProcessGuard.start(settings.parentFolder());
        this.files = new ServerFiles(settings, guard.folder());
        this.nameServers = IntStream.range(0, settings.nameServers())
                .mapToObj(i -> new EmbeddedNameServer("namesrv-" + letter(i), guard, files, this))
                .toList();
        this.brokers = IntStream.range(0, settings.brokers())
                .mapToObj(i -> new EmbeddedBroker("broker-" + letter(i), guard, files, this))
                .toList();
    }

    /** Starts all processes at once, with other ports if some of these were taken meanwhile. */
    static Cluster start(ClusterSettings settings) {
        for (int attempt = 1; ; attempt++) {
            Cluster cluster = new Cluster(settings);
            try {
                cluster.start();
                return cluster;
            } catch (RuntimeException e) {
                cluster.close();
                if (attempt == ATTEMPTS || !aboutAPort(e)) {
                    throw e;
                }
            }
        }
    }

    private void start() {
        List<EmbeddedServer> servers = new ArrayList<>(nameServers);
        servers.addAll(brokers);
        servers.forEach(EmbeddedServer::launch);
        servers.forEach(EmbeddedServer::awaitLaunched);
    }

    private static boolean aboutAPort(RuntimeException e) {
        String text = String.valueOf(e.getMessage());
        return text.contains("Address already in use") || text.contains("Failed to bind");
    }

    ProcessGuard guard() {
        return guard;
    }

    ServerFiles files() {
        return files;
    }

    List<EmbeddedNameServer> nameServers() {
        return nameServers;
    }

    List<EmbeddedBroker> brokers() {
        return brokers;
    }

    String nameServerAddresses() {
        return nameServers.stream().map(EmbeddedServer::address).collect(Collectors.joining(";"));
    }

    /** Those a broker can register with now; at the start all of them. */
    String servingNameServerAddresses() {
        return nameServers.stream()
                .filter(EmbeddedServer::isServing)
                .map(EmbeddedServer::address)
                .collect(Collectors.joining(";"));
    }

    void registerBrokers() {
        String serving = servingNameServerAddresses();
        brokers.stream().filter(EmbeddedServer::isServing).forEach(broker -> broker.register(serving));
    }

    @Override
    public void close() {
        guard.close();
    }

    private static char letter(int index) {
        return (char) ('a' + index);
    }
}
