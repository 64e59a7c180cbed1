package io.mqproducer.benchmarks.plan;

import io.mqproducer.benchmarks.client.RequestExtras;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The work of one row, the same for each client.
 *
 * @param callers threads that send
 * @param inFlight messages without an answer at a time, all callers together; for {@link Mode#SYNC} the callers' number,
 *     for {@link Mode#BATCH} how many go with one request
 * @param body what is sent
 * @param topics how many topics the messages go to in turn
 * @param rate messages per second at which a paced load goes; 0 if it goes as fast as it can
 * @param virtualThreads whether the callers are virtual threads
 * @param keysAndTags whether each message bears a key and a tag
 * @param extras what each request bears
 */
public record Load(
        Mode mode,
        int callers,
        int inFlight,
        Body body,
        int topics,
        int rate,
        boolean virtualThreads,
        boolean keysAndTags,
        RequestExtras extras) {

    /** Stands for the rate that the official client reaches by itself. */
    public static final int OFFICIAL_RATE = 1;

    /** How messages are sent. */
    public enum Mode {
        SYNC,
        ASYNC,
        BATCH
    }

    /** Callers that wait for each answer. */
    public static Load sync(int callers, Body body) {
        return new Load(Mode.SYNC, callers, callers, body, 1, 0, false, false, RequestExtras.NONE);
    }

    /** One caller that keeps so many messages in flight. */
    public static Load async(int inFlight, Body body) {
        return new Load(Mode.ASYNC, 1, inFlight, body, 1, 0, false, false, RequestExtras.NONE);
    }

    /** One caller that sends batches of so many messages and waits for each answer. */
    public static Load batch(int messages, Body body) {
        return new Load(Mode.BATCH, 1, messages, body, 1, 0, false, false, RequestExtras.NONE);
    }

    public Load callers(int number) {
        return new Load(mode, number, inFlight, body, topics, rate, virtualThreads, keysAndTags, extras);
    }

    public Load topics(int number) {
        return new Load(mode, callers, inFlight, body, number, rate, virtualThreads, keysAndTags, extras);
    }

    public Load rate(int messagesPerSecond) {
        return new Load(mode, callers, inFlight, body, topics, messagesPerSecond, virtualThreads, keysAndTags, extras);
    }

    public Load onVirtualThreads() {
        return new Load(mode, callers, inFlight, body, topics, rate, true, keysAndTags, extras);
    }

    public Load withKeysAndTags() {
        return new Load(mode, callers, inFlight, body, topics, rate, virtualThreads, true, extras);
    }

    public Load with(RequestExtras borne) {
        return new Load(mode, callers, inFlight, body, topics, rate, virtualThreads, keysAndTags, borne);
    }

    /** The topics of messages: this one, and the same with numbers. */
    public List<String> topicNames(String first) {
        return IntStream.range(0, topics)
                .mapToObj(i -> i == 0 ? first : first + "-" + i)
                .toList();
    }

    /** {@code sync16}, {@code async1000}, {@code batch32}. */
    public String shortName() {
        return mode.name().toLowerCase(Locale.ROOT) + inFlight;
    }
}
