package io.mqproducer.benchmarks.plan;

import io.mqproducer.benchmarks.client.ClientKind;
import org.jspecify.annotations.Nullable;

/**
 * What a client's figure is held against.
 *
 * @param subject whose figure
 * @param against the client that it is compared with; null if the figure itself counts
 * @param difference whether the other's figure is taken from it; else it is divided by it
 * @param must what has to be reached
 * @param atLeast whether more is better
 */
public record Bar(
        ClientKind subject,
        Metric metric,
        @Nullable ClientKind against,
        boolean difference,
        double must,
        boolean atLeast) {

    public static Bar atLeast(ClientKind subject, Metric metric, double must, ClientKind against) {
        return new Bar(subject, metric, against, false, must, true);
    }

    public static Bar atMost(ClientKind subject, Metric metric, double must, ClientKind against) {
        return new Bar(subject, metric, against, false, must, false);
    }

    public static Bar atMost(ClientKind subject, Metric metric, double must) {
        return new Bar(subject, metric, null, false, must, false);
    }

    /** The subject's figure may exceed the other's by so much, in the metric's unit. */
    public static Bar atMostAbove(ClientKind subject, Metric metric, double must, ClientKind against) {
        return new Bar(subject, metric, against, true, must, false);
    }

    public boolean isMetBy(double figure) {
        return atLeast ? figure >= must : figure <= must;
    }
}
