package io.mqproducer.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.mqproducer.benchmarks.client.ClientKind;
import io.mqproducer.benchmarks.plan.Bar;
import io.mqproducer.benchmarks.plan.Body;
import io.mqproducer.benchmarks.plan.Load;
import io.mqproducer.benchmarks.plan.Measurement;
import io.mqproducer.benchmarks.plan.Metric;
import io.mqproducer.benchmarks.plan.Row;
import io.mqproducer.benchmarks.plan.RowResult;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VerdictTest {

    @Test
    void aRatioIsToldWithItsRange() {
        Bar bar = Bar.atLeast(ClientKind.OURS, Metric.THROUGHPUT, 2, ClientKind.OFFICIAL);
        RowResult result = result(
                bar,
                Map.of(
                        ClientKind.OFFICIAL, List.of(rate(100), rate(100), rate(100)),
                        ClientKind.OURS, List.of(rate(150), rate(250), rate(300))));

        assertThat(Verdict.of(List.of(result), List.of()))
                .containsExactly(new Verdict(
                        "stub/sync1/128",
                        "messages/s: mq-producer / rocketmq-client 5.5.0",
                        "≥ 2×",
                        "2.5× (1.5..3)",
                        true));
    }

    @Test
    void aDifferenceIsToldInTheMetricsUnit() {
        Bar bar = Bar.atMostAbove(ClientKind.OURS, Metric.THROUGHPUT, 100, ClientKind.OFFICIAL);
        RowResult result = result(
                bar,
                Map.of(
                        ClientKind.OFFICIAL, List.of(rate(100), rate(100), rate(100)),
                        ClientKind.OURS, List.of(rate(50), rate(250), rate(300))));

        assertThat(Verdict.of(List.of(result), List.of()))
                .containsExactly(new Verdict(
                        "stub/sync1/128",
                        "messages/s: mq-producer less rocketmq-client 5.5.0",
                        "≤ 100",
                        "150 (-50..200)",
                        false));
    }

    @Test
    void whatWasNotMeasuredIsNotMet() {
        Bar alone = Bar.atMost(ClientKind.OURS, Metric.THREADS, 4);
        Bar ratio = Bar.atMost(ClientKind.OURS, Metric.THREADS, 4, ClientKind.OFFICIAL);
        Map<ClientKind, List<Measurement>> uneven =
                Map.of(ClientKind.OFFICIAL, List.of(rate(100)), ClientKind.OURS, List.of(rate(150), rate(250)));

        assertThat(Verdict.of(List.of(result(alone, Map.of()), result(ratio, uneven)), List.of()))
                .allSatisfy(verdict -> {
                    assertThat(verdict.met()).isFalse();
                    assertThat(verdict.measured()).isEqualTo("not measured");
                });
    }

    @Test
    void aNamedFigureIsHeldAgainstAnotherOrAgainstItsBar() {
        NamedFigure theirs = NamedFigure.of("start-up, official", 500, "ms");
        NamedFigure ours = NamedFigure.of("start-up, ours", 250, "ms").atMost(0.65, theirs);
        NamedFigure stored = NamedFigure.of("stored", 299_999, "messages").atLeast(300_000);

        assertThat(Verdict.of(List.of(), List.of(theirs, ours, stored)))
                .extracting(Verdict::row, Verdict::measured, Verdict::met)
                .containsExactly(tuple("start-up, ours", "0.5×", true), tuple("stored", "299\u00a0999", false));
    }

    private static RowResult result(Bar bar, Map<ClientKind, List<Measurement>> rounds) {
        return new RowResult(
                new Row(
                        "group",
                        Row.Target.STUB,
                        Load.sync(1, Body.random(128)),
                        List.of(ClientKind.OFFICIAL, ClientKind.OURS),
                        1,
                        Row.Jdk.JDK17,
                        List.of(bar)),
                rounds);
    }

    private static Measurement rate(long perSecond) {
        return new Measurement(perSecond, 0, 1_000_000_000, 1, 1, 1, 1, 1, 1, 1, 1, 1);
    }
}
