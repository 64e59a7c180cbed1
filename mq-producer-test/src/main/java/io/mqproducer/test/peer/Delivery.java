package io.mqproducer.test.peer;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the bytes of an answer get to a client, if at all.
 *
 * @param times 0 writes nothing
 * @param sliceSize 0 writes all at once
 * @param onto the peer whose newest connection is written to, or {@code null} for the one that asked
 * @param toOneway also if the request wants no answer
 */
record Delivery(
        int times,
        Duration delay,
        int sliceSize,
        Duration slicePause,
        @Nullable ScriptedPeer onto,
        Ending ending,
        boolean toOneway) {

    static final Delivery ONCE = new Delivery(1, Duration.ZERO, 0, Duration.ZERO, null, Ending.NONE, false);

    /** What becomes of the connection afterwards. */
    enum Ending {
        NONE,
        CLOSE,
        RESET
    }

    Delivery withTimes(int n) {
        return new Delivery(n, delay, sliceSize, slicePause, onto, ending, toOneway);
    }

    Delivery withDelay(Duration wait) {
        return new Delivery(times, wait, sliceSize, slicePause, onto, ending, toOneway);
    }

    Delivery withSlices(int size, Duration pause) {
        return new Delivery(times, delay, size, pause, onto, ending, toOneway);
    }

    Delivery withOnto(ScriptedPeer peer) {
        return new Delivery(times, delay, sliceSize, slicePause, peer, ending, toOneway);
    }

    Delivery withEnding(Ending end) {
        return new Delivery(times, delay, sliceSize, slicePause, onto, end, toOneway);
    }

    Delivery withToOneway() {
        return new Delivery(times, delay, sliceSize, slicePause, onto, ending, true);
    }
}
