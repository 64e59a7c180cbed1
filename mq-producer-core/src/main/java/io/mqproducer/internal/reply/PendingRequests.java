package io.mqproducer.internal.reply;

import io.mqproducer.internal.encoding.MessageViewDecoder;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The requests that wait for their replies, by correlation id. A look every 10 ms, while there are any, ends those whose time
 * is over. Thread-safe.
 */
final class PendingRequests {

    private static final Logger log = LoggerFactory.getLogger(PendingRequests.class);

    private static final long LOOK_INTERVAL_MILLIS = 10;

    private final ScheduledExecutorService scheduler;
    private final MessageViewDecoder decoder;
    private final ReplyBrokers brokers;
    private final Map<String, PendingRequest> pending = new ConcurrentHashMap<>();
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile boolean closed;

    PendingRequests(ScheduledExecutorService scheduler, MessageViewDecoder decoder, ReplyBrokers brokers) {
        this.scheduler = scheduler;
        this.decoder = decoder;
        this.brokers = brokers;
    }

    MessageViewDecoder decoder() {
        return decoder;
    }

    void add(PendingRequest request) {
        pending.put(request.correlationId(), request);
        if (!looking.get() && looking.compareAndSet(false, true)) {
            lookLater();
        }
    }

    @Nullable
    PendingRequest get(String correlationId) {
        return pending.get(correlationId);
    }

    void remove(PendingRequest request) {
        if (pending.remove(request.correlationId()) != null && pending.isEmpty()) {
            synchronized (this) {
                notifyAll();
            }
        }
    }

    /** A request got no reply. */
    void missed() {
        brokers.registerAnew();
    }

    private void lookLater() {
        try {
            scheduler.schedule(this::look, LOOK_INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) { // closed at this moment: close() sees to those who wait
            looking.set(false);
        }
    }

    private void look() {
        try {
            long now = System.nanoTime();
            pending.values().forEach(request -> request.look(now));
            brokers.keepInTouch();
        } catch (RuntimeException | Error e) { // the others must not wait for ever
            log.error("looking after requests", e);
        }
        if (!pending.isEmpty()) {
            lookLater();
            return;
        }
        looking.set(false);
        if (!pending.isEmpty() && looking.compareAndSet(false, true)) {
            lookLater();
        }
    }

    int size() {
        return pending.size();
    }

    /** Waits until none is left; false if some are at that point in time, by {@link System#nanoTime}. */
    synchronized boolean awaitNone(long deadline) {
        boolean interrupted = false;
        while (!pending.isEmpty() && deadline - System.nanoTime() > 0) {
            try {
                TimeUnit.NANOSECONDS.timedWait(this, Math.max(1_000_000, deadline - System.nanoTime()));
            } catch (InterruptedException e) {
                interrupted = true; // stopping is not cut short
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return pending.isEmpty();
    }

    boolean isClosed() {
        return closed;
    }

    /** Ends those that are sent; the others end as their sends do. */
    void close() {
        closed = true;
        pending.values().forEach(PendingRequest::producerClosed);
    }
}
