package io.mqproducer.internal.send;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends that are with no connection at the moment: they wait for a route, for the end of their back-off, or for the
 * send before them. Whoever {@linkplain #claim claims} one goes on with it, and only one can; a look every 10 ms,
 * while anyone waits, claims those whose back-off or time is over.
 */
final class WaitingRoom {

    private static final Logger log = LoggerFactory.getLogger(WaitingRoom.class);

    private static final long LOOK_INTERVAL_MILLIS = 10;

    private final ScheduledExecutorService scheduler;
    private final Set<AdmittedSend> waiting = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile boolean closed;

    WaitingRoom(ScheduledExecutorService scheduler) {
        this.scheduler = scheduler;
    }

    /** Lets a send wait; from now on it is whoever's claims it. */
    void enter(AdmittedSend send) {
        waiting.add(send);
        if (closed) {
            expel(send);
        } else if (!looking.get() && looking.compareAndSet(false, true)) {
            lookLater();
        }
    }

    /** Takes a send out to go on with it; false if another was faster. */
    boolean claim(AdmittedSend send) {
        return waiting.remove(send);
    }

    private void lookLater() {
        try {
            scheduler.schedule(this::look, LOOK_INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) { // closed at this moment: close() sees to those who wait
            looking.set(false);
        }
    }

    private void look() {
        long now = System.nanoTime();
        for (AdmittedSend send : waiting) {
            if (send.isDue(now) && claim(send)) {
                resume(send);
            }
        }
        if (!waiting.isEmpty()) {
            lookLater();
            return;
        }
        looking.set(false);
        if (!waiting.isEmpty() && looking.compareAndSet(false, true)) {
            lookLater();
        }
    }

    /** One send that cannot go on must not keep the others waiting. */
    private static void resume(AdmittedSend send) {
        try {
            send.resume();
        } catch (RuntimeException | Error e) {
            log.error("a send could not go on", e);
        }
    }

    boolean isClosed() {
        return closed;
    }

    /** Ends all who wait, now and later: the producer is closed. */
    void close() {
        closed = true;
        waiting.forEach(this::expel);
    }

    private void expel(AdmittedSend send) {
        if (claim(send)) {
            send.producerClosed();
        }
    }
}
