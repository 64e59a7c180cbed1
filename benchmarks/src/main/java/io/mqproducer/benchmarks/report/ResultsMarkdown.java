package io.mqproducer.benchmarks.report;

import io.mqproducer.benchmarks.client.ClientKind;
import io.mqproducer.benchmarks.plan.Measurement;
import io.mqproducer.benchmarks.plan.Metric;
import io.mqproducer.benchmarks.plan.RowResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The run for people to read: the bars, then all figures, group by group. */
final class ResultsMarkdown {

    /** The ratio's column: beside the throughput. */
    private static final int RATIO = 3;

    private ResultsMarkdown() {}

    static String of(
            RunInfo info,
            List<RowResult> results,
            List<NamedFigure> extras,
            List<Verdict> verdicts,
            List<Drawing> drawings) {
        StringBuilder text =
                new StringBuilder("# Results\n\n").append(info.line()).append(".\n");
        text.append(bars(verdicts));
        if (!extras.isEmpty()) {
            text.append(extras(extras));
        }
        Map<String, List<RowResult>> groups = results.stream()
                .collect(
                        Collectors.groupingBy(result -> result.row().group(), LinkedHashMap::new, Collectors.toList()));
        groups.forEach((group, rows) -> {
            text.append("\n## ").append(group).append("\n\n").append(rows(rows));
            text.append(failures(rows));
            for (Drawing drawing : drawings) {
                if (drawing.group().equals(group)) {
                    text.append("\n![")
                            .append(drawing.title())
                            .append("](")
                            .append(drawing.fileName())
                            .append(".png)\n");
                }
            }
        });
        return text.toString();
    }

    private static String bars(List<Verdict> verdicts) {
        MarkdownTable table = new MarkdownTable(2, List.of("row", "what", "must", "measured", "verdict"));
        for (Verdict verdict : verdicts) {
            String met = verdict.met() ? "met" : "**NOT MET**";
            table.row(List.of(verdict.row(), verdict.what(), verdict.must(), verdict.measured(), met));
        }
        long met = verdicts.stream().filter(Verdict::met).count();
        return "\n## Bars\n\n" + met + " of " + verdicts.size()
                + " met. A ratio is the median of the rounds' ratios, with the least and the greatest.\n\n" + table;
    }

    private static String extras(List<NamedFigure> extras) {
        MarkdownTable table = new MarkdownTable(1, List.of("figure", "value", "unit"));
        for (NamedFigure figure : extras) {
            table.row(List.of(figure.name(), Digits.wholeOrThree(figure.value()), figure.unit()));
        }
        return "\n## Other figures\n\n" + table;
    }

    private static String rows(List<RowResult> results) {
        List<String> heads = new ArrayList<>(List.of("row", "client"));
        for (Metric metric : Metric.values()) {
            heads.add(metric.title());
        }
        heads.add(RATIO, "ratio to the first client (min..max)");
        MarkdownTable table = new MarkdownTable(2, heads);
        for (RowResult result : results) {
            ClientKind first = result.row().clients().get(0);
            for (ClientKind client : result.row().clients()) {
                String row = client == first ? result.row().name() : "";
                List<String> cells = new ArrayList<>(List.of(row, client.title()));
                for (Metric metric : Metric.values()) {
                    cells.add(Digits.three(Rounds.median(result, client, metric)));
                }
                cells.add(RATIO, client == first ? "1" : ratio(result, client, first));
                table.row(cells);
            }
        }
        return table.toString();
    }

    private static String ratio(RowResult result, ClientKind client, ClientKind first) {
        return Rounds.comparable(result, client, first)
                ? Rounds.text(result.ratio(client, Metric.THROUGHPUT, first))
                : Digits.three(Double.NaN);
    }

    /** What did not end in an acknowledgement must not go unseen: it may have been fast. */
    private static String failures(List<RowResult> results) {
        StringBuilder text = new StringBuilder();
        for (RowResult result : results) {
            for (ClientKind client : result.row().clients()) {
                long failed = Rounds.of(result, client).stream()
                        .mapToLong(Measurement::failed)
                        .sum();
                if (failed > 0) {
                    text.append("- ").append(result.row().name()).append(", ").append(client.title());
                    text.append(": ").append(failed).append('\n');
                }
            }
        }
        return text.isEmpty() ? "" : "\nSends that failed, all rounds together:\n\n" + text;
    }
}
