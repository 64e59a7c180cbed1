package io.mqproducer.benchmarks.run;

import io.mqproducer.benchmarks.client.ClientKind;
import io.mqproducer.benchmarks.plan.Load;
import io.mqproducer.benchmarks.plan.Measurement;
import io.mqproducer.benchmarks.plan.Metric;
import io.mqproducer.benchmarks.plan.Row;
import io.mqproducer.benchmarks.plan.RowResult;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Measures rows: each client in its own fresh process, warmed up, then rounds in turns: A B C, A B C. */
public final class Comparison {

    private final int rounds;
    private final long roundMillis;
    private final ClassPaths classPaths = new ClassPaths();
    private final Progress progress;

    public Comparison(int rows, int rounds, long roundMillis) {
        this.rounds = rounds;
        this.roundMillis = roundMillis;
        this.progress = new Progress(rows);
    }

    /**
     * Measures one row.
     *
     * @throws IllegalStateException if a send failed, or if what arrived is not what should have: the figures are worth nothing
     */
    public RowResult measure(Row row, Load load) {
        try (Server server = start(row, load)) {
            List<ClientProcess> clients = new ArrayList<>();
            try {
                for (ClientKind kind : row.clients()) {
                    clients.add(new ClientProcess(kind, row, load, server, classPaths));
                }
                RowResult result = measure(row, clients, server);
                check(row, clients, server);
                progress.rowDone(row.name(), figures(result));
                return result;
            } finally {
                clients.forEach(ClientProcess::close);
            }
        }
    }

    private Server start(Row row, Load load) {
        progress.step(row.name(), "starting");
        return row.target() == Row.Target.REAL ? new RealServer() : new StubTarget(classPaths, row.brokers(), load);
    }

    private RowResult measure(Row row, List<ClientProcess> clients, Server server) {
        for (ClientProcess client : clients) {
            progress.step(row.name(), "warming up " + client.kind().id());
            client.warmUp(roundMillis);
        }
        Map<ClientKind, List<Measurement>> measured = new EnumMap<>(ClientKind.class);
        for (int round = 1; round <= rounds; round++) {
            for (ClientProcess client : clients) {
                progress.step(
                        row.name(),
                        "round " + round + " of " + rounds + ", "
                                + client.kind().id());
                measured.computeIfAbsent(client.kind(), kind -> new ArrayList<>())
                        .add(server.round(client, roundMillis));
            }
        }
        return new RowResult(row, measured);
    }

    private static void check(Row row, List<ClientProcess> clients, Server server) {
        Map<ClientKind, String> groups = new LinkedHashMap<>();
        Map<ClientKind, Long> acknowledged = new LinkedHashMap<>();
        for (ClientProcess client : clients) {
            groups.put(client.kind(), client.group());
            acknowledged.put(client.kind(), client.acknowledged());
        }
        List<String> complaints = server.complaints(groups, acknowledged);
        if (!complaints.isEmpty()) {
            throw new IllegalStateException(
                    row.name() + ": what arrived is not what was to arrive:\n" + String.join("\n", complaints));
        }
    }

    private static String figures(RowResult result) {
        return result.row().clients().stream()
                .map(kind -> String.format(
                        "%s %,.0f/s %.2f µs %.0f B",
                        kind.id(),
                        result.median(kind, Metric.THROUGHPUT),
                        result.median(kind, Metric.CPU),
                        result.median(kind, Metric.ALLOCATED)))
                .collect(Collectors.joining(", "));
    }
}
