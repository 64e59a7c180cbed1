package io.mqproducer.benchmarks.report;

import io.mqproducer.benchmarks.client.ClientKind;
import io.mqproducer.benchmarks.plan.Metric;
import io.mqproducer.benchmarks.plan.RowResult;
import java.util.List;
import org.knowm.xchart.AnnotationLine;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.CategoryStyler;

/** One metric of a group's rows, client beside client. */
record BarDrawing(String group, Metric metric, List<RowResult> results) implements Drawing {

    private static final int LEAST_WIDTH_OF_ROW = 130;
    private static final int WIDTH_OF_LETTER = 7;
    /** What the axis and the margins take. */
    private static final int WIDTH_OF_REST = 100;
    /** Of the bars of one row. */
    private static final double GREATEST_WIDTH = 150;
    /** Of a row's width, the bars' share. */
    private static final double GREATEST_FILL = 0.8;

    @Override
    public String title() {
        String what = switch (metric) {
            case THROUGHPUT -> "Throughput relative to " + ClientKind.OFFICIAL.title() + ": ";
            case CPU -> "Client CPU per message in µs: ";
            case ALLOCATED -> "Bytes allocated per message: ";
            default -> metric.title() + ": ";
        };
        String better = metric == Metric.THROUGHPUT ? "more is better" : "less is better";
        return what + group + " (" + better + scale().note() + ")";
    }

    @Override
    public String fileName() {
        return Drawing.slug(metric.name() + " " + group);
    }

    @Override
    public Chart<?, ?> chart() {
        List<String> labels =
                results.stream().map(result -> RowLabel.load(result.row())).toList();
        int longest = labels.stream().mapToInt(String::length).max().orElse(0);
        int width = Math.max(LEAST_WIDTH_OF_ROW, WIDTH_OF_LETTER * (longest + 2)) * labels.size();
        CategoryChart chart = new CategoryChart(ChartLook.width(title(), WIDTH_OF_REST + width), ChartLook.HEIGHT);
        chart.setTitle(title());
        chart.setXAxisTitle("sync: callers, async: messages in flight, batch: messages in each; size of the body");
        Scale scale = scale();
        CategoryStyler style = chart.getStyler();
        ChartLook.apply(style, scale);
        style.setPlotContentSize(1);
        double fill = Math.min(GREATEST_FILL, GREATEST_WIDTH * labels.size() / (chart.getWidth() - WIDTH_OF_REST));
        style.setAvailableSpaceFill(fill);
        for (ClientKind client : ChartLook.CLIENTS) {
            List<Double> values =
                    results.stream().map(result -> value(result, client)).toList();
            chart.addSeries(client.title(), labels, values).setFillColor(ChartLook.colour(client));
        }
        chart.addAnnotation(new AnnotationLine(scale.min(), false, false));
        addNumbers(chart, scale, fill);
        return chart;
    }

    private void addNumbers(CategoryChart chart, Scale scale, double fill) {
        int clients = ChartLook.CLIENTS.size();
        for (int row = 0; row < results.size(); row++) {
            for (int i = 0; i < clients; i++) {
                double value = value(results.get(row), ChartLook.CLIENTS.get(i));
                double middle = row + 0.5 + (i - (clients - 1) / 2.0) * fill / clients;
                chart.addAnnotation(new AnnotationText(Digits.three(value), middle, scale.above(value), false));
            }
        }
    }

    private Scale scale() {
        return Scale.of(results.stream()
                .flatMapToDouble(result -> ChartLook.CLIENTS.stream().mapToDouble(client -> value(result, client))));
    }

    private double value(RowResult result, ClientKind client) {
        return metric == Metric.THROUGHPUT
                ? Rounds.ratio(result, client, metric, ClientKind.OFFICIAL)
                : Rounds.median(result, client, metric);
    }
}
