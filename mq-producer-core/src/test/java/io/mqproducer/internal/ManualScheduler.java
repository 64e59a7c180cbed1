package io.mqproducer.internal;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A scheduler whose tasks run when the test says so, whatever their delay. */
public final class ManualScheduler extends ScheduledThreadPoolExecutor {

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private boolean closed;

    public ManualScheduler() {
        super(0);
    }

    @Override
    public synchronized ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        execute(task);
        return super.schedule(() -> {}, 1, TimeUnit.DAYS);
    }

    @Override
    public synchronized void execute(Runnable task) {
        if (closed) {
            throw new RejectedExecutionException("closed");
        }
        tasks.add(task);
    }

    public synchronized void refuseFromNowOn() {
        closed = true;
    }

    public synchronized int waiting() {
        return tasks.size();
    }

    /** Runs those that wait now, not those that they schedule; tells how many. */
    public int runWaiting() {
        Queue<Runnable> due;
        synchronized (this) {
            due = new ArrayDeque<>(tasks);
            tasks.clear();
        }
        due.forEach(Runnable::run);
        return due.size();
    }
}
