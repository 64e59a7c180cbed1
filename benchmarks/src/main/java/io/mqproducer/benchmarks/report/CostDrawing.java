package io.mqproducer.benchmarks.report;

import io.mqproducer.benchmarks.client.ClientKind;
import io.mqproducer.benchmarks.plan.Metric;
import io.mqproducer.benchmarks.plan.Row;
import io.mqproducer.benchmarks.plan.RowResult;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;

/**
 * What a message costs against how many are in flight.
 *
 * @param results of rows that differ in nothing else, fewest in flight first
 */
record CostDrawing(String group, List<RowResult> results) implements Drawing {

    /** Lines of the last ones lie over those of the first. */
    private static final List<ClientKind> CLIENTS = List.of(ClientKind.OFFICIAL, ClientKind.LIMIT, ClientKind.OURS);

    @Override
    public String title() {
        return "Client CPU per message in µs: " + RowLabel.withoutInFlight(row()) + " (less is better" + scale().note()
                + ")";
    }

    @Override
    public String fileName() {
        return Drawing.slug("cpu by in flight " + RowLabel.withoutInFlight(row()));
    }

    @Override
    public Chart<?, ?> chart() {
        XYChart chart = new XYChart(ChartLook.width(title(), 0), ChartLook.HEIGHT);
        chart.setTitle(title());
        chart.setXAxisTitle("messages in flight");
        XYStyler style = chart.getStyler();
        ChartLook.apply(style, scale());
        style.setXAxisLogarithmic(true);
        style.setXAxisDecimalPattern(ChartLook.DECADES);
        style.setMarkerSize(8);
        for (ClientKind client : CLIENTS) {
            if (!of(client).isEmpty()) {
                addLine(chart, client);
            }
        }
        return chart;
    }

    private void addLine(XYChart chart, ClientKind client) {
        List<Integer> inFlight = of(client).stream()
                .map(result -> result.row().load().inFlight())
                .toList();
        List<Double> costs =
                of(client).stream().map(result -> cost(result, client)).toList();
        XYSeries line = chart.addSeries(client.title(), inFlight, costs);
        line.setLineColor(ChartLook.colour(client))
                .setLineStyle(SeriesLines.SOLID)
                .setLineWidth(2.5f);
        line.setMarker(ChartLook.marker(client)).setMarkerColor(ChartLook.colour(client));
    }

    private List<RowResult> of(ClientKind client) {
        return results.stream()
                .filter(result -> Rounds.drawable(result, client, Metric.CPU))
                .toList();
    }

    private Scale scale() {
        return Scale.of(CLIENTS.stream()
                .flatMapToDouble(client -> of(client).stream().mapToDouble(result -> cost(result, client))));
    }

    private Row row() {
        return results.get(0).row();
    }

    private static double cost(RowResult result, ClientKind client) {
        return result.median(client, Metric.CPU);
    }
}
