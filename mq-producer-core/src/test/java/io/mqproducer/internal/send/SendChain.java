package io.mqproducer.internal.send;

import io.mqproducer.exception.MQProducerException;
import io.mqproducer.internal.Threads;
import io.mqproducer.internal.encoding.MessageRole;
import io.mqproducer.message.SendMode;
import io.mqproducer.message.SendOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Sends that wait to be delivered together; it notes each that is, by its place in the chain. */
final class SendChain {

    private final Queue<Integer> delivered = new ConcurrentLinkedQueue<>();
    private final List<AsyncSend> sends = new ArrayList<>();

    /** @param callback what each does, told its place; noted before */
    SendChain(SendFixture fixture, int size, IntConsumer callback) {
        for (int i = 0; i < size; i++) {
            int place = i;
            AsyncSend send = new Delivered(fixture, () -> {
                delivered.add(place);
                callback.accept(place);
            });
            if (place > 0) {
                sends.get(place - 1).nextDelivered = send;
            }
            sends.add(send);
        }
    }

    SendChain(SendFixture fixture, int size) {
        this(fixture, size, place -> {});
    }

    /** What blocks a send at some place until it is open. */
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

    AsyncSend first() {
        return sends.get(0);
    }

    AsyncSend at(int place) {
        return sends.get(place);
    }

    /** Places, in the order in which the callbacks began. */
    List<Integer> delivered() {
        return List.copyOf(delivered);
    }

    /** A send that has an outcome. */
    private static final class Delivered extends AsyncSend {

        private final Runnable callback;

        Delivered(SendFixture fixture, Runnable callback) {
            super(fixture.sender, SendFixture.message(), SendOptions.defaults(), SendMode.ASYNC, MessageRole.NORMAL);
            this.callback = callback;
        }

        @Override
        @Nullable
        MQProducerException conclude() {
            return null;
        }

        @Override
        void complete() {
            callback.run();
        }

        @Override
        void completeExceptionally(MQProducerException failure) {
            throw new AssertionError("it did not fail", failure);
        }
    }
}
