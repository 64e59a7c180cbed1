package io.mqproducer.benchmarks;

import io.mqproducer.benchmarks.client.ClientKind;
import io.mqproducer.benchmarks.report.NamedFigure;
import io.mqproducer.benchmarks.run.Burst;
import io.mqproducer.benchmarks.run.StartUps;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What is measured besides the rows, and what it has to reach. */
final class Extras {

    private static final int BURST = 300_000;
    private static final double START_UP = 0.65;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double MIB = 1024 * 1024;

    private Extras() {}

    static List<NamedFigure> measure(Pattern wanted, int rounds) {
        List<NamedFigure> figures = new ArrayList<>();
        if (wanted.matcher("start-up").find()) {
            System.out.println("start-up ...");
            startUps(figures, rounds);
        }
        if (wanted.matcher("burst").find()) {
            System.out.println("one-way burst ...");
            burst(figures);
        }
        return figures;
    }

    private static void startUps(List<NamedFigure> figures, int rounds) {
        Map<ClientKind, Double> millis =
                StartUps.measure(List.of(ClientKind.OFFICIAL, ClientKind.LIMIT, ClientKind.OURS), rounds);
        NamedFigure official = startUp(ClientKind.OFFICIAL, millis);
        figures.add(official);
        figures.add(startUp(ClientKind.LIMIT, millis));
        figures.add(startUp(ClientKind.OURS, millis).atMost(START_UP, official));
    }

    private static NamedFigure startUp(ClientKind kind, Map<ClientKind, Double> millis) {
        return NamedFigure.of(
                "JVM start to first acknowledged send, " + kind.title(), millis.getOrDefault(kind, Double.NaN), "ms");
    }

    private static void burst(List<NamedFigure> figures) {
        String what = "burst of " + BURST + " one-way messages of 1 KiB, real broker: ";
        Burst burst = Burst.measure(ClientKind.OURS, BURST);
        double nextSend = burst.nextSend() < 0 ? Double.POSITIVE_INFINITY : burst.nextSend() / NANOS_PER_MILLI;
        NamedFigure normal =
                NamedFigure.of(what + "p99 of blocking sends before", burst.normalP99() / NANOS_PER_MILLI, "ms");
        figures.add(NamedFigure.of(what + "stored", (double) burst.stored(), "messages")
                .atLeast(BURST));
        figures.add(NamedFigure.of(what + "accepted in", burst.accepted() / NANOS_PER_MILLI, "ms"));
        figures.add(normal);
        figures.add(NamedFigure.of(what + "next blocking send", nextSend, "ms"));
        figures.add(NamedFigure.of(what + "memory of the client", burst.rss() / MIB, "MiB"));
    }
}
