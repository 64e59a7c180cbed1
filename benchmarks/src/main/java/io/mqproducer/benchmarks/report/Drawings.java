package io.mqproducer.benchmarks.report;

import io.mqproducer.benchmarks.client.ClientKind;
import io.mqproducer.benchmarks.plan.Load;
import io.mqproducer.benchmarks.plan.Metric;
import io.mqproducer.benchmarks.plan.RowResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Which charts a run's results give. */
final class Drawings {

    private static final List<Metric> METRICS = List.of(Metric.THROUGHPUT, Metric.CPU, Metric.ALLOCATED);
    private static final int ROWS_OF_BARS = 2;
    private static final int POINTS_OF_A_LINE = 3;

    private Drawings() {}

    /** Bars for each group with rows of this producer, the official client and the limit; lines where a load grows. */
    static List<Drawing> of(List<RowResult> results) {
        List<Drawing> drawings = new ArrayList<>();
        List<List<RowResult>> lines = lines(results);
        by(
                        results.stream().filter(Drawings::hasAll).toList(),
                        result -> result.row().group())
                .forEach((group, rows) -> {
                    if (rows.size() >= ROWS_OF_BARS && lines.stream().noneMatch(line -> line.containsAll(rows))) {
                        METRICS.forEach(metric -> drawings.add(new BarDrawing(group, metric, rows)));
                    }
                });
        for (List<RowResult> line : lines) {
            String group = line.get(line.size() - 1).row().group();
            drawings.add(new CostDrawing(group, line));
        }
        return drawings;
    }

    /** Rows that differ in nothing but how many messages are in flight. */
    private static List<List<RowResult>> lines(List<RowResult> results) {
        Comparator<RowResult> fewestFirst =
                Comparator.comparing(result -> result.row().load().inFlight());
        return by(
                        results.stream()
                                .filter(result -> result.row().load().mode() == Load.Mode.ASYNC)
                                .filter(result -> Rounds.drawable(result, ClientKind.OURS, Metric.CPU))
                                .toList(),
                        result -> RowLabel.withoutInFlight(result.row()))
                .values()
                .stream()
                .filter(line -> line.size() >= POINTS_OF_A_LINE)
                .map(line -> line.stream().sorted(fewestFirst).toList())
                .toList();
    }

    private static boolean hasAll(RowResult result) {
        return ChartLook.CLIENTS.stream()
                .allMatch(client -> Rounds.comparable(result, client, ClientKind.OFFICIAL)
                        && METRICS.stream().allMatch(metric -> Rounds.drawable(result, client, metric)));
    }

    private static Map<String, List<RowResult>> by(List<RowResult> results, Function<RowResult, String> key) {
        return results.stream().collect(Collectors.groupingBy(key, LinkedHashMap::new, Collectors.toList()));
    }
}
