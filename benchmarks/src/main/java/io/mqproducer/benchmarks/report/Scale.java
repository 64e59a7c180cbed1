package io.mqproducer.benchmarks.report;

import java.util.stream.DoubleStream;

/** The axis of values: from zero, or logarithmic where the small ones could not be seen beside the great ones. */
record Scale(boolean logarithmic, double min, double max) {

    private static final double LINEAR_UP_TO = 40;
    /** Room above the greatest, for its number. */
    private static final double ROOM = 0.08;
    /** From a value to the middle of its number. */
    private static final double LIFT = 0.03;

    /** For values above zero. */
    static Scale of(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        double least = sorted[0];
        double greatest = sorted[sorted.length - 1];
        if (greatest <= LINEAR_UP_TO * least) {
            return new Scale(false, 0, greatest * (1 + ROOM));
        }
        // Half of the least, so that its bar has some height.
        double min = Math.pow(10, Math.floor(Math.log10(least / 2)));
        return new Scale(true, min, greatest * Math.pow(greatest / min, ROOM));
    }

    /** What a chart's title has to tell. */
    String note() {
        return logarithmic ? ", log scale" : "";
    }

    /** Where a value's number stands. */
    double above(double value) {
        return logarithmic ? value * Math.pow(max / min, LIFT) : value + (max - min) * LIFT;
    }
}
