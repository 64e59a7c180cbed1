package io.mqproducer.benchmarks.load;

import io.mqproducer.benchmarks.client.BenchmarkClient;
import io.mqproducer.benchmarks.client.BenchmarkClient.Completion;
import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jctools.queues.MpscArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a number of messages in flight. The completions are made once and used again and again, so that nothing is
 * allocated and no lock taken here: a free one is the right to send, and coming back it brings what there is to record.
 */
final class AsyncCaller extends Caller {

    private final BenchmarkClient client;
    private final int window;
    private final int enough; // free ones that make it worth waking the caller
    private final long interval; // between two messages of a paced load; 0 if it goes as fast as it can
    private final MpscArrayQueue<Slot> free;
    private volatile @Nullable Thread waiting;

    AsyncCaller(BenchmarkClient client, String[] topics, byte[][] bodies, int window, int rate) {
        super(topics, bodies);
        this.client = client;
        this.window = window;
        this.enough = Math.max(1, window / 4);
        this.interval = rate == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) / rate;
        this.free = new MpscArrayQueue<>(Math.max(2, window));
        for (int i = 0; i < window; i++) {
            free.offer(new Slot());
        }
    }

    @Override
    void call() throws Exception {
        long due = System.nanoTime();
        while (!isStopped()) {
            if (interval > 0) {
                due += interval;
                pause(due);
            }
            Slot slot = take(enough);
            String topic = topic();
            byte[] body = body();
            slot.begun = System.nanoTime();
            client.sendAsync(topic, body, slot);
        }
        awaitFree(window);
        free.drain(this::record);
        for (int i = 0; i < window; i++) {
            free.offer(new Slot());
        }
    }

    /** Sleeps in steps of half a millisecond at least: what has become due meanwhile goes out at once. */
    private static void pause(long due) {
        long early = due - System.nanoTime();
        if (early > TimeUnit.MICROSECONDS.toNanos(500)) {
            LockSupport.parkNanos(early);
        }
    }

    private Slot take(int wanted) {
        Slot slot = free.poll();
        if (slot == null) {
            awaitFree(wanted);
            slot = free.poll();
        }
        if (slot == null) {
            throw new IllegalStateException("nothing free");
        }
        record(slot);
        return slot;
    }

    private void awaitFree(int wanted) {
        waiting = Thread.currentThread();
        while (free.size() < wanted) {
            LockSupport.park(this);
            waiting = Thread.currentThread();
        }
        waiting = null;
    }

    private void record(Slot slot) {
        if (slot.failure != null) {
            failed(slot.failure);
        } else if (slot.begun != 0) {
            acknowledged(slot.ended - slot.begun);
        }
        slot.begun = 0;
        slot.failure = null;
    }

    private void release(Slot slot) {
        free.offer(slot);
        VarHandle.fullFence(); // between what the caller looks at before it parks and what is looked at here
        Thread caller = waiting;
        if (caller != null && free.size() >= (isStopped() ? window : enough)) {
            waiting = null;
            LockSupport.unpark(caller);
        }
    }

    /** One message in flight, or the right to send one. */
    private final class Slot implements Completion {

        long begun;
        long ended;

        @Nullable
        Throwable failure;

        @Override
        public void succeeded() {
            ended = System.nanoTime();
            release(this);
        }

        @Override
        public void failed(Throwable why) {
            failure = why;
            release(this);
        }
    }
}
