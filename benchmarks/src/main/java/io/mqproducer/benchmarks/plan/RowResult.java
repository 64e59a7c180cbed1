package io.mqproducer.benchmarks.plan;

import io.mqproducer.benchmarks.client.ClientKind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;

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
    public Spread ratio(ClientKind client, Metric metric, ClientKind to) {
        return spread(client, metric, to, (mine, theirs) -> mine / theirs);
    }

    /** The figure less that of another client, round by round. */
    private Spread difference(ClientKind client, Metric metric, ClientKind from) {
        return spread(client, metric, from, (mine, theirs) -> mine - theirs);
    }

    private Spread spread(ClientKind client, Metric metric, ClientKind other, DoubleBinaryOperator compared) {
        double[] mine = figures(client, metric);
        double[] theirs = figures(other, metric);
        double[] all = new double[mine.length];
        Arrays.setAll(all, i -> compared.applyAsDouble(mine[i], theirs[i]));
        return new Spread(
                Arrays.stream(all).min().orElseThrow(),
                median(all),
                Arrays.stream(all).max().orElseThrow());
    }

    /** What a bar against another client is about. */
    public Spread comparison(Bar bar, ClientKind against) {
        return bar.difference()
                ? difference(bar.subject(), bar.metric(), against)
                : ratio(bar.subject(), bar.metric(), against);
    }

    /** The figure that a bar is about. */
    public double figure(Bar bar) {
        ClientKind against = bar.against();
        return against == null
                ? median(bar.subject(), bar.metric())
                : comparison(bar, against).median();
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

    /** Of the rounds' figures the least, the median and the greatest. */
    public record Spread(double min, double median, double max) {}
}
