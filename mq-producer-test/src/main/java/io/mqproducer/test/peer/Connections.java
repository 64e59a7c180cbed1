package io.mqproducer.test.peer;

import java.util.List;

/**
 * What a peer knows of its connections at one moment.
 *
 * @param acceptedAtNanos {@link System#nanoTime()} of each since the start, closed ones included
 */
public record Connections(int open, List<Long> acceptedAtNanos) {

    public Connections {
        acceptedAtNanos = List.copyOf(acceptedAtNanos);
    }

    /** How many were accepted since the start. */
    public int accepted() {
        return acceptedAtNanos.size();
    }
}
