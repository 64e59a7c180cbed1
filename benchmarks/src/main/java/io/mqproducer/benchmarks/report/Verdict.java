package io.mqproducer.benchmarks.report;

import io.mqproducer.benchmarks.client.ClientKind;
import io.mqproducer.benchmarks.plan.Bar;
import io.mqproducer.benchmarks.plan.RowResult;
import io.mqproducer.benchmarks.report.NamedFigure.Demand;
import java.util.List;
import java.util.stream.Stream;

/**
 * Whether a bar is met, in words.
 *
 * @param row the row's name, or the figure's
 * @param what which figure
 * @param met false as well if it was not measured
 */
record Verdict(String row, String what, String must, String measured, boolean met) {

    /** On all bars there are, in their order. */
    static List<Verdict> of(List<RowResult> results, List<NamedFigure> extras) {
        return Stream.concat(
                        results.stream()
                                .flatMap(result -> result.row().bars().stream().map(bar -> on(result, bar))),
                        extras.stream().flatMap(Verdict::on))
                .toList();
    }

    private static Verdict on(RowResult result, Bar bar) {
        ClientKind against = bar.against();
        String what = bar.metric().title() + ": " + bar.subject().title()
                + (against == null ? "" : (bar.difference() ? " less " : " / ") + against.title());
        boolean ratio = against != null && !bar.difference();
        String must = must(bar.must(), bar.atLeast(), ratio);
        if (!Rounds.comparable(result, bar.subject(), against == null ? bar.subject() : against)) {
            return new Verdict(result.row().name(), what, must, "not measured", false);
        }
        double figure = result.figure(bar);
        String measured = Digits.apart(figure, bar.must());
        if (against != null) {
            measured += (ratio ? "× " : " ") + Rounds.range(result.comparison(bar, against));
        }
        return new Verdict(result.row().name(), what, must, measured, bar.isMetBy(figure));
    }

    private static Stream<Verdict> on(NamedFigure figure) {
        Demand demand = figure.demand();
        if (demand == null) {
            return Stream.empty();
        }
        NamedFigure against = demand.against();
        double measured = against == null ? figure.value() : figure.value() / against.value();
        return Stream.of(new Verdict(
                figure.name(),
                figure.unit() + (against == null ? "" : ": / " + against.name()),
                must(demand.must(), demand.atLeast(), against != null),
                Digits.apart(measured, demand.must()) + (against == null ? "" : "×"),
                demand.isMetBy(measured)));
    }

    private static String must(double must, boolean atLeast, boolean ratio) {
        return (atLeast ? "≥ " : "≤ ") + Digits.wholeOrThree(must) + (ratio ? "×" : "");
    }

    String sentence() {
        return row + ": " + what + " must be " + must + ", is " + measured;
    }
}
