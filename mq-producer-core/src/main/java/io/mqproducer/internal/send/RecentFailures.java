package io.mqproducer.internal.send;

import io.mqproducer.exception.MQProducerException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last sends that failed, newest first; ten at most. Thread-safe. */
public final class RecentFailures {

    private static final int LIMIT = 10;

    /** One failed send. */
    public record Failure(Instant time, String topic, String text) {}

    private final Deque<Failure> failures = new ArrayDeque<>(LIMIT);

    /** Adds one that has just happened. */
    public void add(String topic, MQProducerException exception) {
        Failure failure = new Failure(Instant.now(), topic, String.valueOf(exception.getMessage()));
        synchronized (failures) {
            if (failures.size() == LIMIT) {
                failures.removeLast();
            }
            failures.addFirst(failure);
        }
    }

    public List<Failure> newestFirst() {
        synchronized (failures) {
            return List.copyOf(failures);
        }
    }
}
