package io.mqproducer.benchmarks.micro;

import java.util.Collection;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * What one use of a piece costs.
 *
 * @param error half the width of the 99.9 % confidence interval of the nanoseconds
 * @param bytes allocated
 */
record PieceCost(String piece, double nanoseconds, double error, double bytes) {

    private static final String ALLOCATED = "gc.alloc.rate.norm";

    /** The cost that was measured, with the GC profiler on. */
    static PieceCost of(RunResult result) {
        Result<?> time = result.getPrimaryResult();
        Result<?> allocated =
                Objects.requireNonNull(result.getSecondaryResults().get(ALLOCATED), ALLOCATED);
        return new PieceCost(
                pieceName(result.getParams()), time.getScore(), time.getScoreError(), allocated.getScore());
    }

    /** {@code InFlightTable.removeAndAdd, inFlight 1000}. */
    private static String pieceName(BenchmarkParams params) {
        String path = params.getBenchmark();
        int type = path.lastIndexOf('.', path.lastIndexOf('.') - 1) + 1;
        StringBuilder name = new StringBuilder(path.substring(type).replace("Benchmark.", "."));
        for (String key : params.getParamsKeys()) {
            name.append(", ").append(key).append(' ').append(params.getParam(key));
        }
        if (params.getThreads() > 1) {
            name.append(", ").append(params.getThreads()).append(" threads");
        }
        return name.toString();
    }

    /** A table in Markdown, in the order of the costs. */
    static String table(Collection<PieceCost> costs) {
        return costs.stream().map(PieceCost::row).collect(Collectors.joining("", """
                | piece | ns/op | B/op |
                |---|---:|---:|
                """, ""));
    }

    private String row() {
        return String.format(Locale.ROOT, "| %s | %.1f ± %.1f | %.0f |\n", piece, nanoseconds, error, bytes);
    }
}
