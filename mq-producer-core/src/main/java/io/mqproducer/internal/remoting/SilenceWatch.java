package io.mqproducer.internal.remoting;

import java.time.Duration;

/**
 * Notices that a server has fallen silent, as one does whose machine is gone without a word: it leaves requests
 * unanswered and says nothing else. A request that is given up only makes it suspect; a later one that shares the fate,
 * or ten seconds, show that the connection is of no use. Confined to the connection's event loop.
 */
final class SilenceWatch {

    /** So long a server may stall although senders are in a hurry. */
    private static final long LEAST = Duration.ofSeconds(1).toNanos();

    private static final long MOST = Duration.ofSeconds(10).toNanos();

    private boolean heard;
    private boolean waited;
    private long silentSince;
    private boolean suspect;
    private int suspectFrom;
    private long suspectSince;

    /** The server has said something. */
    void heard() {
        heard = true;
        suspect = false;
    }

    /**
     * A request was given up unanswered.
     *
     * @param nextOpaque the opaque of the next request that will be written
     * @return whether the server is to be taken for dead
     */
    boolean unanswered(int opaque, int nextOpaque, long now) {
        if (!suspect) {
            suspect = true;
            suspectFrom = nextOpaque;
            suspectSince = now;
            return false;
        }
        return opaque - suspectFrom >= 0 && now - suspectSince >= LEAST;
    }

    /**
     * Called at every look at the requests in flight.
     *
     * @return whether the server has been silent for too long, with requests waiting all the while
     */
    boolean isTooLong(boolean waiting, long now) {
        if (heard || !waited) {
            silentSince = now;
        }
        heard = false;
        waited = waiting;
        return waiting && now - silentSince >= MOST;
    }
}
