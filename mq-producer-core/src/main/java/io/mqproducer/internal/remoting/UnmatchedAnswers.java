package io.mqproducer.internal.remoting;

/** Counts the answers on one connection that nobody waits for. Confined to its event loop. */
final class UnmatchedAnswers {

    private static final long SECOND = 1_000_000_000L;
    private static final int TOLERATED_PER_SECOND = 1000;
    private static final int TOLERATED_SECONDS = 10;

    private long windowStart = System.nanoTime();
    private int inWindow;
    private int floodedSeconds;

    /** Counts one; true if so many have come for so long that the peer cannot be sane. */
    boolean addAndCheck(long now) {
        if (now - windowStart >= SECOND) {
            boolean flooded = inWindow > TOLERATED_PER_SECOND && now - windowStart < 2 * SECOND;
            floodedSeconds = flooded ? floodedSeconds + 1 : 0;
            windowStart = now;
            inWindow = 0;
        }
        inWindow++;
        return floodedSeconds >= TOLERATED_SECONDS;
    }
}
