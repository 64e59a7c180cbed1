package io.mqproducer.internal.callback;

import io.mqproducer.internal.Threads;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Outcomes that wait to be delivered together; it notes each that is, by its place in the chain. */
final class CompletionChain {

    private final Queue<Integer> delivered = new ConcurrentLinkedQueue<>();
    private final List<Link> links = new ArrayList<>();

    /** @param callback what each does, told its place; noted before */
    CompletionChain(int size, IntConsumer callback) {
        for (int i = 0; i < size; i++) {
            int place = i;
            Link link = new Link(() -> {
                delivered.add(place);
                callback.accept(place);
            });
            if (place > 0) {
                links.get(place - 1).next(link);
            }
            links.add(link);
        }
    }

    CompletionChain(int size) {
        this(size, place -> {});
    }

    /** What blocks one at some place until it is open. */
    static IntConsumer blockingAt(int blocking, CountDownLatch open) {
        return place -> {
            if (place == blocking) {
                Threads.await(open);
            }
        };
    }

    /** Waits until it is open, through interrupts too, as some callbacks do. */
    static void awaitUninterrupted(CountDownLatch open) {
        boolean interrupted = true;
        while (interrupted) {
            try {
                open.await();
                interrupted = false;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
    }

    Completion first() {
        return links.get(0);
    }

    Completion at(int place) {
        return links.get(place);
    }

    /** Places, in the order in which the callbacks began. */
    List<Integer> delivered() {
        return List.copyOf(delivered);
    }

    private static final class Link implements Completion {

        private final Runnable callback;
        private @Nullable Completion next;

        Link(Runnable callback) {
            this.callback = callback;
        }

        @Override
        public @Nullable Completion next() {
            return next;
        }

        @Override
        public void next(@Nullable Completion after) {
            next = after;
        }

        @Override
        public void run() {
            callback.run();
        }
    }
}
