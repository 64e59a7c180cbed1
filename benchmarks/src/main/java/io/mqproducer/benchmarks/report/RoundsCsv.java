package io.mqproducer.benchmarks.report;

import io.mqproducer.benchmarks.client.ClientKind;
import io.mqproducer.benchmarks.plan.Measurement;
import io.mqproducer.benchmarks.plan.Metric;
import io.mqproducer.benchmarks.plan.RowResult;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Each round of each client, as comma-separated values, quoted as RFC 4180 has it. */
final class RoundsCsv {

    private RoundsCsv() {}

    static String of(List<RowResult> results) {
        StringBuilder text = new StringBuilder(line(Stream.concat(
                Stream.of("group", "row", "client", "round", "messages", "failed", "seconds"),
                Stream.of(Metric.values()).map(Metric::title))));
        for (RowResult result : results) {
            for (ClientKind client : result.row().clients()) {
                int round = 1;
                for (Measurement measurement : Rounds.of(result, client)) {
                    text.append(line(result, client, round++, measurement));
                }
            }
        }
        return text.toString();
    }

    private static String line(RowResult result, ClientKind client, int round, Measurement measurement) {
        List<String> cells = new ArrayList<>(List.of(
                result.row().group(),
                result.row().name(),
                client.id(),
                Integer.toString(round),
                Long.toString(measurement.messages()),
                Long.toString(measurement.failed()),
                Digits.exact(measurement.elapsed() / 1e9)));
        for (Metric metric : Metric.values()) {
            cells.add(Digits.exact(metric.of(measurement)));
        }
        return line(cells.stream());
    }

    private static String line(Stream<String> cells) {
        return cells.map(RoundsCsv::quoted).collect(Collectors.joining(",", "", "\n"));
    }

    private static String quoted(String cell) {
        boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}
