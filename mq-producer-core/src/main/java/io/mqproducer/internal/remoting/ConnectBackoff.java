package io.mqproducer.internal.remoting;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How long to wait before a server that failed is connected to again: 100 ms, doubling to 1 s, with jitter. */
final class ConnectBackoff {

    private static final long FIRST = Duration.ofMillis(100).toNanos();
    private static final long LAST = Duration.ofSeconds(1).toNanos();

    private long delay;
    private long notBefore;

    /** A connection to the server failed or ended before it was of use. */
    synchronized void failed(long now) {
        delay = delay == 0 ? FIRST : Math.min(2 * delay, LAST);
        notBefore = now + delay - ThreadLocalRandom.current().nextLong(delay / 5);
    }

    /** How long to wait from now on, zero if there is no need to. */
    synchronized long remaining(long now) {
        return delay == 0 ? 0 : Math.max(0, notBefore - now);
    }
}
