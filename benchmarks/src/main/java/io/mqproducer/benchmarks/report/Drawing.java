package io.mqproducer.benchmarks.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.internal.chartpart.Chart;

/** A chart to be drawn. */
interface Drawing {

    /** Twice the usual 72, for screens of today. */
    int DOTS_PER_INCH = 144;

    /** The group of rows that it belongs to. */
    String group();

    /** Says the unit, and which way is better. */
    String title();

    /** Without what tells PNG from SVG. */
    String fileName();

    Chart<?, ?> chart();

    /** Writes it as PNG and as SVG. */
    default void draw(Path folder) throws IOException {
        String file = folder.resolve(fileName()).toString();
        BitmapEncoder.saveBitmapWithDPI(chart(), file, BitmapFormat.PNG, DOTS_PER_INCH);
        VectorGraphicsEncoder.saveVectorGraphic(chart(), file, VectorGraphicsFormat.SVG);
    }

    /** Words as a part of a file's name. */
    static String slug(String words) {
        return words.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    }
}
