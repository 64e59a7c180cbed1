package io.mqproducer.benchmarks;

import io.mqproducer.benchmarks.client.ClientKind;
import io.mqproducer.benchmarks.micro.MicroBenchmarks;
import io.mqproducer.benchmarks.plan.Load;
import io.mqproducer.benchmarks.plan.Metric;
import io.mqproducer.benchmarks.plan.Row;
import io.mqproducer.benchmarks.plan.RowResult;
import io.mqproducer.benchmarks.report.NamedFigure;
import io.mqproducer.benchmarks.report.Report;
import io.mqproducer.benchmarks.report.RunInfo;
import io.mqproducer.benchmarks.run.Comparison;
import io.mqproducer.benchmarks.run.ComparisonPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import joptsimple.OptionParser;
import joptsimple.OptionSet;
import joptsimple.OptionSpec;
import org.openjdk.jmh.runner.RunnerException;

/** Runs the comparison, or the pieces by themselves. */
public final class Benchmarks {

    private static final int RATE_IF_UNKNOWN = 200_000;

    private final OptionParser parser = new OptionParser();
    private final OptionSpec<String> only = parser.accepts("only", "rows whose name matches this regular expression")
            .withRequiredArg()
            .defaultsTo(".*");
    private final OptionSpec<Integer> rounds = parser.accepts("rounds", "rounds of each client and row")
            .withRequiredArg()
            .ofType(Integer.class)
            .defaultsTo(5);
    private final OptionSpec<Long> millis = parser.accepts("millis", "length of a round")
            .withRequiredArg()
            .ofType(Long.class)
            .defaultsTo(1000L);
    private final OptionSpec<String> folder =
            parser.accepts("folder", "where the results go").withRequiredArg().defaultsTo("benchmarks/target/results");
    private final OptionSpec<Void> list = parser.accepts("list", "name the rows and measure nothing");
    private final OptionSpec<String> micro = parser.accepts("micro", "JMH of the pieces whose name matches, instead")
            .withOptionalArg()
            .defaultsTo(MicroBenchmarks.ALL);
    private final OptionSpec<Void> help = parser.accepts("help").forHelp();

    private Benchmarks() {}

    /** See {@code --help}. */
    public static void main(String[] args) throws IOException, RunnerException {
        Benchmarks benchmarks = new Benchmarks();
        System.exit(benchmarks.run(benchmarks.parser.parse(args)) ? 0 : 1);
    }

    /** Returns whether all bars are met. */
    private boolean run(OptionSet options) throws IOException, RunnerException {
        if (options.has(help)) {
            parser.printHelpOn(System.out);
            return true;
        }
        if (options.has(micro)) {
            MicroBenchmarks.run(options.valueOf(micro), Path.of(options.valueOf(folder)));
            return true;
        }
        Pattern wanted = Pattern.compile(options.valueOf(only));
        List<Row> rows = ComparisonPlan.rows().stream()
                .filter(row -> wanted.matcher(row.name()).find())
                .toList();
        if (options.has(list)) {
            rows.forEach(row -> System.out.println(row.name()));
            return true;
        }
        return compare(rows, wanted, options);
    }

    private boolean compare(List<Row> rows, Pattern wanted, OptionSet options) throws IOException {
        int roundsPerRow = options.valueOf(rounds);
        long roundMillis = options.valueOf(millis);
        Path target = Path.of(options.valueOf(folder));
        List<NamedFigure> extras = new ArrayList<>(Extras.measure(wanted, roundsPerRow));
        List<RowResult> results = new ArrayList<>();
        Comparison comparison = new Comparison(rows.size(), roundsPerRow, roundMillis);
        for (Row row : rows) {
            results.add(comparison.measure(row, loadOf(row, results)));
        }
        RunInfo info = ThisMachine.runInfo(roundsPerRow, Duration.ofMillis(roundMillis));
        List<String> missed = Report.write(target, info, results, extras);
        missed.forEach(bar -> System.out.println("NOT MET: " + bar));
        System.out.println("Results are in " + target.toAbsolutePath());
        return missed.isEmpty();
    }

    /** The official client's own rate is only known once it was measured. */
    private static Load loadOf(Row row, List<RowResult> before) {
        if (row.load().rate() != Load.OFFICIAL_RATE) {
            return row.load();
        }
        int rate = before.stream()
                .filter(result -> result.row().name().equals(ComparisonPlan.OFFICIAL_RATE_ROW))
                .mapToInt(result -> (int) result.median(ClientKind.OFFICIAL, Metric.THROUGHPUT))
                .findFirst()
                .orElse(RATE_IF_UNKNOWN);
        return row.load().rate(rate);
    }
}
