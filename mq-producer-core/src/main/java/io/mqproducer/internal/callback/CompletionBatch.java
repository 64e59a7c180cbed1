package io.mqproducer.internal.callback;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Some outcomes that are delivered one after the other, as one task: a task for each would cost more than all the rest of
 * their sends. Several threads may run the same batch, each then delivers what the others have not begun; so a batch that slow
 * callbacks hold up is simply submitted once more.
 */
final class CompletionBatch implements Runnable {

    /** How many outcomes a batch has at most: an executor of the application's may have the last wait for all before it. */
    static final int LIMIT = 64;

    private static final Logger log = LoggerFactory.getLogger(CompletionBatch.class);

    private final AtomicReference<@Nullable Completion> head;
    private final Executor helper;

    /** Whether it has been submitted and no thread has taken it since. */
    private volatile boolean waiting = true;

    private boolean begunAtLastLook; // the watch's thread only

    /**
     * @param first of a chain of at most {@link #LIMIT}
     * @param helper runs the batch once more when it is held up
     */
    CompletionBatch(Completion first, Executor helper) {
        this.head = new AtomicReference<>(first);
        this.helper = helper;
    }

    /** Cuts the chain behind the last one that goes into the same batch as the first, and returns what is cut off. */
    static @Nullable Completion cut(Completion first) {
        Completion last = first;
        for (int size = 1; size < LIMIT; size++) {
            Completion following = last.next();
            if (following == null) {
                return null;
            }
            last = following;
        }
        Completion rest = last.next();
        last.next(null);
        return rest;
    }

    /**
     * Delivers what is left. Neither what one callback throws nor an interrupt that it leaves behind is the business of
     * the next; the executor finds the interrupt at the end.
     */
    @Override
    public void run() {
        waiting = false;
        CallbackThread counting = Thread.currentThread() instanceof CallbackThread self ? self : null;
        Throwable failure = null;
        boolean interrupted = false;
        for (Completion each = take(); each != null; each = take()) {
            if (counting != null) {
                counting.begin();
            }
            try {
                each.run();
            } catch (Throwable e) { // logged when nobody can be lost by that any more
                failure = both(failure, e);
            }
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (failure != null) {
            log.error("delivery of an outcome failed", failure);
        }
    }

    private @Nullable Completion take() {
        while (true) {
            Completion first = head.get();
            if (first == null) {
                return null;
            }
            Completion second = first.next(); // out of date if another thread takes the first one meanwhile
            if (head.compareAndSet(first, second)) {
                first.next(null); // lest old ones keep young ones alive
                return first;
            }
        }
    }

    private static Throwable both(@Nullable Throwable first, Throwable another) {
        if (first == null) {
            return another;
        }
        if (first != another) {
            first.addSuppressed(another);
        }
        return first;
    }

    /** Whether there is nothing left that somebody would have to take. */
    boolean isTaken() {
        return head.get() == null;
    }

    /**
     * Submits the batch once more if it had been begun by the last look and there are some left: those have waited from
     * one look to the other. Of the watch only.
     */
    void look() {
        if (waiting || isTaken()) {
            return;
        }
        if (begunAtLastLook) {
            waiting = true;
            helper.execute(this);
        }
        begunAtLastLook = true;
    }
}
