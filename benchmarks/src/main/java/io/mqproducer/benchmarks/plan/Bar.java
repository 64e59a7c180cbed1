package io.mqproducer.benchmarks.plan;

import io.mqproducer.benchmarks.client.ClientKind;
import org.jspecify.annotations.Nullable;

/**
 * What a client's figure is held against.
 *
 * @param subject whose figure
 * @param against the client that it is divided by; null if the figure itself counts
 * @param must what has to be reached
 * @param atLeast whether more is better
 */
public record Bar(
        ClientKind subject, Metric metric, @Nullable ClientKind against, double must, boolean atLeast) {

    public static Bar atLeast(ClientKind subject, Metric metric, double must, ClientKind against) {
        return new Bar(subject, metric, against, must, true);
    }

    public static Bar atMost(ClientKind subject, Metric metric, double must, ClientKind against) {
        return new Bar(subject, metric, against, must, false);
    }

    public static Bar atMost(ClientKind subject, Metric metric, double must) {
        return new Bar(subject, metric, null, must, false);
    }

    public boolean isMetBy(double figure) {
        return atLeast ? figure >= must : figure <= must;
    }
}
