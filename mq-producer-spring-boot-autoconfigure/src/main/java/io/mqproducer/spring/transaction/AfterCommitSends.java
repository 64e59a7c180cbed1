package io.mqproducer.spring.transaction;

import io.mqproducer.MQProducer;
import io.mqproducer.exception.FailureReport;
import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.message.FailureKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Sends what has been committed: the messages of one producer by one thread at a time, in order, which may wait for room in flight
 * while the committing threads go on. Thread-safe.
 */
final class AfterCommitSends {

    /** So many may wait for one producer before a further commit's are refused; one commit may bring any number. */
    static final int MOST_WAITING = 100_000;

    private final TransactionThreads threads;
    private final int mostWaiting;
    private final IdentityHashMap<MQProducer, Queue<AfterCommitSend>> waiting =
            new IdentityHashMap<>(); // guarded by itself

    AfterCommitSends(TransactionThreads threads) {
        this(threads, MOST_WAITING);
    }

    AfterCommitSends(TransactionThreads threads, int mostWaiting) {
        this.threads = threads;
        this.mostWaiting = mostWaiting;
    }

    /** These are to be sent, in this order. Waits for nothing. */
    void submit(Collection<AfterCommitSend> sends) {
        IdentityHashMap<MQProducer, List<AfterCommitSend>> byProducer = new IdentityHashMap<>();
        sends.forEach(send -> byProducer
                .computeIfAbsent(send.producer(), producer -> new ArrayList<>())
                .add(send));
        byProducer.forEach(this::submit);
    }

    private void submit(MQProducer producer, List<AfterCommitSend> sends) {
        synchronized (waiting) {
            Queue<AfterCommitSend> queue = waiting.get(producer);
            if (queue != null) { // so there is a thread
                if (queue.size() < mostWaiting) {
                    queue.addAll(sends);
                } else {
                    int before = queue.size();
                    fail(sends, FailureKind.BUFFER_FULL, before + " committed messages wait to be sent already", null);
                }
                return;
            }
            waiting.put(producer, new ArrayDeque<>(sends));
        }
        try {
            threads.forSends().execute(() -> sendAll(producer));
        } catch (RejectedExecutionException e) {
            fail(takeAll(producer), FailureKind.CLOSED, "committed, but the context is closed", e);
        } catch (OutOfMemoryError e) { // no thread to be had
            fail(takeAll(producer), FailureKind.RESOURCE, "committed, but there is no thread to send it", e);
        }
    }

    private void sendAll(MQProducer producer) {
        for (AfterCommitSend next = next(producer); next != null; next = next(producer)) {
            next.send(threads.forOutcomes());
        }
    }

    private @Nullable AfterCommitSend next(MQProducer producer) {
        synchronized (waiting) {
            Queue<AfterCommitSend> queue = waiting.get(producer);
            AfterCommitSend next = queue == null ? null : queue.poll();
            if (next == null) {
                waiting.remove(producer);
                waiting.notifyAll();
            }
            return next;
        }
    }

    private List<AfterCommitSend> takeAll(MQProducer producer) {
        synchronized (waiting) {
            Queue<AfterCommitSend> queue = waiting.remove(producer);
            waiting.notifyAll();
            return queue == null ? List.of() : List.copyOf(queue);
        }
    }

    /** These will not be sent. Their futures complete on a thread of ours. */
    void fail(List<AfterCommitSend> sends, FailureKind kind, String why, @Nullable Throwable cause) {
        if (sends.isEmpty()) {
            return;
        }
        threads.forOutcomes()
                .execute(() -> sends.forEach(send -> send.outcome()
                        .completeExceptionally(
                                new MessageNotStoredException(FailureReport.of(kind, why + "; topic " + send.topic())
                                        .withCause(cause)))));
    }

    /**
     * Waits until all are handed to their producers.
     *
     * @return whether that came to be
     */
    boolean awaitHandedOver(Deadline deadline) throws InterruptedException {
        synchronized (waiting) {
            return deadline.await(waiting, waiting::isEmpty);
        }
    }
}
