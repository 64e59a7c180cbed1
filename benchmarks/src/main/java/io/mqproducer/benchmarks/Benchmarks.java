package io.mqproducer.benchmarks;

import io.mqproducer.benchmarks.plan.Row;
import io.mqproducer.benchmarks.plan.RowResult;
import io.mqproducer.benchmarks.run.Comparison;
import io.mqproducer.benchmarks.run.ComparisonPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Runs the comparison. */
public final class Benchmarks {

    private Benchmarks() {}

    /** Arguments: {@code --only <regex>}, {@code --rounds <n>}, {@code --millis <length of a round>}. */
    public static void main(String[] args) {
        Pattern only = Pattern.compile(option(args, "--only", ".*"));
        int rounds = Integer.parseInt(option(args, "--rounds", "5"));
        long millis = Long.parseLong(option(args, "--millis", "1000"));
        List<Row> rows = ComparisonPlan.rows().stream()
                .filter(row -> only.matcher(row.name()).find())
                .toList();
        Comparison comparison = new Comparison(rows.size(), rounds, millis);
        List<RowResult> results = new ArrayList<>();
        for (Row row : rows) {
            results.add(comparison.measure(row, row.load()));
        }
        System.out.println(results.size() + " rows");
    }

    private static String option(String[] args, String name, String otherwise) {
        for (int i = 0; i + 1 < args.length; i++) {
            if (args[i].equals(name)) {
                return args[i + 1];
            }
        }
        return otherwise;
    }
}
