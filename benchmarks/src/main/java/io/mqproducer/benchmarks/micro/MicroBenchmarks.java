package io.mqproducer.benchmarks.micro;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Measures the pieces of the send path: time and memory that one use of each takes. */
public final class MicroBenchmarks {

    /** Matches every piece. */
    public static final String ALL = ".*";

    private MicroBenchmarks() {}

    /**
     * Runs the benchmarks and writes {@code micro.json} and {@code micro.csv} in JMH's form, and {@code micro.md}.
     *
     * @param pattern a regular expression that some of a benchmark's full name has to match
     * @param folder is made if it is not there
     * @throws RunnerException if one fails, or none matches
     */
    public static void run(String pattern, Path folder) throws IOException, RunnerException {
        Files.createDirectories(folder);
        Options options = new OptionsBuilder()
                .include(pattern)
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .build();
        Collection<RunResult> results = new Runner(options).run();
        write(results, ResultFormatType.JSON, folder.resolve("micro.json"));
        write(results, ResultFormatType.CSV, folder.resolve("micro.csv"));
        String table = PieceCost.table(results.stream().map(PieceCost::of).toList());
        Files.writeString(folder.resolve("micro.md"), table);
    }

    private static void write(Collection<RunResult> results, ResultFormatType format, Path file) {
        ResultFormatFactory.getInstance(format, file.toString()).writeOut(results);
    }
}
