package io.mqproducer.benchmarks.report;

import io.mqproducer.benchmarks.client.ClientKind;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.List;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** How all charts look: plain on white, which GitHub's dark pages leave as it is. */
final class ChartLook {

    /** Who is drawn, in this order. */
    static final List<ClientKind> CLIENTS = List.of(ClientKind.OFFICIAL, ClientKind.OURS, ClientKind.LIMIT);

    static final int HEIGHT = 420;

    /** Ticks at 0.01, 0.1, 1, 10 and so on. */
    static final String DECADES = "0.######";

    private static final int LEAST_WIDTH = 760;
    private static final int WIDTH_OF_TITLE_LETTER = 10;
    private static final Color INK = new Color(0x22, 0x22, 0x22);
    private static final Color GRID = new Color(0xE0, 0xE0, 0xE0);
    private static final Color DENSE_GRID = new Color(0xF0, 0xF0, 0xF0);
    private static final Color BASE = new Color(0x80, 0x80, 0x80);

    private ChartLook() {}

    /** Of Okabe and Ito's palette, which the colour-blind can tell apart; also apart in brightness. */
    static Color colour(ClientKind client) {
        return switch (client) {
            case OFFICIAL -> new Color(0xE6, 0x9F, 0x00);
            case OURS -> new Color(0x00, 0x72, 0xB2);
            default -> new Color(0xB4, 0xB4, 0xB4);
        };
    }

    static Marker marker(ClientKind client) {
        return switch (client) {
            case OFFICIAL -> SeriesMarkers.SQUARE;
            case OURS -> SeriesMarkers.CIRCLE;
            default -> SeriesMarkers.DIAMOND;
        };
    }

    /** Wide enough for a README, for the title and for what is drawn. */
    static int width(String title, int content) {
        return Math.max(LEAST_WIDTH, Math.max(WIDTH_OF_TITLE_LETTER * title.length(), content));
    }

    static void apply(AxesChartStyler style, Scale scale) {
        style.setYAxisLogarithmic(scale.logarithmic());
        style.setYAxisMin(scale.min());
        style.setYAxisMax(scale.max());
        if (scale.logarithmic()) {
            style.setYAxisDecimalPattern(DECADES);
            style.setPlotGridLinesColor(DENSE_GRID);
        } else {
            // Not so for a logarithmic one: it would get linear ticks.
            style.setyAxisTickLabelsFormattingFunction(Digits::three);
            style.setPlotGridLinesColor(GRID);
        }
        style.setBaseFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
        style.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 15));
        style.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        style.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        style.setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
        style.setAnnotationTextFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11));
        style.setChartFontColor(INK);
        style.setAxisTickLabelsColor(INK);
        style.setAnnotationTextFontColor(INK);
        style.setChartBackgroundColor(Color.WHITE);
        style.setPlotBackgroundColor(Color.WHITE);
        style.setChartTitleBoxVisible(false);
        style.setChartTitlePadding(12);
        style.setChartPadding(14);
        style.setPlotBorderVisible(false);
        style.setAxisTicksLineVisible(false);
        style.setAxisTicksMarksVisible(false);
        style.setPlotGridVerticalLinesVisible(false);
        style.setPlotGridLinesStroke(new BasicStroke(1));
        style.setLegendPosition(LegendPosition.OutsideS);
        style.setLegendLayout(LegendLayout.Horizontal);
        style.setLegendBorderColor(Color.WHITE);
        style.setLegendBackgroundColor(Color.WHITE);
        style.setLegendPadding(16);
        style.setAnnotationLineColor(BASE);
        style.setAnnotationLineStroke(new BasicStroke(1));
        style.setAntiAlias(true);
    }
}
