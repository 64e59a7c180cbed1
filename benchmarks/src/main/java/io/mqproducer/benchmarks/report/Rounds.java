package io.mqproducer.benchmarks.report;

import io.mqproducer.benchmarks.client.ClientKind;
import io.mqproducer.benchmarks.plan.Measurement;
import io.mqproducer.benchmarks.plan.Metric;
import io.mqproducer.benchmarks.plan.RowResult;
import io.mqproducer.benchmarks.plan.RowResult.Spread;
import java.util.List;

/** What there is of a row's rounds: a client that broke down has fewer than the others, or none. */
final class Rounds {

    private Rounds() {}

    static List<Measurement> of(RowResult result, ClientKind client) {
        return result.rounds().getOrDefault(client, List.of());
    }

    /** Whether their rounds can be laid side by side. */
    static boolean comparable(RowResult result, ClientKind one, ClientKind other) {
        int rounds = of(result, one).size();
        return rounds > 0 && rounds == of(result, other).size();
    }

    /** NaN if there are none. */
    static double median(RowResult result, ClientKind client, Metric metric) {
        return of(result, client).isEmpty() ? Double.NaN : result.median(client, metric);
    }

    /** The median; NaN if there is none. */
    static double ratio(RowResult result, ClientKind client, Metric metric, ClientKind to) {
        return comparable(result, client, to) ? result.ratio(client, metric, to).median() : Double.NaN;
    }

    /** Whether a chart can show the median, on a logarithmic axis too. */
    static boolean drawable(RowResult result, ClientKind client, Metric metric) {
        double median = median(result, client, metric);
        return median > 0 && Double.isFinite(median);
    }

    /** {@code 6.41× (5.9..6.83)}. */
    static String text(Spread ratio) {
        return Digits.three(ratio.median()) + "× " + range(ratio);
    }

    /** {@code (5.9..6.83)}. */
    static String range(Spread spread) {
        return "(" + Digits.three(spread.min()) + ".." + Digits.three(spread.max()) + ")";
    }
}
