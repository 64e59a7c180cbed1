package io.mqproducer.benchmarks.report;

import io.mqproducer.benchmarks.plan.RowResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes what came of a run. */
public final class Report {

    private Report() {}

    /**
     * Writes {@code rounds.csv}, {@code results.md} and the charts into the folder.
     *
     * @param extras figures that are none of a row
     * @return the bars that are not met, one sentence each
     */
    public static List<String> write(Path folder, RunInfo info, List<RowResult> results, List<NamedFigure> extras)
            throws IOException {
        Files.createDirectories(folder);
        List<Verdict> verdicts = Verdict.of(results, extras);
        List<Drawing> drawings = Drawings.of(results);
        Files.writeString(folder.resolve("rounds.csv"), RoundsCsv.of(results));
        Files.writeString(folder.resolve("results.md"), ResultsMarkdown.of(info, results, extras, verdicts, drawings));
        System.setProperty("java.awt.headless", "true"); // the charts are files: no display is asked for
        for (Drawing drawing : drawings) {
            drawing.draw(folder);
        }
        return verdicts.stream()
                .filter(verdict -> !verdict.met())
                .map(Verdict::sentence)
                .toList();
    }
}
