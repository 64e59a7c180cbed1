package io.mqproducer.benchmarks.report;

import org.jspecify.annotations.Nullable;

/**
 * A figure that is none of a row: {@code start-up to first ack, mq-producer}, 251, {@code ms}.
 *
 * @param demand what it is held against; null if it is only told
 */
public record NamedFigure(
        String name, double value, String unit, @Nullable Demand demand) {

    /**
     * What a figure has to reach.
     *
     * @param against the figure that it is divided by; null if the value itself counts
     * @param must what has to be reached
     * @param atLeast whether more is better
     */
    public record Demand(@Nullable NamedFigure against, double must, boolean atLeast) {

        boolean isMetBy(double figure) {
            return atLeast ? figure >= must : figure <= must;
        }
    }

    public static NamedFigure of(String name, double value, String unit) {
        return new NamedFigure(name, value, unit, null);
    }

    public NamedFigure atMost(double must) {
        return new NamedFigure(name, value, unit, new Demand(null, must, false));
    }

    public NamedFigure atLeast(double must) {
        return new NamedFigure(name, value, unit, new Demand(null, must, true));
    }

    public NamedFigure atMost(double must, NamedFigure against) {
        return new NamedFigure(name, value, unit, new Demand(against, must, false));
    }

    public NamedFigure atLeast(double must, NamedFigure against) {
        return new NamedFigure(name, value, unit, new Demand(against, must, true));
    }
}
