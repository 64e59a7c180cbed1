package io.mqproducer.benchmarks.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.benchmarks.client.ClientKind;
import io.mqproducer.benchmarks.plan.RowResult.Spread;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RowResultTest {

    private static final Row ROW = new Row(
            "group",
            Row.Target.STUB,
            Load.sync(1, Body.random(128)),
            List.of(ClientKind.OFFICIAL, ClientKind.OURS),
            1,
            Row.Jdk.JDK17,
            List.of());

    private final RowResult result = new RowResult(
            ROW,
            Map.of(
                    ClientKind.OFFICIAL, List.of(rate(100), rate(400), rate(200)),
                    ClientKind.OURS, List.of(rate(500), rate(600), rate(600))));

    @Test
    void theMedianIsTheMiddleOfTheRounds() {
        assertThat(result.median(ClientKind.OFFICIAL, Metric.THROUGHPUT)).isEqualTo(200);
    }

    @Test
    void theMedianOfAnEvenNumberOfRoundsLiesBetweenTheMiddleTwo() {
        RowResult two = new RowResult(ROW, Map.of(ClientKind.OURS, List.of(rate(100), rate(200))));

        assertThat(two.median(ClientKind.OURS, Metric.THROUGHPUT)).isEqualTo(150);
    }

    @Test
    void aRatioIsTakenRoundByRound() {
        assertThat(result.ratio(ClientKind.OURS, Metric.THROUGHPUT, ClientKind.OFFICIAL))
                .isEqualTo(new Spread(1.5, 3, 5));
    }

    @Test
    void aBarIsAboutTheMedianRatioOrTheFigureItself() {
        Bar ratio = Bar.atLeast(ClientKind.OURS, Metric.THROUGHPUT, 3, ClientKind.OFFICIAL);
        Bar figure = Bar.atMost(ClientKind.OURS, Metric.THROUGHPUT, 599);

        assertThat(result.figure(ratio)).isEqualTo(3);
        assertThat(ratio.isMetBy(result.figure(ratio))).isTrue();
        assertThat(result.figure(figure)).isEqualTo(600);
        assertThat(figure.isMetBy(result.figure(figure))).isFalse();
    }

    @Test
    void aBarCanBeAboutTheDifference() {
        Bar bar = Bar.atMostAbove(ClientKind.OURS, Metric.THROUGHPUT, 399, ClientKind.OFFICIAL);

        assertThat(result.figure(bar)).isEqualTo(400);
        assertThat(bar.isMetBy(400)).isFalse();
        assertThat(bar.isMetBy(-1)).isTrue();
    }

    private static Measurement rate(long perSecond) {
        return new Measurement(perSecond, 0, 1_000_000_000, 1, 1, 1, 1, 1, 1, 1, 1, 1);
    }
}
