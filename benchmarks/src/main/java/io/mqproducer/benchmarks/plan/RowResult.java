package io.mqproducer.benchmarks.plan;

import io.mqproducer.benchmarks.client.ClientKind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What came of a row.
 *
 * @param rounds of each client, in order: the n-th round of each client ran beside the n-th of the others
 */
public record RowResult(Row row, Map<ClientKind, List<Measurement>> rounds) {

    /** The median over the rounds. */
    public double median(ClientKind client, Metric metric) {
        return median(figures(client, metric));
    }

    /** The figure over that of another client, round by round: least, median and greatest. */
    public Ratio ratio(ClientKind client, Metric metric, ClientKind to) {
        double[] mine = figures(client, metric);
        double[] theirs = figures(to, metric);
        double[] ratios = new double[mine.length];
        Arrays.setAll(ratios, i -> mine[i] / theirs[i]);
        return new Ratio(
                Arrays.stream(ratios).min().orElseThrow(),
                median(ratios),
                Arrays.stream(ratios).max().orElseThrow());
    }

    /** The figure that a bar is about. */
    public double figure(Bar bar) {
        return bar.against() == null
                ? median(bar.subject(), bar.metric())
                : ratio(bar.subject(), bar.metric(), bar.against()).median();
    }

    private double[] figures(ClientKind client, Metric metric) {
        return rounds.getOrDefault(client, List.of()).stream()
                .mapToDouble(metric::of)
                .toArray();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** Of the rounds' ratios the least, the median and the greatest. */
    public record Ratio(double min, double median, double max) {}
}
