package io.mqproducer.internal.transaction;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The questions that wait for a thread, and those that are being looked at. Of several about one transaction only the last
 * counts: a broker asks again when it has given up the answer to the one before, for which it would store the message a second
 * time. Bounded by number and bytes. Thread-safe; waits for nothing.
 */
final class CheckQueue {

    /** What the questions that wait may take in memory; one alone may take more. */
    static final long MAX_BYTES = 64L << 20;

    private final int capacity;

    // guarded by this
    private final Map<String, Check> waiting = new LinkedHashMap<>();
    private final Set<String> inProgress = new HashSet<>();
    private final Map<String, Check> newer = new HashMap<>(); // than the one in progress
    private long bytes;

    CheckQueue(int capacity) {
        this.capacity = capacity;
    }

    /** What became of a question. */
    enum Offer {
        /** A thread is needed for it. */
        ACCEPTED,
        /** It has taken the place of another. */
        REPLACED,
        /** There is no room. */
        FULL
    }

    synchronized Offer offer(Check check) {
        String subject = check.subject();
        if (inProgress.contains(subject)) {
            newer.put(subject, check);
            return Offer.REPLACED;
        }
        Check older = waiting.get(subject);
        long more = (long) check.message().length - (older == null ? 0 : older.message().length);
        boolean oneTooMany = older == null && waiting.size() >= capacity;
        if (oneTooMany || (bytes > 0 && bytes + more > MAX_BYTES)) {
            return Offer.FULL;
        }
        waiting.put(subject, check);
        bytes += more;
        return older == null ? Offer.ACCEPTED : Offer.REPLACED;
    }

    /** The oldest question, or null; whoever takes it calls {@link #done}. */
    synchronized @Nullable Check take() {
        Iterator<Check> checks = waiting.values().iterator();
        if (!checks.hasNext()) {
            return null;
        }
        Check oldest = checks.next();
        checks.remove();
        bytes -= oldest.message().length;
        inProgress.add(oldest.subject());
        return oldest;
    }

    /** The last question about what this one is about, now that the answer is known. */
    synchronized Check newest(Check inProgressNow) {
        return newer.getOrDefault(inProgressNow.subject(), inProgressNow);
    }

    /**
     * The question has been looked at.
     *
     * @param answered whether the last one about its subject has been answered with it
     * @return whether a thread is needed for one that came meanwhile
     */
    synchronized boolean done(Check check, boolean answered) {
        inProgress.remove(check.subject());
        Check again = newer.remove(check.subject());
        return again != null && !answered && offer(again) == Offer.ACCEPTED;
    }

    synchronized void clear() {
        waiting.clear();
        bytes = 0;
    }

    synchronized int size() {
        return waiting.size();
    }
}
